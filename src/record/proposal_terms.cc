// Idea: a term is an action with its object: a verb phrase ("release 40 prisoners") or a noun of action with what
// stands after it ("the release of hostages"). What is let, begun or continued is the action ("allow the return");
// numbers beside the object are its quantity, "in the first phase" its phase, "if" and "in exchange" its condition.
//
// Counter-example: "the deal includes Qatar" names no action, and gives no term.
// Cost: linear in words. Test: tests/record/proposals_test.cc.
#include <algorithm>
#include <array>

#include "record/proposal_draft.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

class TermReader {
 public:
  TermReader(const Context& context, const ProposalWords& words)
      : context_(context), analysis_(context.analysis), words_(words) {}

  std::optional<TermDraft> read(Word head, TermWords which) const {
    if (const Word begun = what_happens(head); begun != kNoWord) return read_happening(head, begun, which);
    TermDraft term;
    term.headline = in_headline(context_, head);
    term.words = own_words(analysis_, head);
    if (const Word hidden = hidden_term(analysis_, words_, head); hidden != kNoWord) {
      WordRange before{term.words.first, std::min(term.words.last, analysis_.subtree(hidden).first)};
      while (before.last - 1 > head && analysis_.upos(before.last - 1) == Upos::CCONJ) --before.last;
      term.words = trimmed(analysis_, before);
    }
    Word core = head;
    std::string lemma = with_adverb(core);
    for (int step = 0; step < 3 && words_.permission(lemma); ++step) {
      const Word inner = let_happen(core);
      if (inner == kNoWord) break;
      core = inner;
      lemma = with_adverb(core);
    }
    const std::vector<Word> objects = objects_of(core);
    std::vector<std::string> object_lemmas;
    for (const Word object : objects) object_lemmas.push_back(lemma_of(analysis_, object));
    std::string_view action = words_.action(lemma, object_lemmas);
    if (action.empty()) {  // "prisoner release", "aid deliveries": the word beside may tell more
      for (const Word child : analysis_.children(core)) {
        if (analysis_.base_relation(child) == "compound" && action.empty()) {
          action = words_.action(lemma_of(analysis_, child), {});
        }
      }
    }
    // "let aid convoys reach the town", "trucks with aid will be allowed in": what is let through
    if (action.empty() && (core != head || words_.permission(lemma))) {
      for (const Word object : objects) {
        if (action.empty()) action = words_.action(lemma_of(analysis_, object), {});
        const WordRange phrase = noun_phrase(analysis_, object);
        for (Word w = phrase.first; w < phrase.last && action.empty(); ++w) {
          if (analysis_.upos(w) == Upos::NOUN) action = words_.action(lemma_of(analysis_, w), {});
        }
      }
    }
    if (action.empty()) {
      if (which == TermWords::known) return std::nullopt;
      if (analysis_.upos(core) != Upos::VERB && (which == TermWords::verbs || !thing(core))) return std::nullopt;
      term.action = lemma;
    } else {
      term.action = action;
    }
    if (!object_lemmas.empty()) term.object = object_lemmas.front();
    set_details(term, head, core, objects);
    return term;
  }

 private:
  // "Talks on the border are to begin in May": what begins, or kNoWord.
  Word what_happens(Word verb) const {
    if (analysis_.upos(verb) != Upos::VERB || !words_.happens(lemma_with_particle(analysis_, verb)) || is_passive(analysis_, verb)) return kNoWord;
    for (const Word child : analysis_.children(verb)) {
      const std::string_view relation = analysis_.base_relation(child);
      const bool place = relation == "obj" && lemma_of(analysis_, child) == "place";  // "take place"
      if ((relation == "obj" && !place) || relation == "xcomp" || relation == "ccomp") return kNoWord;
    }
    const Word subject = own_subject(analysis_, verb);
    return subject != kNoWord && subject < verb && analysis_.upos(subject) == Upos::NOUN ? subject : kNoWord;
  }

  std::optional<TermDraft> read_happening(Word verb, Word begun, TermWords which) const {
    std::optional<TermDraft> term = read(begun, which == TermWords::verbs ? TermWords::all : which);
    if (!term) return term;
    term->words = noun_phrase(analysis_, begun);
    TermDraft around;
    around.words = own_words(analysis_, verb);
    set_details(around, verb, verb, {});
    if (!term->phase) term->phase = around.phase;
    if (!term->condition) term->condition = around.condition;
    return term;
  }

