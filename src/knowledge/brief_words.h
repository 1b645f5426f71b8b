// What weighs in a brief: data/brief/*.toml.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/toml_reader.h"
#include "parley/record.h"
#include "text/word_map.h"

namespace parley {

class BriefWords {
 public:
  static BriefWords load(DataFiles& files, Diagnostics& diagnostics);

  /// Phrases left out at a sentence's start, word by word in lower case, longest first.
  const std::vector<std::vector<std::string>>& openers() const { return openers_; }
  /// Whether a lemma speaks of why something matters.
  bool significant(std::string_view lemma) const { return significant_.contains(lemma); }
  /// "then": leans on a sentence before.
  bool leaning(std::string_view lemma) const { return leaning_.contains(lemma); }
  double weight(Measure measure) const { return measures_[static_cast<std::size_t>(measure)]; }
  double weight(Status status) const { return statuses_[static_cast<std::size_t>(status)]; }

 private:
  std::vector<std::vector<std::string>> openers_;
  WordSet significant_, leaning_;
  std::array<double, 32> measures_{};
  std::array<double, 16> statuses_{};
};

}  // namespace parley
