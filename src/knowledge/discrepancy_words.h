// When a report disagrees with itself: data/discrepancies/*.toml.
#pragma once

#include <string>
#include <string_view>

#include "knowledge/toml_reader.h"
#include "parley/record.h"
#include "text/word_map.h"

namespace parley {

class DiscrepancyWords {
 public:
  static DiscrepancyWords load(DataFiles& files, Diagnostics& diagnostics);

  /// "people": counts nobody in particular.
  bool general_noun(std::string_view lemma) const { return general_.contains(lemma); }
  /// "rose to", "was lowered to": a new figure in place of an old one.
  bool revising(std::string_view lemma) const { return revising_.contains(lemma); }
  /// "initially": speaks of an old figure.
  bool once(std::string_view lemma) const { return once_.contains(lemma); }
  /// A report has one value of it for one thing.
  bool measured_once(Measure measure) const { return measures_.contains(name(measure)); }
  /// Verbs too common to tell one deed by.
  bool common_verb(std::string_view lemma) const { return common_.contains(lemma); }

 private:
  WordSet general_, revising_, once_, measures_, common_;
};

}  // namespace parley
