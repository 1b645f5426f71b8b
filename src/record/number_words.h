// Numbers in text, in digits and in words: "34,568", "11 million", "twenty-one", "two dozen",
// "hundreds of thousands", "a million", "half a million", "3.5bn".
#pragma once

#include <cstddef>
#include <optional>

#include "knowledge/figure_words.h"
#include "text/atoms.h"

namespace parley {

struct Number {
  std::size_t first = 0;  ///< atoms [first, last)
  std::size_t last = 0;
  double value = 0.0;
  bool vague = false;     ///< "dozens": value is the least it can be
  bool digits = false;    ///< begins with digits
  bool article = false;   ///< begins with "a" or "an"
  bool scaled = false;    ///< has a scale word: "11 million", "two dozen"
};

/// The longest number that begins at atom `i`. Ordinals, years, dates and clock times are the
/// caller's to keep apart.
std::optional<Number> number_at(const Atoms& atoms, std::size_t i, const NumberWords& words);

/// 7 of "7th", "seventh", "twenty-first": value and the atoms it has.
struct Ordinal {
  int value = 0;
  std::size_t size = 0;
};
std::optional<Ordinal> ordinal_at(const Atoms& atoms, std::size_t i, const NumberWords& words);

/// The value of a number atom, "34,568" -> 34568; nothing for other atoms.
std::optional<double> digits_value(const Atoms& atoms, std::size_t i);

}  // namespace parley
