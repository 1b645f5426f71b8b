// Numbers in one sentence that count or measure something, with what is said about them: "at least
// 84", "between 5,900 and 8,500", "$10-12 million", "dozens", "half of".
//
// Idea: number_words.h reads the numbers, data/figures the words around them; what only looks like a
// count is kept apart here: dates and clock times (the caller blocks their atoms), ages, ordinals, names
// ("Resolution 2728", "F-16", "Channel 12"), scores, telephone numbers, idioms ("one another").
// Counter-examples: "24/7", "aged 12", "Amini, 22, died", "children under 5" are none; "19 years in
// prison" is one although lengths of time are not.
// Cost: linear. Tests: tests/record/figures_test.cc.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "knowledge/figure_words.h"
#include "parley/analysis.h"
#include "text/atoms.h"

namespace parley {

struct FigureExpression {
  std::size_t first = 0;         ///< atoms [first, last): number with qualifier, "$" and "%"
  std::size_t last = 0;
  std::size_t number_first = 0;  ///< the number itself
  std::size_t number_last = 0;
  std::size_t unit_last = 0;     ///< after the unit's word, where there is one, else `last`
  std::optional<double> low, high;
  double value = 0.0;            ///< the first number
  std::string qualifier;         ///< "at least"; empty: none
  std::string unit;
  std::optional<Measure> measure;  ///< where the unit settles it
  bool fraction = false;         ///< "half of"
  bool plain_word = false;       ///< "two", "one": a small number in words
  bool range = false;
};

struct FigureSurroundings {
  std::span<const Upos> upos;        ///< by atom, or empty
  std::vector<bool> blocked;         ///< by atom: part of a time; may be empty
  std::vector<bool> labelled;        ///< by atom: hangs on a noun right before it
  bool prison = false;               ///< the sentence before spoke of a court or prison
  bool has_tags = false;
};

/// In text order, not overlapping.
std::vector<FigureExpression> find_figures(const Atoms& atoms, const FigureSurroundings& around,
                                           const FigureWords& words);
/// Whether the sentence speaks of courts or prisons.
bool speaks_of_prison(const Atoms& atoms, const FigureWords& words);

}  // namespace parley
