// Words around places (data/gazetteer/words.toml) and the gazetteer itself (data/gazetteer/places.gaz).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "knowledge/gazetteer.h"
#include "knowledge/toml_reader.h"
#include "text/word_map.h"

namespace parley {

class PlaceWords {
 public:
  static PlaceWords load(DataFiles& files, Diagnostics& diagnostics);

  const Gazetteer& gazetteer() const { return gazetteer_; }

  // All take folded words (`fold_name`).
  bool locative(std::string_view preposition) const { return locative_.contains(preposition); }
  bool only_locative(std::string_view preposition) const { return only_locative_.contains(preposition); }
  bool going(std::string_view lemma) const { return going_.contains(lemma); }
  bool road(std::string_view word) const { return road_.contains(word); }
  bool numbered_road(std::string_view words) const { return numbered_road_.contains(words); }
  /// Whether a word is a place only with others beside it ("City", "North").
  bool never_alone(std::string_view word) const { return never_alone_.contains(word); }
  /// Whether a name ends in a word that says what it is: "neches river".
  bool part_of_name(std::string_view folded) const {
    const std::size_t space = folded.rfind(' ');
    return space != std::string_view::npos && after_.contains(folded.substr(space + 1));
  }
  /// The kinds of place that a common noun beside a name speaks of, or nullptr.
  const std::vector<PlaceKind>* kinds(std::string_view noun) const;
  /// "european" -> "europe"; "" for none.
  std::string_view place_of_adjective(std::string_view adjective) const;
  /// Other folded names to try when the gazetteer lacks one: "st louis" -> "saint louis", "northern gaza" -> "gaza".
  std::vector<std::string> variants(std::string_view folded) const;

 private:

  void read(TomlTable& root);

  Gazetteer gazetteer_;
  WordSet locative_, only_locative_, going_, road_, numbered_road_, before_, after_, never_alone_;
  WordMap<std::string> spelled_, adjectives_;
  WordMap<std::vector<PlaceKind>> kinds_;
};

}  // namespace parley