  // "pull back", with an adverb that the tree does not take for a part of the verb.
  std::string with_adverb(Word verb) const {
    std::string lemma = lemma_with_particle(analysis_, verb);
    if (analysis_.upos(verb) != Upos::VERB || verb + 1 >= analysis_.size() || analysis_.head(verb + 1) != verb) return lemma;
    const std::string_view relation = analysis_.base_relation(verb + 1);
    if (relation != "advmod" && relation != "xcomp") return lemma;
    const std::string phrasal = lemma + "_" + lemma_of(analysis_, verb + 1);
    return words_.action(phrasal, {}).empty() ? lemma : phrasal;
  }

  // A noun that is nobody and nowhere, with something said of it: "a rotating presidency", "security guarantees".
  bool thing(Word noun) const {
    if (analysis_.upos(noun) != Upos::NOUN) return false;
    if (noun < context_.time_of_word.size() && context_.time_of_word[noun] != Context::kNone) return false;  // "120 days"
    const std::int32_t entity = context_.entity_at_head.empty() ? Context::kNone : context_.entity_at_head[noun];
    if (entity != Context::kNone &&
        context_.record.entities[static_cast<std::size_t>(entity)].kind != EntityKind::other) {
      return false;
    }
    for (const Word child : analysis_.children(noun)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "amod" || relation == "compound" || relation == "nmod" || relation == "acl" ||
          relation == "nummod") {
        return true;
      }
    }
    return false;
  }

  Word let_happen(Word verb) const {
    for (const std::string_view relation : {"xcomp", "ccomp", "obj"}) {
      const Word child = analysis_.child(verb, relation);
      if (child == kNoWord || child < verb) continue;
      if (relation == "obj" && words_.action(lemma_of(analysis_, child), {}).empty()) continue;
      return child;
    }
    // "call for", "provide for", "agree on"
    for (const Word child : analysis_.children(verb)) {
      if (child > verb && analysis_.base_relation(child) == "obl" &&
          !words_.action(lemma_of(analysis_, child), {}).empty()) {
        return child;
      }
    }
    return kNoWord;
  }

  // What is released, withdrawn, ended: the object, or what stands after "of", "to", "in" at a noun.
  std::vector<Word> objects_of(Word core) const {
    std::vector<Word> out;
    const Word hidden = hidden_term(analysis_, words_, core);
    for (const Word child : analysis_.children(core)) {
      const std::string_view relation = analysis_.base_relation(child);
      const bool noun = analysis_.upos(core) != Upos::VERB;
      const bool wanted = relation == "obj" || analysis_.relation(child) == "nsubj:pass" ||
                          (noun && relation == "nmod" && analysis_.relation(child) != "nmod:poss") ||
                          (noun && relation == "compound");
      if (!wanted) continue;
      if (relation == "compound") {
        out.push_back(child);
      } else {
        for (const Word w : with_conjuncts(analysis_, child)) {
          if (w != hidden) out.push_back(w);
        }
      }
    }
    // "allow the displaced to return": the doer of what is allowed is its object
    const std::string_view complement = analysis_.base_relation(core);
    if (out.empty() || ((complement == "xcomp" || complement == "ccomp") && words_.action(lemma_of(analysis_, core), {}).empty())) {
      if (const Word subject = analysis_.child(core, "nsubj"); subject != kNoWord) out.push_back(subject);
      const Word above = analysis_.head(core);
      if (analysis_.base_relation(core) == "xcomp" && above != kNoWord) {
        for (const std::string_view relation : {"obj", "iobj"}) {
          if (const Word object = analysis_.child(above, relation); object != kNoWord) out.push_back(object);
        }
      }
    }
    return out;
  }

  void set_details(TermDraft& term, Word head, Word core, const std::vector<Word>& objects) const {
    for (const Word object : objects) {
      if (term.quantity) break;
      if (object >= term.words.first && object < term.words.last) term.quantity = quantity_of(object);
    }
    if (!term.quantity) term.quantity = quantity_of(core);
    for (const Word w : {head, core}) {
      for (const Word child : analysis_.children(w)) {
        const std::string_view relation = analysis_.base_relation(child);
        const std::string lemma = lemma_of(analysis_, child);
        if (relation == "advmod" && words_.phase_adverb(lemma)) term.phase = lemma;
        if (relation == "amod" && words_.phase_adverb(lemma)) term.phase = lemma;
        if (relation == "obl" || relation == "nmod") {
          if (words_.phase_noun(lemma)) {
            term.phase = std::string(context_.slice(noun_phrase(analysis_, child)));
          } else if (words_.exchange(lemma)) {
            term.condition = std::string(context_.slice(trimmed(analysis_, analysis_.subtree(child))));
          } else if (const std::string preposition = preposition_of(analysis_, child);
                     preposition == "to" || preposition == "for") {
            if (analysis_.upos(core) == Upos::VERB || preposition == "for") {
              add_entities(term.for_, people(entities_of(context_, child)));
            }
          } else if (preposition == "by") {
            add_entities(term.by, entities_of(context_, child));
          }
        }
        if (relation == "advcl") {
          const Word mark = analysis_.child(child, "mark");
          if (mark != kNoWord && words_.condition_mark(lemma_of(analysis_, mark))) {
            term.condition = std::string(context_.slice(trimmed(analysis_, analysis_.subtree(child))));
          }
        }
        if (analysis_.relation(child) == "nmod:poss") add_entities(term.by, entities_of(context_, child));
      }
      if (core == head) break;
    }
    const bool passive = analysis_.upos(head) == Upos::VERB && is_passive(analysis_, head);
    if (const Word subject = own_subject(analysis_, head); subject != kNoWord && head == core && !passive) {
      add_entities(term.by, entities_of(context_, subject));
    }
    const bool by_themselves = analysis_.child(core, "nsubj") != kNoWord && head == core && !passive;
    if ((term.action == "return" && !by_themselves) || core != head || words_.permission(lemma_of(analysis_, core))) {
      for (const Word object : objects) add_entities(term.for_, people(entities_of(context_, object)));
    }
    if (const Word receiver = analysis_.child(head, "iobj"); receiver != kNoWord && head == core) {
      add_entities(term.for_, people(entities_of(context_, receiver)));
    }
    for (const Word object : objects) {  // "the post of minister for X", "exercises by the army"
      for (const Word child : analysis_.children(object)) {
        if (child < object || analysis_.base_relation(child) != "nmod") continue;
        const std::string preposition = preposition_of(analysis_, child);
        if (preposition == "for") add_entities(term.for_, people(entities_of(context_, child)));
        if (preposition == "by" && analysis_.upos(core) != Upos::VERB) add_entities(term.by, entities_of(context_, child));
      }
    }
    cut(term, head, core);
  }

  // A condition, a long relative clause at the end, and what it was before ("up from $7,000") are no part of what is to
  // be done.
  void cut(TermDraft& term, Word head, Word core) const {
    for (Word w = core + 1; w + 2 < term.words.last; ++w) {
      const std::string_view way = analysis_.form(w + 1);
      if (analysis_.form(w) == "," && (way == "up" || way == "down") && analysis_.form(w + 2) == "from") term.words.last = w;
    }
    for (const Word w : {head, core}) {
      for (const Word child : analysis_.children(w)) {
        if (child < core || child >= term.words.last) continue;
        const Word mark = analysis_.child(child, "mark");
        const bool condition = analysis_.base_relation(child) == "advcl" && mark != kNoWord &&
                               words_.condition_mark(lemma_of(analysis_, mark));
        const bool exchange = words_.exchange(lemma_of(analysis_, child)) && preposition_of(analysis_, child) == "in";
        if (condition || exchange) {
          term.words.last = std::min(term.words.last, analysis_.subtree(child).first);
        }
      }
    }
    for (Word w = core + 1; w < term.words.last; ++w) {
      if (analysis_.relation(w) != "acl:relcl") continue;
      const WordRange clause = analysis_.subtree(w);
      const bool aside = clause.first > 0 && (analysis_.form(clause.first) == "," || analysis_.form(clause.first - 1) == ",");
      if (clause.first <= core) continue;
      if (aside || (clause.last >= term.words.last && clause.size() > kLongRelative)) term.words.last = clause.first;
    }
    term.words = trimmed(analysis_, term.words);
  }

  static constexpr Word kLongRelative = 5;

  std::vector<std::int32_t> people(std::vector<std::int32_t> entities) const {
    std::erase_if(entities, [&](std::int32_t entity) {
      const EntityKind kind = context_.record.entities[static_cast<std::size_t>(entity)].kind;
      return kind == EntityKind::place || kind == EntityKind::facility || kind == EntityKind::event ||
             kind == EntityKind::weapon;
    });
    return entities;
  }

  std::optional<std::string> quantity_of(Word noun) const {
    const Word number = analysis_.child(noun, "nummod");
    if (number == kNoWord) {
      for (const Word child : analysis_.children(noun)) {  // "a fund of £40 million"
        if (child < noun || analysis_.base_relation(child) != "nmod" || preposition_of(analysis_, child) != "of") continue;
        if (context_.figure_of_word.empty() || context_.figure_of_word[child] == Context::kNone) continue;
        const Figure& figure = context_.record.figures[static_cast<std::size_t>(context_.figure_of_word[child])];
        return std::string(context_.document.slice(figure.span));
      }
      const Word article = analysis_.child(noun, "det");
      const bool all = article != kNoWord && lemma_of(analysis_, article) == "all";
      return all ? std::optional<std::string>(context_.slice(WordRange{article, article + 1})) : std::nullopt;
    }
    if (!context_.figure_of_word.empty() && context_.figure_of_word[number] != Context::kNone) {
      const Figure& figure = context_.record.figures[static_cast<std::size_t>(context_.figure_of_word[number])];
      return std::string(context_.document.slice(figure.span));
    }
    const WordRange words = analysis_.subtree(number);
    const bool share = lemma_of(analysis_, noun) == "percent" && words.last == noun;
    return std::string(context_.slice(trimmed(analysis_, {words.first, share ? noun + 1 : words.last})));
  }

  const Context& context_;
  const Analysis& analysis_;
  const ProposalWords& words_;
};

}  // namespace

