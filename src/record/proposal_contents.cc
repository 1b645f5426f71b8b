// Idea: terms stand in these places: after a verb of offering or promising ("offered to release ... and allow ..."),
// after a verb between proposal and contents ("a deal that would involve a halt and the release"), in what a proposal
// does ("the text bans offensives"), in the clause that it is the frame of and in those that follow ("under the plan,
// troops would leave"), in its own infinitive ("a deal to free"), in a list behind a colon and in bullets ("a
// five-point plan: ..."), and after "in exchange for". Each coordinated part is a term of its own.
//
// Example: "a plan of two points: an end to violence and the release of prisoners": two terms.
// Counter-example: "the deal faces criticism", "the plan: nobody liked it": no terms.
// Cost: linear in words. Test: tests/record/proposals_test.cc, tests/record/marked_records_test.cc.
#include <algorithm>

#include "record/proposal_clauses.h"
#include "record/proposal_draft.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

constexpr Word kFarthestMention = 150;      // words; a few paragraphs
constexpr Word kNear = 60;                  // words; a sentence or two
constexpr Word kBeforeColon = 12;           // words between a proposal and the colon of its list
constexpr std::size_t kMostTerms = 64;      // of one series
constexpr std::size_t kMostBullets = 30;

class TermFinder {
 public:
  TermFinder(const Context& context, const ProposalWords& words, ProposalTable& table)
      : context_(context), analysis_(context.analysis), words_(words), table_(table) {}

  void find() {
    for (std::uint32_t s = 0; s < analysis_.sentences().size(); ++s) {
      const WordRange sentence = analysis_.sentences()[s].words;
      begin_sentence(s);
      for (Word w = sentence.first; w < sentence.last; ++w) {
        if (table_.of_word[w] != ProposalTable::kNone) mention(w);
        if (analysis_.upos(w) == Upos::PRON) pronoun(w);
        if (analysis_.upos(w) == Upos::VERB) verb(w);
        if (analysis_.form(w) == ":") list_behind(w, sentence);
      }
      bullets(s);
    }
  }

 private:
  ProposalDraft& draft(std::int32_t index) { return table_.drafts[static_cast<std::size_t>(index)]; }

  // What the sentences of this paragraph have been about so far.
  void begin_sentence(std::uint32_t s) {
    // Agency copy has a paragraph for each sentence: what the one before spoke of is still in mind.
    if (analysis_.sentences()[s].starts_paragraph && s > spoken_in_ + 1) topic_ = ProposalTable::kNone;
    const std::int32_t here = table_.in(analysis_.sentences()[s].words);
    if (analysis_.sentences()[s].starts_paragraph) described_ = ProposalTable::kNone;
    open_ = topic_;
    if (here != ProposalTable::kNone) topic_ = here, spoken_in_ = s;
    if (here != ProposalTable::kNone && describes(analysis_.sentences()[s].words)) described_ = here;
  }

  // "The text is short", "The deal is simple": says of the proposal what it is like.
  bool describes(WordRange sentence) const {
    for (Word w = sentence.first; w < sentence.last; ++w) {
      if (table_.of_word[w] == ProposalTable::kNone || analysis_.relation(w) != "nsubj") continue;
      const Word predicate = analysis_.head(w);
      const Word copula = predicate == kNoWord ? kNoWord : analysis_.child(predicate, "cop");
      return copula != kNoWord && analysis_.xpos(copula) == "VBZ" && analysis_.base_relation(predicate) == "root";
    }
    return false;
  }

  // --- what the proposal holds -----------------------------------------------------------------------

