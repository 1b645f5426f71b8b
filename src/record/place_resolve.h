// Which place a name means: candidates of the gazetteer, weighed against each other and the report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "knowledge/place_words.h"

namespace parley {

/// One name of the report, however often it stands there: one sense per discourse.
struct PlaceName {
  std::string folded;                  ///< what it is looked up by
  std::string country;                 ///< a state's code: the state is meant, whatever else has the name
  std::uint32_t mentions = 0;
  std::vector<PlaceKind> kinds;        ///< what words beside it say it is; empty: nothing
  std::vector<std::uint32_t> inside;   ///< names that the text puts it in: "Paris, Texas"
  bool facility = false;               ///< a building, road or site: lists have few of them
  std::uint32_t before = UINT32_MAX;   ///< the place-name mentioned before it, for facilities

  std::optional<std::uint32_t> place;  ///< the answer: a place of the gazetteer
  bool borrowed = false;               ///< the answer is what it lies in, not itself
};

/// Finds `place` of every name. Linear in the number of names (candidates and anchors are bounded).
void resolve_places(const PlaceWords& words, std::vector<PlaceName>& names);

}  // namespace parley