bool contrasts(const Analysis& analysis, Word clause) {
  static constexpr std::array<std::string_view, 4> kMarks{"while", "whereas", "although", "though"};
  const Word mark = analysis.child(clause, "mark");
  return mark != kNoWord && analysis.child(clause, "nsubj") != kNoWord &&
         std::find(kMarks.begin(), kMarks.end(), lemma_of(analysis, mark)) != kMarks.end();
}

WordRange own_words(const Analysis& analysis, Word head) {
  WordRange range = analysis.subtree(head);
  // A passive's subject is what the term is about: "the blockade will be lifted".
  const bool passive = analysis.upos(head) == Upos::VERB && is_passive(analysis, head);
  const bool told_of_it = passive && analysis.child(head, "nsubj") != kNoWord;
  Word refusal = kNoWord;  // "not" of "not to attack"
  for (const Word child : analysis.children(head)) {
    const std::string_view relation = analysis.base_relation(child);
    // A tree may hang this verb's own subject on the clause behind it, which then seems to begin before it.
    if (child > head && relation == "parataxis" && analysis.subtree(child).first <= head) {
      const Word subject = own_subject(analysis, child);
      range.last = std::min(range.last, subject != kNoWord && subject > head ? analysis.subtree(subject).first : child);
    } else if (child > head &&
        (relation == "conj" || relation == "parataxis" || (relation == "advcl" && contrasts(analysis, child)))) {
      range.last = std::min(range.last, analysis.subtree(child).first);
    }
    const bool aside = child > head && relation == "advcl" && analysis.xpos(child) == "VBG" && analysis.child(child, "mark") == kNoWord;
    if (aside && analysis.subtree(child).first > 0 &&  // "offered to free him, asking only that ..."
        (analysis.form(analysis.subtree(child).first) == "," || analysis.form(analysis.subtree(child).first - 1) == ",")) {
      range.last = std::min(range.last, analysis.subtree(child).first);
    }
    if (child < head && relation == "advmod" && lemma_of(analysis, child) == "also") range.first = std::max(range.first, child + 1);
    if (child < head && relation == "advmod" && is_negated(analysis, head) && analysis.subtree(child).size() == 1) {
      range.first = std::max(range.first, child + 1);
      if (is_infinitive(analysis, head) && child + 2 == head) refusal = child;
    }
    const bool leading_mark = relation == "punct" && analysis.subtree(child).first <= range.first;
    if (child < head && (relation == "cc" || (relation == "mark" && !told_of_it) || relation == "case" || leading_mark ||
                         (!passive && (relation == "nsubj" || relation == "aux" || relation == "cop")) ||
                         relation == "obl" || relation == "advcl" || relation == "parataxis" || relation == "expl")) {
      range.first = std::max(range.first, analysis.subtree(child).last);
    }
  }
  // "to stop shooting and to leave the valley": a second infinitive, hung somewhere inside the first.
  for (Word w = head + 1; w < range.last && is_infinitive(analysis, head); ++w) {
    const bool second = analysis.base_relation(w) == "conj" && analysis.upos(w) == Upos::VERB && analysis.child(w, "cc") != kNoWord &&
                        is_infinitive(analysis, w) && !is_infinitive(analysis, analysis.head(w));
    if (second) range.last = std::min(range.last, analysis.subtree(w).first);
  }
  if (range.first > head) range.first = head;
  if (refusal != kNoWord) range.first = refusal;
  range = trimmed(analysis, range);
  while (!range.empty() && range.last - 1 > head && analysis.upos(range.last - 1) == Upos::CCONJ) {
    --range.last;
    range = trimmed(analysis, range);
  }
  return range;
}

