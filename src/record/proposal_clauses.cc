#include "record/proposal_clauses.h"

#include <algorithm>

#include "record/statement_tree.h"

namespace parley {

namespace {

constexpr std::size_t kMostClauses = 64;  // of one series

}  // namespace

Word object_of(const Analysis& analysis, Word verb) {
  const Word object = analysis.child(verb, "obj");
  return object != kNoWord ? object : analysis.child(verb, "iobj");
}

bool under_which(const Analysis& analysis, Word clause) {
  for (const Word child : analysis.children(clause)) {
    if (child < clause && analysis.base_relation(child) == "obl" && is_relative_pronoun(analysis, child)) {
      const std::string preposition = preposition_of(analysis, child);
      return preposition == "under" || preposition == "by" || preposition == "in";
    }
  }
  return false;
}

bool shares_object(const Analysis& analysis, Word first, Word next) {
  if (analysis.upos(first) != Upos::VERB || analysis.upos(next) != Upos::VERB) return false;
  const Word joined = analysis.subtree(next).first;
  return joined == first + 1 && analysis.upos(joined) == Upos::CCONJ && analysis.child(next, "obj") != kNoWord &&
         analysis.child(next, "nsubj") == kNoWord && object_of(analysis, first) == kNoWord;
}

bool follows_its_object(const Analysis& analysis, Word first, Word next) {
  const Word object = object_of(analysis, first);
  return analysis.upos(next) == Upos::VERB && object != kNoWord && object > next && object_of(analysis, next) == kNoWord &&
         analysis.subtree(next).first == first + 1 && analysis.upos(first + 1) == Upos::CCONJ;
}

std::vector<Word> further_clauses(const Analysis& analysis, Word verb, Word offered) {
  std::vector<Word> out;
  const std::vector<Word> known = with_conjuncts(analysis, offered);
  for (Word further = offered + 1; further < analysis.subtree(verb).last && out.size() < kMostClauses; ++further) {
    if (analysis.base_relation(further) != "conj" || analysis.xpos(further) != "VB") continue;
    if (analysis.child(further, "nsubj") != kNoWord || analysis.child(further, "aux") != kNoWord) continue;
    if (std::find(known.begin(), known.end(), further) != known.end()) continue;
    const bool too_high = analysis.head(further) == verb;
    const bool too_low = is_infinitive(analysis, further) && is_infinitive(analysis, offered);
    if (too_high || too_low) out.push_back(further);
  }
  return out;
}

Word after_bullet(const Analysis& analysis, WordRange line) {
  Word w = line.first;
  while (w < line.last && w < line.first + 3 &&
         (analysis.upos(w) == Upos::PUNCT || analysis.upos(w) == Upos::SYM || analysis.form(w) == "*" ||
          ((analysis.upos(w) == Upos::NUM || analysis.upos(w) == Upos::X) && analysis.form(w).size() <= 3))) {
    if (is_quote_mark(analysis.form(w))) return line.first;
    ++w;
  }
  return w < line.last ? w : line.first;
}

bool told_by_document(const Context& context, Word verb) {
  const Analysis& analysis = context.analysis;
  const Word above = analysis.head(verb);
  if (above == kNoWord || above > verb || analysis.base_relation(verb) != "ccomp" || !speaks(context, above)) return false;
  const Word source = subject_of(analysis, above).head;
  return source != kNoWord && context.knowledge.statements.speaking_document(lemma_of(analysis, source));
}

bool takes_effect(const Analysis& analysis, const ProposalWords& words, Word verb) {
  const std::string lemma = lemma_with_particle(analysis, verb);
  const Word object = analysis.child(verb, "obj");
  const ProposalAct* act = object == kNoWord ? nullptr : words.act(lemma + " " + lemma_of(analysis, object));
  return act != nullptr && act->reversed;
}

Word behind_group(const Context& context, const ProposalWords& words, Word head) {
  const Analysis& analysis = context.analysis;
  if (!words.group_noun(lemma_of(analysis, head))) return kNoWord;
  const WordRange phrase = analysis.subtree(head);
  for (Word w = head + 1; w + 1 < phrase.last; ++w) {
    if (analysis.form(w) == ":" && context.entity_of_phrase(w + 1) != Context::kNone) return w + 1;
  }
  for (const Word child : analysis.children(head)) {
    if (analysis.base_relation(child) == "nmod" && (child < head || preposition_of(analysis, child) == "of")) return child;
  }
  return kNoWord;
}

bool conditioned(const Analysis& analysis, Word verb) {
  for (const Word child : analysis.children(verb)) {
    const Word mark = analysis.base_relation(child) == "advcl" ? analysis.child(child, "mark") : kNoWord;
    if (mark == kNoWord) continue;
    const std::string lemma = lemma_of(analysis, mark);
    if (lemma == "if" || lemma == "once" || lemma == "provided" || lemma == "unless") return true;
  }
  return false;
}

std::string verb_of_agent(const ProposalWords& words, std::string_view lemma) {
  std::string out(lemma);
  if (out.ends_with("ation")) return out.substr(0, out.size() - 3) + "e";
  if (out.ends_with("or")) return out.substr(0, out.size() - 2) + "e";
  if (out.ends_with("er") && words.act(out) == nullptr) return out.substr(0, out.size() - 1);
  return out;
}

}  // namespace parley