  void mention(Word w) {
    const std::int32_t proposal = table_.of_word[w];
    for (const Word child : analysis_.children(w)) {
      if (child < w) continue;
      const std::string_view relation = analysis_.base_relation(child);
      if (analysis_.relation(child) == "acl:relcl") {
        const Word subject = analysis_.child(child, "nsubj");
        if (under_which(analysis_, child)) {  // "a ceasefire under which troops will leave", "a pact in which they promise to disarm"
          const Word promised = analysis_.child(child, "xcomp");
          const bool promise = words_.promising(lemma_of(analysis_, child)) && promised != kNoWord;
          take(proposal, promise ? promised : child, {}, TermWords::verbs);
        } else if (subject == kNoWord || is_relative_pronoun(analysis_, subject)) {
          fills(proposal, child);
        }
      } else if (relation == "acl") {
        if (is_infinitive(analysis_, child)) {
          take(proposal, child, {}, TermWords::verbs);  // "a deal to free the hostages"
        } else if (!is_passive(analysis_, child)) {
          fills(proposal, child);                       // "a plan calling for elections"
        }
      } else if (relation == "nmod") {
        const std::string preposition = preposition_of(analysis_, child);
        // "a pact with the rebels under which they will disarm": the clause may hang on the phrase between.
        for (const Word clause : analysis_.children(child)) {
          if (clause > child && analysis_.relation(clause) == "acl:relcl" && under_which(analysis_, clause)) take(proposal, clause, {}, TermWords::verbs);
        }
        if (preposition == "on" || preposition == "for" || preposition == "including" || preposition == "involving" ||
            preposition == "under") {
          take(proposal, child, {}, TermWords::known);
        }
      }
    }
    const Word above = analysis_.head(w);
    if (above == kNoWord) return;
    if (analysis_.upos(above) == Upos::VERB && analysis_.relation(w) == "nsubj") fills(proposal, above);
    if (analysis_.base_relation(w) == "obj") {  // "signed a deal in Ankara ... to reopen the ports"
      for (const Word child : analysis_.children(above)) {
        if (child > w && analysis_.base_relation(child) == "advcl" && is_infinitive(analysis_, child) &&
            words_.act(act_lemma(analysis_, words_, above)) != nullptr && has_known_action(child)) {
          take(proposal, child, {}, TermWords::verbs);
        }
      }
    }
    if (analysis_.base_relation(w) == "appos") offered_thing(proposal, above);  // "offered a transition, a plan that"
  }

  void offered_thing(std::int32_t proposal, Word noun) {
    const Word verb = analysis_.head(noun);
    if (verb == kNoWord || analysis_.base_relation(noun) != "obj" || table_.of_word[noun] != ProposalTable::kNone) return;
    const ProposalAct* act = words_.act(act_lemma(analysis_, words_, verb));
    if (act == nullptr || act->role != ProposalAct::Role::proposer) return;
    add_entities(draft(proposal).proposers, entities_of(context_, subject_of(analysis_, verb).head));
    take(proposal, noun, {}, TermWords::all);
  }

