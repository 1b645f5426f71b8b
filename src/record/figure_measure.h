// What a number counts: its noun, its measure, and what governs it.
//
// Idea: the number's noun is found in the tree ("over a million Palestinian refugees": refugees); then
// what is beside the noun ("12 people killed in"), what governs it ("killing 12", "the deaths of 12",
// "the toll rose to 12") and the noun itself are looked up in data/figures/measures.toml, in this order.
// Where the tree gives nothing, the nearest cue to the right and to the left within the clause decides.
// Counter-example: "rebels killed 12": the subject of an active verb of killing is not killed.
// Cost: a walk up the tree and a look at the neighbours, bounded. Tests: tests/record/figures_test.cc.
#pragma once

#include <optional>
#include <string>

#include "knowledge/figure_words.h"
#include "parley/analysis.h"

namespace parley {

struct Counted {
  Measure measure = Measure::other;
  Word noun = kNoWord;      ///< the counted noun, or kNoWord for a number that stands alone
  Word head = kNoWord;      ///< the noun, else the number's own head word
  Word governor = kNoWord;  ///< the predicate whose measure it is, where one is
  bool settled = false;     ///< a cue was found; else `measure` is a guess
  bool by_governor = false; ///< the governor settled it, not the noun
};

/// `number`: the words of the number (with its scale words); `sentence`: the words of its sentence.
Counted counted_by(const Analysis& analysis, WordRange number, WordRange sentence, const FigureWords& words);

/// The lemma in lower case, "" for kNoWord.
std::string lower_lemma(const Analysis& analysis, Word word);

/// The lemma of a noun in the singular, for comparing what figures count; "" for kNoWord.
std::string counted_noun(const Analysis& analysis, Word word);

}  // namespace parley
