// What the steps of places.cc hand to each other.
#pragma once

#include <string>
#include <vector>

#include "record/context.h"

namespace parley {

/// A toponym in the text.
struct FoundToponym {
  WordRange words;
  std::string folded;      ///< what it is looked up by
  std::string base;        ///< of a site that no list has: the place that its name begins with, or empty
  std::string country;     ///< the state that an adjective or name stands for, else empty
  bool adjective = false;  ///< "Kenyan"
  bool embedded = false;   ///< in a body's name: "Nairobi" in "Nairobi City Council"
  bool facility = false;   ///< a building, road or site
  bool sure = false;       ///< a toponym even when no list has it
};

/// place_names.cc: all toponyms, in text order, not overlapping.
std::vector<FoundToponym> find_toponyms(const Context& context);

/// place_use.cc: whether it is where something is, one who acts, or says of what.
PlaceUse use_of(const Context& context, const FoundToponym& found);

}  // namespace parley
