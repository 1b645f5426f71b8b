// Idea: terms stand in five places: after a verb of offering ("offered to release ... and allow ..."), after a verb
// between proposal and contents ("a deal that would involve a halt and the release"), in the clause that a proposal
// is the frame of ("under the plan, troops would leave"), in the proposal's own infinitive ("a deal to free"), and
// after "in exchange for". Each coordinated part is a term of its own.
//
// Counter-example: "the deal includes Qatar" names no action, and gives no term.
// Cost: linear in words. Test: tests/record/proposals_test.cc.
#include <algorithm>
#include <array>

#include "record/proposal_draft.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

bool is_modal(const Analysis& analysis, Word verb) {
  static constexpr std::array<std::string_view, 7> kModals{"will", "would", "shall", "should", "must", "'ll", "'d"};
  for (const Word child : analysis.children(verb)) {
    if (analysis.base_relation(child) != "aux") continue;
    const std::string lemma = lemma_of(analysis, child);
    if (std::find(kModals.begin(), kModals.end(), lemma) != kModals.end()) return true;
  }
  return false;
}

// From the first word to the one before what is coordinated with it.
WordRange own_words(const Analysis& analysis, Word head) {
  WordRange range = analysis.subtree(head);
  // A passive's subject is what the term is about: "the blockade will be lifted".
  const bool passive = analysis.upos(head) == Upos::VERB && is_passive(analysis, head);
  for (const Word child : analysis.children(head)) {
    const std::string_view relation = analysis.base_relation(child);
    if (child > head && (relation == "conj" || relation == "parataxis")) {
      range.last = std::min(range.last, analysis.subtree(child).first);
    }
    if (child < head && relation == "advmod" && is_negated(analysis, head) && analysis.subtree(child).size() == 1) {
      range.first = std::max(range.first, child + 1);
    }
    const bool leading_mark = relation == "punct" && analysis.subtree(child).first <= range.first;
    if (child < head && (relation == "cc" || relation == "mark" || relation == "case" || leading_mark ||
                         (!passive && (relation == "nsubj" || relation == "aux")) || relation == "obl" || relation == "advcl" ||
                         relation == "parataxis" || relation == "expl")) {
      range.first = std::max(range.first, analysis.subtree(child).last);
    }
  }
  if (range.first > head) range.first = head;
  range = trimmed(analysis, range);
  while (!range.empty() && range.last - 1 > head && analysis.upos(range.last - 1) == Upos::CCONJ) {
    --range.last;
    range = trimmed(analysis, range);
  }
  return range;
}

class TermReader {
 public:
  TermReader(const Context& context, const ProposalWords& words)
      : context_(context), analysis_(context.analysis), words_(words) {}

  // "a halt to the fighting and the release of hostages": a tree that hangs the second term under the first one's
  // object. A noun of action that has an object of its own is no object.
  Word hidden_term(Word head) const {
    if (analysis_.upos(head) == Upos::VERB) return kNoWord;
    for (const Word child : analysis_.children(head)) {
      if (child < head || analysis_.base_relation(child) != "nmod") continue;
      for (const Word conjunct : analysis_.children(child)) {
        if (conjunct > child && analysis_.base_relation(conjunct) == "conj" &&
            analysis_.child(conjunct, "nmod") != kNoWord &&
            !words_.action(lemma_of(analysis_, conjunct), {}).empty()) {
          return conjunct;
        }
      }
    }
    return kNoWord;
  }

  std::optional<TermDraft> read(Word head, bool known_only) const {
    TermDraft term;
    term.words = own_words(analysis_, head);
    if (const Word hidden = hidden_term(head); hidden != kNoWord) {
      WordRange before{term.words.first, std::min(term.words.last, analysis_.subtree(hidden).first)};
      while (before.last - 1 > head && analysis_.upos(before.last - 1) == Upos::CCONJ) --before.last;
      term.words = trimmed(analysis_, before);
    }
    Word core = head;
    std::string lemma = lemma_with_particle(analysis_, core);
    for (int step = 0; step < 3 && words_.permission(lemma); ++step) {
      const Word inner = let_happen(core);
      if (inner == kNoWord) break;
      core = inner;
      lemma = lemma_with_particle(analysis_, core);
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
      if (known_only || analysis_.upos(core) != Upos::VERB) return std::nullopt;
      term.action = lemma;
    } else {
      term.action = action;
    }
    if (!object_lemmas.empty()) term.object = object_lemmas.front();
    set_details(term, head, core, objects);
    return term;
  }

 private:
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
          if (w != hidden_term(core)) out.push_back(w);
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
    if (const Word subject = analysis_.child(head, "nsubj"); subject != kNoWord && head == core) {
      add_entities(term.by, entities_of(context_, subject));
    }
    if (term.action == "return" || core != head) {
      for (const Word object : objects) add_entities(term.for_, people(entities_of(context_, object)));
    }
  }

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
    if (number == kNoWord) return std::nullopt;
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

