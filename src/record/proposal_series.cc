// Series of terms, clauses that are told with their source behind them, and demands with a time limit.
#include <algorithm>

#include "record/proposal_draft.h"
#include "record/statement_tree.h"

namespace parley {

// The heads of a list: what hangs outside it, what is coordinated with these, and nouns of action behind a comma that
// the tree has hung on a noun inside another item.
std::vector<Word> items_of(const Context& context, const ProposalWords& words, WordRange list) {
  const Analysis& analysis = context.analysis;
  std::vector<Word> out;
  for (Word w = list.first; w < list.last; ++w) {
    const Upos upos = analysis.upos(w);
    if (upos == Upos::PUNCT || upos == Upos::CCONJ) continue;
    const Word head = analysis.head(w);
    const std::string_view relation = analysis.base_relation(w);
    const bool joined = relation == "conj" || relation == "appos" || relation == "list" || relation == "parataxis";
    bool item = head == kNoWord || !list.contains(head);
    if (!item && joined) item = std::find(out.begin(), out.end(), head) != out.end();
    if (!item && relation == "conj") {
      const Word first = analysis.subtree(w).first;
      const bool series = first > list.first && (analysis.form(first - 1) == "," || analysis.form(first) == "," ||
                                                 analysis.form(first - 1) == ";" || analysis.upos(first) == Upos::CCONJ);
      item = series && !out.empty() && term_at(context, words, w, TermWords::known).has_value();
    }
    if (item && (upos == Upos::NOUN || upos == Upos::VERB || upos == Upos::PROPN)) out.push_back(w);
  }
  return out;
}

// "The council will prepare elections, the bloc said": the report's own telling, with its source behind.
bool said_behind(const Context& context, Word verb) {
  const Analysis& analysis = context.analysis;
  const Word above = analysis.head(verb);
  const bool clause = analysis.base_relation(verb) == "ccomp" && above != kNoWord && above > verb && speaks(context, above);
  if (clause) return analysis.base_relation(above) == "root";
  if (analysis.base_relation(verb) != "root") return false;
  for (const Word child : analysis.children(verb)) {
    if (child > verb && analysis.base_relation(child) == "parataxis" && speaks(context, child)) return true;
  }
  return false;
}

bool speaks(const Context& context, Word verb) {
  const Analysis& analysis = context.analysis;
  const CueWord* cue = analysis.upos(verb) == Upos::VERB ? context.knowledge.statements.verb(lemma_of(analysis, verb)) : nullptr;
  return cue != nullptr && cue->frame(ContentKind::quote) != nullptr;
}

std::optional<TermDraft> term_of_item(const Context& context, const ProposalWords& words, Word item, Word end, TermWords which) {
  std::optional<TermDraft> term = term_at(context, words, item, which);
  if (!term) return term;
  term->words.last = std::min(term->words.last, end);
  while (term->words.last > item + 1 && (context.analysis.upos(term->words.last - 1) == Upos::CCONJ ||
                                         context.analysis.upos(term->words.last - 1) == Upos::PUNCT)) {
    --term->words.last;
  }
  return term;
}

std::optional<Deadline> deadline_at(const Context& context, const ProposalWords& words, Word verb) {
  const Analysis& analysis = context.analysis;
  if (!words.sets_deadline(lemma_of(analysis, verb)) || is_passive(analysis, verb) || is_negated(analysis, verb)) {
    return std::nullopt;
  }
  Deadline out;
  out.of = analysis.child(verb, "iobj");
  if (out.of == kNoWord) out.of = analysis.child(verb, "obj");
  if (out.of == kNoWord || context.entity_of_phrase(out.of) == Context::kNone) return std::nullopt;
  // The time and the infinitive hang on the verb, on one another or on whoever has to do it.
  bool time = false;
  const WordRange clause = analysis.subtree(verb);
  const Word last = std::min(clause.last, verb + 40);
  Word first = out.of + 1;
  for (const Word child : analysis.children(out.of)) {  // "gave Reyes, who refuses to leave": not what is said of them
    const WordRange aside = analysis.subtree(child);
    if (analysis.relation(child) == "acl:relcl" && aside.last < last && analysis.form(aside.last) == ",") first = std::max(first, aside.last);
  }
  for (Word w = first; w < last; ++w) {
    if (w < context.time_of_word.size() && context.time_of_word[w] != Context::kNone) time = true;
    if (!time || analysis.upos(w) != Upos::VERB || !is_infinitive(analysis, w)) continue;
    if (!term_at(context, words, w, TermWords::known)) return std::nullopt;
    out.demanded = w;
    return out;
  }
  return std::nullopt;
}

}  // namespace parley