// "a halt to the fighting and the release of hostages": a noun of action that has an object of its own is no object.
Word hidden_term(const Analysis& analysis, const ProposalWords& words, Word head) {
  if (analysis.upos(head) == Upos::VERB) return kNoWord;
  for (const Word child : analysis.children(head)) {
    if (child < head || analysis.base_relation(child) != "nmod") continue;
    for (const Word conjunct : analysis.children(child)) {
      if (conjunct > child && analysis.base_relation(conjunct) == "conj" && analysis.child(conjunct, "nmod") != kNoWord &&
          !words.action(lemma_of(analysis, conjunct), {}).empty()) {
        return conjunct;
      }
    }
  }
  return kNoWord;
}

bool is_to_be_done(const Analysis& analysis, Word verb) {
  static constexpr std::array<std::string_view, 7> kModals{"will", "would", "shall", "should", "must", "'ll", "'d"};
  bool be = false;
  for (const Word child : analysis.children(verb)) {
    const std::string_view relation = analysis.relation(child);
    if (child > verb || (relation != "aux" && relation != "cop")) continue;
    const std::string lemma = lemma_of(analysis, child);
    if (std::find(kModals.begin(), kModals.end(), lemma) != kModals.end()) return true;
    be = be || lemma == "be";
  }
  if (!be) {  // "are to withdraw", told as what they are
    const Word above = analysis.head(verb);
    be = above != kNoWord && analysis.base_relation(verb) == "xcomp" && lemma_of(analysis, above) == "be";
  }
  return be && is_infinitive(analysis, verb);
}

std::optional<TermDraft> term_at(const Context& context, const ProposalWords& words, Word head, TermWords which) {
  return TermReader(context, words).read(head, which);
}

std::int32_t add_term(ProposalDraft& draft, TermDraft term) {
  for (std::size_t i = 0; i < draft.terms.size(); ++i) {
    TermDraft& known = draft.terms[i];
    const bool same_object = known.object == term.object || known.object.empty() || term.object.empty();
    if (known.action != term.action || !same_object) continue;
    if (known.quantity && term.quantity && *known.quantity != *term.quantity) continue;
    if (known.headline && !term.headline) {  // headlines shorten
      known.headline = false;
      known.words = term.words;
    }
    if (!known.quantity && term.quantity) {  // the telling that says how many is the one to quote
      known.quantity = term.quantity;
      known.words = term.words;
    }
    if (!known.phase) known.phase = term.phase;
    if (!known.condition) known.condition = term.condition;
    if (known.by.empty()) known.by = term.by;
    if (known.for_.empty()) known.for_ = term.for_;
    return static_cast<std::int32_t>(i);
  }
  draft.terms.push_back(std::move(term));
  return static_cast<std::int32_t>(draft.terms.size() - 1);
}

}  // namespace parley