  // "It calls for ...", said of a proposal of the sentence before.
  void pronoun(Word w) {
    const std::string form = lemma_of(analysis_, w);
    if ((form != "it" && form != "this" && form != "that") || open_ == ProposalTable::kNone) return;
    const std::string_view relation = analysis_.relation(w);
    if (relation != "nsubj" && relation != "expl") return;
    const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(w)].words;
    const Word verb = analysis_.head(w);
    if (w != sentence.first || verb == kNoWord || analysis_.upos(verb) != Upos::VERB) return;
    if (someone(w)) return;
    fills(open_, verb);
  }

  bool someone(Word w) const {
    const std::int32_t entity = context_.entity_of_phrase(w);
    if (entity == Context::kNone) return false;
    const EntityKind kind = context_.record.entities[static_cast<std::size_t>(entity)].kind;
    return kind != EntityKind::other && kind != EntityKind::event;
  }

  // What a proposal does: "includes X and Y", "bans attacks, opens the road and lets trucks through".
  void fills(std::int32_t proposal, Word first) {
    for (const Word verb : with_conjuncts(analysis_, first)) {
      if (analysis_.upos(verb) != Upos::VERB || is_negated(analysis_, verb) || is_passive(analysis_, verb)) continue;
      const Word subject = analysis_.child(verb, "nsubj");
      if (verb != first && subject != kNoWord && !is_relative_pronoun(analysis_, subject)) continue;
      const std::string lemma = lemma_with_particle(analysis_, verb);
      if (words_.contents_verb(analysis_.child(verb, "compound:prt") == kNoWord ? lemma_of(analysis_, verb) : lemma) && !(words_.whole_verb(lemma) && lets(verb))) {
        contents(proposal, verb);
      } else if (does_something(verb, lemma)) {
        take_one(proposal, verb, TermWords::verbs);
        exchange(proposal, verb);
      }
    }
  }

  // "allows the fighters to return", not "allows two more months".
  bool lets(Word verb) const {
    if (analysis_.child(verb, "xcomp") != kNoWord || analysis_.child(verb, "ccomp") != kNoWord) return !obliged(verb);
    if (words_.contents_to(lemma_of(analysis_, verb))) return false;  // "commits them to talks"
    return object_of(analysis_, verb) != kNoWord && analysis_.child(verb, "obl") != kNoWord;
  }

  // "obliges them to leave": the infinitive alone is the term, theirs.
  bool obliged(Word verb) const { return !words_.permission(lemma_with_particle(analysis_, verb)); }

  bool is_time(Word w) const { return w < context_.time_of_word.size() && context_.time_of_word[w] != Context::kNone; }

  // In the present or to come: in the past it is what became of it.
  bool does_something(Word verb, const std::string& lemma) const {
    const bool lets_happen = words_.whole_verb(lemma) && analysis_.child(verb, "ccomp") != kNoWord;
    // "would raise their pay", while "would raise doubts" says what becomes of it, as does "ends a quarrel".
    const Word object = analysis_.child(verb, "obj");
    if (object != kNoWord && (words_.no_contents_object(lemma_of(analysis_, object)) || is_time(object))) return false;
    const bool deed = object != kNoWord && words_.deed_to_come(lemma) && is_to_be_done(analysis_, verb);
    if ((words_.no_contents_verb(lemma) && !deed) || words_.act(lemma) != nullptr || (object_of(analysis_, verb) == kNoWord && !lets_happen)) return false;
    // "The deal let them ship grain" tells what it says; other deeds of the past are what came of it.
    if (analysis_.xpos(verb) == "VBN" || (analysis_.xpos(verb) == "VBD" && !(words_.whole_verb(lemma) && lets(verb)))) return false;
    for (const Word child : analysis_.children(verb)) {
      const std::string aux = analysis_.base_relation(child) == "aux" ? lemma_of(analysis_, child) : std::string();
      if (aux == "have" || aux == "may" || aux == "could" || aux == "might" || aux == "be") return false;
    }
    return true;
  }

  // "include X, Y and Z", "call for X", "see the troops leave", "oblige them to leave"
  void contents(std::int32_t proposal, Word verb) {
    const Word object = object_of(analysis_, verb);
    for (const Word child : analysis_.children(verb)) {
      if (child < verb) continue;
      const std::string_view relation = analysis_.base_relation(child);
      const bool clause = (relation == "xcomp" || relation == "ccomp" || relation == "advcl") &&
                          analysis_.upos(child) == Upos::VERB;
      if (clause && (relation != "advcl" || is_infinitive(analysis_, child))) {
        std::vector<std::int32_t> by;
        if (object != kNoWord) by = entities_of(context_, object);
        if (by.empty()) by = asked(verb);
        take(proposal, child, by, TermWords::verbs);
      } else if (relation == "obj") {
        if (analysis_.child(verb, "xcomp") == kNoWord) series(proposal, child);
      } else if (relation == "obl") {
        const std::string preposition = preposition_of(analysis_, child);
        if (preposition == "for" || (preposition == "to" && words_.contents_to(lemma_of(analysis_, verb)))) series(proposal, child);
        if (preposition == "on") take(proposal, child, {}, TermWords::known);
      } else if (relation == "advcl" && analysis_.child(child, "mark") != kNoWord &&
                 lemma_of(analysis_, analysis_.child(child, "mark")) == "for") {
        take(proposal, child, {}, TermWords::known);
      }
    }
  }

  // "a halt to the fighting, the release of prisoners and free movement": each item once, wherever the tree hangs it.
  void series(std::int32_t proposal, Word first) {
    const WordRange range = analysis_.subtree(first);
    std::vector<Word> items = items_of(context_, words_, range);
    take_hidden(items);
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    if (items.size() > kMostTerms) items.resize(kMostTerms);
    for (std::size_t i = 0; i < items.size(); ++i) {
      add_item(proposal, items[i], i + 1 < items.size() ? analysis_.subtree(items[i + 1]).first : range.last);
    }
  }

  // "calls on both sides to renounce force"
  std::vector<std::int32_t> asked(Word verb) const {
    for (const Word child : analysis_.children(verb)) {
      if (child > verb && analysis_.base_relation(child) == "obl" &&
          (preposition_of(analysis_, child) == "on" || preposition_of(analysis_, child) == "upon")) {
        return entities_of(context_, child);
      }
    }
    return {};
  }

  // --- lists -----------------------------------------------------------------------------------------

  // "a five-point plan: an end to violence, dialogue, ...; aid", "the plan has three parts: ..."
  void list_behind(Word colon, WordRange sentence) {
    // "... rests on three pillars:" looks further back than "the plan:".
    const bool counted = colon > sentence.first && words_.part_of_proposal(lemma_of(analysis_, colon - 1));
    const Word from = colon > sentence.first + kBeforeColon && !counted ? colon - kBeforeColon : sentence.first;
    std::int32_t proposal = ProposalTable::kNone;
    for (Word w = from; w < colon; ++w) {
      if (table_.of_word[w] != ProposalTable::kNone) proposal = table_.of_word[w];
    }
    if (proposal == ProposalTable::kNone) proposal = parts_before(from, colon);
    if (proposal == ProposalTable::kNone || colon + 1 >= sentence.last) return;
    if (is_quote_mark(analysis_.form(colon + 1))) return;
    const WordRange list{colon + 1, sentence.last};
    std::vector<Word> items = items_of(context_, words_, list);
    if (items.size() > kMostTerms) items.resize(kMostTerms);
    // A sentence behind a colon explains; only nouns, infinitives and what is to be done make a list.
    if (items.empty() || (items.size() == 1 && analysis_.upos(items[0]) == Upos::VERB &&
                          !is_infinitive(analysis_, items[0]) && !is_to_be_done(analysis_, items[0]))) {
      return;
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Word end = i + 1 < items.size() ? analysis_.subtree(items[i + 1]).first : list.last;
      add_item(proposal, items[i], end);
    }
  }

  // "Its points are these: ...", of the proposal spoken of before.
  std::int32_t parts_before(Word from, Word to) const {
    for (Word w = from; w < to; ++w) {
      if (words_.part_of_proposal(lemma_of(analysis_, w))) return open_;
    }
    return ProposalTable::kNone;
  }

  void add_item(std::int32_t proposal, Word item, Word end) {
    std::optional<TermDraft> term = term_of_item(context_, words_, item, end, TermWords::all);
    if (!term) return;
    // "the resolution demands a ceasefire": no other proposal, if nothing more is said of it.
    const std::int32_t other = table_.of_word[item];
    if (other != ProposalTable::kNone && other != proposal && draft(other).mentions.size() == 1) draft(other).absorbed = true;
    add_term(draft(proposal), std::move(*term));
    exchange(proposal, item);
  }

  // Bullets and numbered lines below a sentence that ends in a colon and speaks of a proposal.
  void bullets(std::uint32_t s) {
    const WordRange sentence = analysis_.sentences()[s].words;
    if (sentence.empty() || analysis_.form(sentence.last - 1) != ":") return;
    const std::int32_t proposal = table_.in(sentence) != ProposalTable::kNone ? table_.in(sentence) : open_;
    if (proposal == ProposalTable::kNone) return;
    const std::uint32_t last = static_cast<std::uint32_t>(std::min(analysis_.sentences().size(), s + 1 + kMostBullets));
    for (std::uint32_t next = s + 1; next < last; ++next) {
      const WordRange line = analysis_.sentences()[next].words;
      const Word first = after_bullet(analysis_, line);
      if (first == line.first) return;
      for (const Word item : items_of(context_, words_, {first, line.last})) {
        if (analysis_.base_relation(item) != "conj") add_item(proposal, item, line.last);
      }
    }
  }

  // --- what the parties will do -----------------------------------------------------------------------

  void verb(Word w) {
    const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(w)].words;
    const std::int32_t spoken_of = table_.in(sentence);
    const std::string lemma = lemma_with_particle(analysis_, w);
    if (const std::optional<Deadline> deadline =
            table_.of_word[w] == ProposalTable::kNone ? std::nullopt : deadline_at(context_, words_, w)) {
      ProposalDraft& ultimatum = draft(table_.of_word[w]);
      add_entities(ultimatum.proposers, entities_of(context_, subject_of(analysis_, w).head));
      add_entities(ultimatum.addressees, entities_of(context_, deadline->of));
      ++ultimatum.states[static_cast<std::size_t>(ProposalState::offered)];
      take(table_.of_word[w], deadline->demanded, entities_of(context_, deadline->of), TermWords::verbs);
      return;
    }
    offers_or_promises(w, lemma, spoken_of);
    announces(w, spoken_of != ProposalTable::kNone ? spoken_of : open_);
    if (const Word subject = analysis_.child(w, "nsubj"); subject != kNoWord && subject < w && open_ != ProposalTable::kNone &&
        words_.part_of_proposal(lemma_of(analysis_, subject)) && words_.contents_verb(lemma_of(analysis_, w))) {
      contents(open_, w);  // "Its points include ..."
    }
    // "under the plan, rebels would disarm and the army would withdraw"
    if (const std::int32_t frame = framed_by(w); frame != ProposalTable::kNone && !is_negated(analysis_, w)) {
      take(frame, w, {}, TermWords::verbs);
      // "Under the deal, A will free ..., B will leave, and trucks will be let in": further clauses of the series.
      for (Word further = sentence.first; further < sentence.last; ++further) {
        const std::string_view relation = analysis_.base_relation(further);
        if (further == w || analysis_.upos(further) != Upos::VERB || !is_to_be_done(analysis_, further)) continue;
        if (relation != "conj" && relation != "parataxis" && relation != "ccomp" && relation != "root") continue;
        if (!is_negated(analysis_, further)) take(frame, further, {}, TermWords::verbs);
      }
      framed_sentence_ = analysis_.sentence_of(w);
      framed_proposal_ = frame;
    } else if (framed_proposal_ != ProposalTable::kNone && goes_on(w)) {
      take(framed_proposal_, w, {}, TermWords::verbs);
      framed_sentence_ = analysis_.sentence_of(w);
    } else if (const std::int32_t about = open_; about != ProposalTable::kNone && follows(w)) {
      take_series(about, w);
    }
  }

  // "A would become ..., and an army is to be formed": known by one of its actions, the series is taken whole.
  void take_series(std::int32_t proposal, Word first) {
    std::vector<Word> heads = with_conjuncts(analysis_, first);
    std::erase_if(heads, [&](Word w) {
      const bool own = analysis_.child(w, "nsubj") != kNoWord || analysis_.xpos(w) == "VBD";
      return own && !to_be_done_here(w);
    });
    for (const Word child : analysis_.children(first)) {
      const std::string_view relation = analysis_.base_relation(child);
      const bool beside = relation == "parataxis" || (relation == "advcl" && contrasts(analysis_, child));
      if (child < first || !beside || !is_to_be_done(analysis_, child)) continue;
      for (const Word further : with_conjuncts(analysis_, child)) heads.push_back(further);  // "while the army will leave"
    }
    const bool known = std::any_of(heads.begin(), heads.end(), [&](Word w) {
      return term_at(context_, words_, w, TermWords::known).has_value();
    });
    if (known) take_all(proposal, heads, {}, TermWords::verbs, kNoWord);
  }

  // "has offered to release 33 hostages, ... and allow ...", "both sides promised not to attack ships", "China proposed
  // that both suspend their tests"
  void offers_or_promises(Word w, const std::string& lemma, std::int32_t proposal) {
    const ProposalAct* act = words_.act(lemma);
    const bool offers = act != nullptr && act->role == ProposalAct::Role::proposer;
    const bool accepts = (act != nullptr && act->stance == Stance::accepts) || words_.promising(lemma);
    if ((!offers && !accepts) || is_passive(analysis_, w) || is_negated(analysis_, w)) return;
    const Word offered = offered_clause(w, offers);
    if (offered == kNoWord) return;
    if (proposal == ProposalTable::kNone) proposal = near(w, offers || act != nullptr ? kFarthestMention : kNear);
    if (proposal == ProposalTable::kNone) return;
    const bool omission = !offers && is_negated(analysis_, offered) && is_infinitive(analysis_, offered);
    if (!omission && !has_known_action(offered)) return;
    const Subject doer = subject_of(analysis_, w);
    const std::vector<std::int32_t> by = entities_of(context_, doer.head);
    if (offers) {
      add_entities(draft(proposal).proposers, by);
      ++draft(proposal).states[static_cast<std::size_t>(ProposalState::offered)];
    }
    if (accepts && act != nullptr && !omission && table_.in(analysis_.subtree(w)) == ProposalTable::kNone) {
      draft(proposal).agreed.push_back(w);
    }
    const bool infinitive = analysis_.child(offered, "nsubj") == kNoWord;
    const std::vector<Word> furthers = further_clauses(analysis_, w, offered);
    const Word end = furthers.empty() ? analysis_.size() : analysis_.subtree(furthers.front()).first;
    take(proposal, offered, infinitive ? by : std::vector<std::int32_t>{}, TermWords::verbs, end);
    for (const Word further : furthers) take(proposal, further, by, TermWords::verbs);
    if (offers && !infinitive) {
      add_entities(draft(proposal).addressees, entities_of(context_, analysis_.child(offered, "nsubj")));
    }
  }

  // "said it would free ten hostages": what a party says of itself.
  void announces(Word w, std::int32_t proposal) {
    const Word above = analysis_.head(w);
    if (proposal == ProposalTable::kNone || analysis_.base_relation(w) != "ccomp" || above == kNoWord || above > w || !speaks(context_, above)) return;
    const Word subject = analysis_.child(w, "nsubj");
    if (subject == kNoWord || analysis_.upos(subject) != Upos::PRON || !is_to_be_done(analysis_, w) || is_negated(analysis_, w)) return;
    const std::vector<std::int32_t> by = entities_of(context_, subject_of(analysis_, above).head);
    if (by.empty() || !has_known_action(w)) return;
    std::vector<Word> heads = with_conjuncts(analysis_, w);
    std::erase_if(heads, [&](Word head) {
      const Word object = object_of(analysis_, head);  // "it would honour the truce and withdraw"
      if (words_.act(act_lemma(analysis_, words_, head)) != nullptr && (object == kNoWord || table_.in(analysis_.subtree(object)) != ProposalTable::kNone)) return true;
      return head != w && (analysis_.child(head, "nsubj") != kNoWord || analysis_.xpos(head) != "VB");
    });
    take_all(proposal, heads, by, TermWords::verbs, kNoWord);
  }

  // "to free them", "freeing them"; of offers also "that both sides suspend their tests".
  Word offered_clause(Word verb, bool offers) const {
    for (const Word child : analysis_.children(verb)) {
      const std::string_view relation = analysis_.base_relation(child);
      const bool itself = relation == "advcl" && is_infinitive(analysis_, child) &&
                          (words_.promising(lemma_of(analysis_, verb)) || (offers && analysis_.child(verb, "obj") == kNoWord));
      if (child < verb || (relation != "xcomp" && relation != "ccomp" && !itself) || analysis_.upos(child) != Upos::VERB) continue;
      if (is_infinitive(analysis_, child) || analysis_.xpos(child) == "VBG") return child;  // also "committed itself to"
      if (offers && relation == "ccomp" && analysis_.child(child, "mark") != kNoWord) return child;
    }
    return kNoWord;
  }

  bool has_known_action(Word head) const {
    for (const Word w : with_conjuncts(analysis_, head)) {
      if (term_at(context_, words_, w, TermWords::known)) return true;
    }
    return false;
  }

  // The proposal last spoken of before `w`.
  std::int32_t latest(Word w, Word farthest) const {
    for (Word before = w; before > 0 && w - before <= farthest; --before) {
      if (table_.of_word[before - 1] != ProposalTable::kNone) return table_.of_word[before - 1];
    }
    return ProposalTable::kNone;
  }

  // Before or, when nothing was on the table yet, the one that this verb puts there.
  std::int32_t near(Word w, Word farthest) const {
    if (const std::int32_t before = latest(w, farthest); before != ProposalTable::kNone) return before;
    for (Word after = w; after < analysis_.size() && after - w <= farthest; ++after) {
      if (table_.of_word[after] != ProposalTable::kNone) return table_.of_word[after];
    }
    for (std::size_t i = 0; i < table_.drafts.size(); ++i) {
      if (table_.drafts[i].mentions.empty()) return static_cast<std::int32_t>(i);
    }
    return ProposalTable::kNone;
  }

  std::int32_t framed_by(Word verb) const {
    if (!is_to_be_done(analysis_, verb)) return ProposalTable::kNone;
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
    if (takes_effect(analysis_, words_, verb)) return false;
    const std::uint32_t sentence = analysis_.sentence_of(verb);
    if (sentence != framed_sentence_ + 1 || analysis_.sentences()[sentence].starts_paragraph) return false;
    if (!is_to_be_done(analysis_, verb) || analysis_.base_relation(verb) != "root" || is_negated(analysis_, verb)) return false;
    const Word first = analysis_.sentences()[sentence].words.first;
    if (first + 1 < analysis_.size() && words_.exchange(lemma_of(analysis_, first + 1))) return true;
    const Word subject = analysis_.child(verb, "nsubj");
    return subject != kNoWord && analysis_.upos(subject) != Upos::PRON;
  }

  // "Both sides are to withdraw their troops", in a paragraph that has told of a deal: what somebody will, must or is to
  // do, when it is an action that deals speak of.
  bool follows(Word verb) const {
    const std::string_view relation = analysis_.base_relation(verb);
    const bool document = told_by_document(context_, verb);
    if (relation != "root" && relation != "parataxis" && !said_behind(context_, verb) && !document) return false;
    const std::string lemma = lemma_with_particle(analysis_, verb);
    const ProposalAct* becomes = words_.act(lemma);
    if (becomes != nullptr && becomes->reversed && !words_.happens(lemma)) return false;  // "It is to last a year"
    if (takes_effect(analysis_, words_, verb)) return false;
    if (!to_be_done_here(verb) || is_negated(analysis_, verb)) return false;
    if (words_.permission(lemma) && !words_.happens(lemma) && analysis_.child(verb, "obj") == kNoWord) return false;
    Word subject = analysis_.child(verb, "nsubj");
    for (Word at = verb; subject == kNoWord && analysis_.base_relation(at) == "conj"; at = analysis_.head(at)) {
      subject = analysis_.child(analysis_.head(at), "nsubj");
    }
    const bool named = subject != kNoWord && (analysis_.upos(subject) != Upos::PRON || described());
    return named && (document || said_behind(context_, verb) || !said(verb));
  }

  // "The text itself is short. Britain hands over the islands and leases one back. No other troops may be based there.":
  // in a paragraph that sets out to describe it, the present tense tells its terms.
  bool described() const { return described_ == topic_ && described_ != ProposalTable::kNone; }
  bool to_be_done_here(Word verb) const {
    if (is_to_be_done(analysis_, verb)) return true;
    if (!described()) return false;
    const std::string_view xpos = analysis_.xpos(verb);
    if (xpos == "VBZ" || xpos == "VBP") return own_subject(analysis_, verb) != kNoWord || analysis_.base_relation(verb) == "conj";
    for (const Word child : analysis_.children(verb)) {
      if (child < verb && analysis_.base_relation(child) == "aux" && lemma_of(analysis_, child) == "may") return true;
    }
    return false;
  }

  // "the rebels would withdraw, he said" is somebody's word on it.
  bool said(Word verb) const {
    return !context_.statement_of_word.empty() && context_.statement_of_word[verb] != Context::kNone;
  }

  void take(std::int32_t proposal, Word head, std::vector<std::int32_t> by, TermWords which, Word end = kNoWord) {
    std::vector<Word> heads = with_conjuncts(analysis_, head);
    take_hidden(heads);
    take_all(proposal, heads, std::move(by), which, end);
  }

  void take_hidden(std::vector<Word>& heads) const {
    for (std::size_t i = 0; i < heads.size(); ++i) {
      const Word hidden = hidden_term(analysis_, words_, heads[i]);
      if (hidden != kNoWord && heads.size() < kMostTerms) {
        const std::vector<Word> more = with_conjuncts(analysis_, hidden);
        heads.insert(heads.end(), more.begin(), more.end());
      }
    }
  }

  void take_all(std::int32_t proposal, const std::vector<Word>& heads, std::vector<std::int32_t> by, TermWords which,
                Word end) {
    for (std::size_t i = 0; i < heads.size(); ++i) {
      const Word w = heads[i];
      // ", ending months of fighting": what comes of it
      if (i > 0 && analysis_.xpos(w) == "VBG" && analysis_.xpos(heads[0]) == "VB" && w > 0 && analysis_.form(w - 1) == ",") continue;
      if (i > 0 && follows_its_object(analysis_, heads[i - 1], w)) continue;
      if (i + 1 < heads.size() && shares_object(analysis_, w, heads[i + 1])) {
        heads_with_shared_.push_back({heads[i + 1], own_words(analysis_, w).first});
        continue;
      }
      std::optional<TermDraft> term = term_at(context_, words_, w, which);
      if (!term) continue;
      if (!heads_with_shared_.empty() && heads_with_shared_.back().first == w) term->words.first = heads_with_shared_.back().second;
      if (end > w && end < term->words.last) {
        term->words.last = end;
        while (term->words.last > w + 1 && analysis_.upos(term->words.last - 1) == Upos::CCONJ) --term->words.last;
      }
      if (i + 1 < heads.size() && follows_its_object(analysis_, w, heads[i + 1])) {
        term->words = trimmed(analysis_, {term->words.first, std::max(term->words.last, analysis_.subtree(object_of(analysis_, w)).last)});
      }
      if (term->by.empty() && !is_passive(analysis_, w) && own_subject(analysis_, w) == kNoWord) term->by = by;
      by = term->by;  // "the army will leave and hand over ...": the last one named goes on
      exchange(proposal, w);
      add_term(draft(proposal), std::move(*term));
    }
  }

  void take_one(std::int32_t proposal, Word head, TermWords which) {
    std::optional<TermDraft> term = term_at(context_, words_, head, which);
    if (!term) return;
    term->by.clear();  // the proposal itself is the subject
    add_term(draft(proposal), std::move(*term));
  }

  // "in exchange for a halt to the exercises": what is asked for in return is a term too.
  void exchange(std::int32_t proposal, Word head) {
    for (const Word child : analysis_.children(head)) {
      if (child < head || analysis_.base_relation(child) != "obl" || !words_.exchange(lemma_of(analysis_, child))) continue;
      for (const Word asked_for : analysis_.children(child)) {
        if (asked_for < child || analysis_.base_relation(asked_for) != "nmod") continue;
        if (std::optional<TermDraft> term = term_at(context_, words_, asked_for, TermWords::known)) {
          add_term(draft(proposal), std::move(*term));
        }
      }
    }
  }

  const Context& context_;
  const Analysis& analysis_;
  const ProposalWords& words_;
  ProposalTable& table_;
  std::uint32_t framed_sentence_ = 0;
  std::int32_t framed_proposal_ = ProposalTable::kNone;
  std::vector<std::pair<Word, Word>> heads_with_shared_;  // a verb, and where the verb before it begins
  std::int32_t described_ = ProposalTable::kNone;  // what this paragraph sets out to describe
  std::uint32_t spoken_in_ = 0;                // the last sentence with a mention
  std::int32_t topic_ = ProposalTable::kNone;  // of the paragraph so far
  std::int32_t open_ = ProposalTable::kNone;   // of the paragraph before this sentence
};

}  // namespace

void find_terms(const Context& context, const ProposalWords& words, ProposalTable& table) {
  TermFinder(context, words, table).find();
}

}  // namespace parley
