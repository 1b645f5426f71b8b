// Statements while they are being found: words, not yet offsets or ids.
#pragma once

#include <vector>

#include "knowledge/statement_words.h"
#include "record/context.h"
#include "record/statement_quotes.h"

namespace parley {

struct StatementDraft {
  Word cue_head = kNoWord;          ///< the word that the cue was found at
  WordRange cue;
  WordRange source;                 ///< empty: nobody is named
  Word source_head = kNoWord;
  Word hearer = kNoWord;            ///< the head of who is told
  Word content_head = kNoWord;
  std::vector<WordRange> content;   ///< in text order, not touching
  Act act = Act::neutral;
  bool takes_quotes = false;        ///< the cue reports speech: quotations beside it belong to it
  bool negated = false;             ///< the cue is: "did not support"
};

/// The drafts of all cues with content in the tree, by cue. Cues inside quotations are part of what is
/// quoted and make none.
std::vector<StatementDraft> find_statement_cues(const Context& context, const StatementWords& words,
                                                const Quotations& quotations);

/// Gives quotations to the drafts they belong to: whole where content has a part of them, the ones
/// that go on after "he said.", those of following paragraphs. `drafts` stay in order of their cues.
void attach_quotations(const Context& context, const StatementWords& words,
                       const Quotations& quotations, std::vector<StatementDraft>& drafts);

}  // namespace parley