class TermFinder {
 public:
  TermFinder(const Context& context, const ProposalWords& words, ProposalTable& table)
      : context_(context), analysis_(context.analysis), words_(words), table_(table) {}

  void find() {
    for (Word w = 0; w < analysis_.size(); ++w) {
      if (table_.of_word[w] != ProposalTable::kNone) mention(w);
      if (analysis_.upos(w) == Upos::VERB) verb(w);
    }
  }

 private:
  ProposalDraft& draft(std::int32_t index) { return table_.drafts[static_cast<std::size_t>(index)]; }

  void mention(Word w) {
    const std::int32_t proposal = table_.of_word[w];
    for (const Word child : analysis_.children(w)) {
      if (child < w) continue;
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "acl" && analysis_.relation(child) != "acl:relcl" &&
          (is_infinitive(analysis_, child) || words_.contents_verb(lemma_of(analysis_, child)))) {
        if (is_infinitive(analysis_, child)) {
          take(proposal, child, {}, false);  // "a deal to free the hostages"
        } else {
          contents(proposal, child);         // "a plan calling for elections"
        }
      }
      if (analysis_.relation(child) == "acl:relcl" && !is_negated(analysis_, child) &&
          words_.contents_verb(lemma_of(analysis_, child))) {
        const Word subject = analysis_.child(child, "nsubj");
        if (subject == kNoWord || is_relative_pronoun(analysis_, subject)) contents(proposal, child);
      }
      if (relation == "nmod") {
        const std::string preposition = preposition_of(analysis_, child);
        if (preposition == "on" || preposition == "for" || preposition == "including" ||
            preposition == "involving") {
          take(proposal, child, {}, true);
        }
      }
    }
    const Word above = analysis_.head(w);
    if (above == kNoWord || analysis_.upos(above) != Upos::VERB) return;
    if (analysis_.base_relation(w) == "nsubj" && words_.contents_verb(lemma_of(analysis_, above)) &&
        !is_negated(analysis_, above)) {
      contents(proposal, above);
    }
  }

  // "include X, Y and Z", "call for X", "see the troops leave"
  void contents(std::int32_t proposal, Word verb) {
    for (const Word child : analysis_.children(verb)) {
      if (child < verb) continue;
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "obj" || relation == "xcomp" || relation == "ccomp") {
        take(proposal, child, {}, relation == "obj");
      } else if (relation == "obl") {
        const std::string preposition = preposition_of(analysis_, child);
        if (preposition == "for" || preposition == "on") take(proposal, child, {}, true);
      } else if (relation == "advcl" && analysis_.child(child, "mark") != kNoWord &&
                 lemma_of(analysis_, analysis_.child(child, "mark")) == "for") {
        take(proposal, child, {}, true);
      }
    }
  }

  void verb(Word w) {
    const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(w)].words;
    const std::int32_t spoken_of = table_.in(sentence);
    const std::string lemma = lemma_with_particle(analysis_, w);
    const ProposalAct* act = words_.act(lemma);
    // "has offered to release 33 hostages, ... and allow ..."
    if (act != nullptr && (act->role == ProposalAct::Role::proposer || act->stance == Stance::accepts) &&
        !is_passive(analysis_, w)) {
      const Word offered = infinitive_or_gerund(w);
      if (offered != kNoWord && !is_negated(analysis_, w)) {
        const std::vector<std::int32_t> by = entities_of(context_, subject_of(analysis_, w).head);
        std::int32_t proposal = spoken_of;
        if (proposal == ProposalTable::kNone) proposal = latest(w);
        if (proposal != ProposalTable::kNone && has_known_action(offered)) {
          if (act->role == ProposalAct::Role::proposer) add_entities(draft(proposal).proposers, by);
          take(proposal, offered, by, false);
          for (const Word further : analysis_.children(w)) {  // "offered to free ..., withdraw ...", hung one too high
            if (further > offered && analysis_.base_relation(further) == "conj" && analysis_.xpos(further) == "VB" &&
                analysis_.child(further, "nsubj") == kNoWord && analysis_.child(further, "aux") == kNoWord) {
              take(proposal, further, by, false);
            }
          }
        }
      }
    }
    // "under the plan, rebels would disarm and the army would withdraw"
    if (const std::int32_t frame = framed_by(w); frame != ProposalTable::kNone && !is_negated(analysis_, w)) {
      take(frame, w, {}, false);
      // "Under the deal, A will free ..., B will leave, and trucks will be let in": further clauses of the series.
      for (Word further = sentence.first; further < sentence.last; ++further) {
        const std::string_view relation = analysis_.base_relation(further);
        if (further == w || analysis_.upos(further) != Upos::VERB || !is_modal(analysis_, further)) continue;
        if (relation != "conj" && relation != "parataxis" && relation != "ccomp" && relation != "root") continue;
        if (!is_negated(analysis_, further)) take(frame, further, {}, false);
      }
      framed_sentence_ = analysis_.sentence_of(w);
      framed_proposal_ = frame;
    } else if (framed_proposal_ != ProposalTable::kNone && goes_on(w) && !is_negated(analysis_, w)) {
      take(framed_proposal_, w, {}, false);
      framed_sentence_ = analysis_.sentence_of(w);
    }
  }

  Word infinitive_or_gerund(Word verb) const {
    for (const Word child : analysis_.children(verb)) {
      if (child < verb || (analysis_.base_relation(child) != "xcomp" && analysis_.base_relation(child) != "ccomp")) continue;
      if (is_infinitive(analysis_, child) || analysis_.xpos(child) == "VBG") return child;
    }
    return kNoWord;
  }

  bool has_known_action(Word head) const {
    for (const Word w : with_conjuncts(analysis_, head)) {
      if (term_at(context_, words_, w, true)) return true;
    }
    return false;
  }

  // The proposal last spoken of before `w`.
  std::int32_t latest(Word w) const {
    for (Word before = w; before > 0; --before) {
      if (table_.of_word[before - 1] != ProposalTable::kNone) return table_.of_word[before - 1];
      if (w - before > kFarthestMention) break;
    }
    return ProposalTable::kNone;
  }

  std::int32_t framed_by(Word verb) const {
    if (!is_modal(analysis_, verb)) return ProposalTable::kNone;
    for (const Word child : analysis_.children(verb)) {
      if (analysis_.base_relation(child) != "obl") continue;
      const std::string preposition = preposition_of(analysis_, child);
      const bool frames = preposition == "under" || preposition == "as part of" || preposition == "according to" ||
                          (preposition == "as" || preposition == "in" ? child < verb : false);
      if (!frames) continue;
      const WordRange phrase = noun_phrase(analysis_, child);
      const std::int32_t found = table_.in(phrase);
      if (found != ProposalTable::kNone) return found;
    }
    return ProposalTable::kNone;
  }

  // "In return, the army would ...": the sentence after one under the plan.
  bool goes_on(Word verb) const {
    const std::uint32_t sentence = analysis_.sentence_of(verb);
    if (sentence != framed_sentence_ + 1 || analysis_.sentences()[sentence].starts_paragraph) return false;
    if (!is_modal(analysis_, verb) || analysis_.base_relation(verb) != "root") return false;
    const Word first = analysis_.sentences()[sentence].words.first;
    if (first + 1 < analysis_.size() && words_.exchange(lemma_of(analysis_, first + 1))) return true;
    const Word subject = analysis_.child(verb, "nsubj");
    return subject != kNoWord && analysis_.upos(subject) != Upos::PRON;
  }

  void take(std::int32_t proposal, Word head, std::vector<std::int32_t> by, bool known_only) {
    std::vector<Word> heads = with_conjuncts(analysis_, head);
    const TermReader reader(context_, words_);
    for (std::size_t i = 0; i < heads.size(); ++i) {
      const Word hidden = reader.hidden_term(heads[i]);
      if (hidden != kNoWord && heads.size() < kMostTerms) {
        const std::vector<Word> more = with_conjuncts(analysis_, hidden);
        heads.insert(heads.end(), more.begin(), more.end());
      }
    }
    for (const Word w : heads) {
      std::optional<TermDraft> term = term_at(context_, words_, w, known_only);
      if (!term) continue;
      if (term->by.empty() && !is_passive(analysis_, w)) term->by = by;
      by = term->by;  // "the army will leave and hand over ...": the last one named goes on
      add_term(draft(proposal), std::move(*term));
    }
  }

  static constexpr Word kFarthestMention = 150;  // words; a few paragraphs
  static constexpr std::size_t kMostTerms = 64;   // of one series

  const Context& context_;
  const Analysis& analysis_;
  const ProposalWords& words_;
  ProposalTable& table_;
  std::uint32_t framed_sentence_ = 0;
  std::int32_t framed_proposal_ = ProposalTable::kNone;
};

}  // namespace

std::optional<TermDraft> term_at(const Context& context, const ProposalWords& words, Word head, bool known_only) {
  return TermReader(context, words).read(head, known_only);
}

std::int32_t add_term(ProposalDraft& draft, TermDraft term) {
  for (std::size_t i = 0; i < draft.terms.size(); ++i) {
    TermDraft& known = draft.terms[i];
    const bool same_object = known.object == term.object || known.object.empty() || term.object.empty();
    if (known.action != term.action || !same_object) continue;
    if (known.quantity && term.quantity && *known.quantity != *term.quantity) continue;
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

void find_terms(const Context& context, const ProposalWords& words, ProposalTable& table) {
  TermFinder(context, words, table).find();
}

}  // namespace parley
