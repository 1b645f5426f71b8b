// What the finder of cues builds statements from: the source and content of a cue, cut where trees are often wrong.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "record/statement_draft.h"

namespace parley {

std::string lower_case(std::string_view text);

class StatementPieces {
 protected:
  StatementPieces(const Context& context, const StatementWords& words, const Quotations& quotations)
      : context_(context), analysis_(context.analysis), words_(words), quotations_(quotations) {}

  WordRange own_clause(Word head) const;
  void reach_over_cue(StatementDraft& draft, Word w, Word child) const;
  bool is_adverbial(Word head) const;
  Word behind_time(WordRange clause) const;
  WordRange reported_clause(Word w, Word child) const;
  void set_source(StatementDraft& draft, Word head) const;
  void close_aside(StatementDraft& draft) const;
  void add(StatementDraft& draft, WordRange range) const;
  void take(StatementDraft& draft, Word head, WordRange range, Act act) const;
  void keep_one_sentence_side(StatementDraft& draft, Word w) const;
  void goes_on_behind(StatementDraft& draft) const;
  void extend_cue_to(StatementDraft& draft, Word first) const;
  Word object_of(Word w) const;
  bool has_own_phrase(Word w, const CueWord& cue) const;
  bool aside(Word w, Word object, const CueFrame& frame) const;
  bool follows_colon_or_quote(Word w, Word child) const;
  Word told_to(Word w) const;
  Word oblique_with(Word w, std::string_view preposition) const;
  Word phrase_with(Word w, std::initializer_list<std::string_view> prepositions) const;
  bool is_time(Word w) const;
  Word antecedent_of(Word w) const;
  WordRange noun_or_antecedent(Word subject, Word verb) const;

  const Context& context_;
  const Analysis& analysis_;
  const StatementWords& words_;
  const Quotations& quotations_;
};

}  // namespace parley
