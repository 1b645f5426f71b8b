// Reading clauses off the dependency tree: who a verb's subject is, what its words are, where its content ends.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parley/analysis.h"

namespace parley {

/// "point_out" for a verb with a particle, else the lemma in lower case.
std::string lemma_with_particle(const Analysis& analysis, Word verb);
bool is_passive(const Analysis& analysis, Word verb);
/// Has "to" before it.
bool is_infinitive(const Analysis& analysis, Word verb);
bool is_negated(const Analysis& analysis, Word verb);
/// who, which, that as a relative pronoun.
bool is_relative_pronoun(const Analysis& analysis, Word w);

struct Subject {
  Word head = kNoWord;
  bool controlled = false;   ///< not the verb's own: shared by coordination, control or adjunction
};
/// Who does `verb`: its own subject or agent, or the one it shares with the verb above it.
Subject subject_of(const Analysis& analysis, Word verb);
/// "by" whom, of a passive.
/// The subject in a verb's own clause; of two the one next to it ("Another, Yousef Jarbou, backed"), or kNoWord.
Word own_subject(const Analysis& analysis, Word verb);
/// "welcomed it as a step, and India, which had helped, supported it": the subject of a second clause that a tree has
/// joined to what stands before it; kNoWord where there is none.
Word swallowed_subject(const Analysis& analysis, Word verb);
/// "Cargo had fallen, its director said": the speaker that a tree has hung on the clause before the verb of saying as a
/// second subject; kNoWord where there is none.
Word speaker_in_clause(const Analysis& analysis, Word verb, Word clause);
Word agent_of(const Analysis& analysis, Word verb);

/// The verb with its auxiliaries, negation, particle and the adverbs among and right before them.
WordRange verb_group(const Analysis& analysis, Word verb);

/// `range` without punctuation at its ends; quotation marks and brackets that pair up inside it stay.
WordRange trimmed(const Analysis& analysis, WordRange range);
/// A noun phrase from its first to its last word, without preposition, conjunction and asides that belong to the clause.
WordRange noun_phrase(const Analysis& analysis, Word head);
/// `whole` without `hole`: no, one or two trimmed ranges.
std::vector<WordRange> without(const Analysis& analysis, WordRange whole, WordRange hole);
/// The nearest clause that `w` is in: the highest word reached without leaving it.
Word clause_head(const Analysis& analysis, Word w);

bool is_quote_mark(std::string_view form);

}  // namespace parley
