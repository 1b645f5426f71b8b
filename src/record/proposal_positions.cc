// Idea: what a party does to a mention of the proposal, or to a term of it in a sentence that mentions it, is its
// position; who proposes and who mediates comes from the same verbs. Only what is told as done moves the state.
//
// Example: "The rebels turned down the truce": the rebels reject it. "would not accept a withdrawal as part of a
// deal": rejects that term. "urged the rebels to accept the truce": the one who urges supports it, and nothing is
// known of the rebels.
// Counter-example: "if they accept the truce", "could accept": no position.
//
// Cost: linear in words. Test: tests/record/proposals_test.cc.
#include <algorithm>

#include "record/proposal_clauses.h"
#include "record/proposal_draft.h"
#include "record/proposal_reality.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

class PositionFinder {
 public:
  PositionFinder(const Context& context, const ProposalWords& words, ProposalTable& table)
      : context_(context), analysis_(context.analysis), words_(words), table_(table), real_(context, words) {}

  void find() {
    for (Word w = 0; w < analysis_.size(); ++w) {
      if (table_.of_word[w] != ProposalTable::kNone) {
        mention(w, draft(table_.of_word[w]));
        last_mention_ = w;
      } else if (analysis_.upos(w) == Upos::PRON || analysis_.upos(w) == Upos::NOUN) {
        pronoun(w);
      }
      if (analysis_.upos(w) == Upos::NOUN && words_.demanding(lemma_of(analysis_, w))) demand_noun(w);
      if (analysis_.upos(w) == Upos::VERB) {
        term_verb(w);
        refused_frame(w);
        refused_alone(w);
      }
    }
    for (ProposalDraft& proposal : table_.drafts) {
      for (const Word verb : proposal.agreed) act_on(proposal, verb, lemma_with_particle(analysis_, verb), verb);
    }
    mediators();
    for (ProposalDraft& proposal : table_.drafts) settle(proposal);
  }

 private:
  ProposalDraft& draft(std::int32_t index) { return table_.drafts[static_cast<std::size_t>(index)]; }

  // What is told again, or goes without saying. "Israel approves deal" over "Israel's cabinet approved the deal": the headline's position is the body's, shortened.
  void settle(ProposalDraft& proposal) const {
    const auto told_in_headline = [&](const PositionDraft& position) { return in_headline(context_, position.words.first); };
    std::vector<PositionDraft> kept;
    for (const PositionDraft& position : proposal.positions) {
      // Whoever proposes it does not accept it.
      const bool own = position.stance == Stance::accepts && position.term == Context::kNone &&
                       std::any_of(proposal.proposers.begin(), proposal.proposers.end(),
                                   [&](std::int32_t proposer) { return same_side(proposer, position.party); });
      const bool again = told_in_headline(position) &&
                         std::any_of(proposal.positions.begin(), proposal.positions.end(), [&](const PositionDraft& other) {
                           return !told_in_headline(other) && other.term == position.term &&
                                  agree(other.stance) == agree(position.stance) && same_side(other.party, position.party);
                         });
      if (!again && !own) kept.push_back(position);
    }
    proposal.positions = std::move(kept);
  }

  static int agree(Stance stance) { return stance == Stance::accepts || stance == Stance::supports || stance == Stance::conditions ? 1 : 0; }

  bool same_side(std::int32_t a, std::int32_t b) const {
    const auto& entities = context_.record.entities;
    const auto& country = entities[static_cast<std::size_t>(a)].actor.country;
    return a == b || (country && country == entities[static_cast<std::size_t>(b)].actor.country);
  }

  // "Congress approved it": of the proposal named in this sentence or the one before, when nobody and nothing else is
  // meant.
  void pronoun(Word w) {
    const bool noun = analysis_.upos(w) == Upos::NOUN;  // "rejected the terms"
    const bool reference = noun && words_.refers(lemma_of(analysis_, w)) && analysis_.child(w, "det") != kNoWord &&
                           !of_something(w) && lemma_of(analysis_, analysis_.child(w, "det")) != "a";
    const bool it = reference || (noun ? words_.part_of_proposal(lemma_of(analysis_, w)) && analysis_.child(w, "det") != kNoWord &&
                               !of_something(w) && analysis_.has_feature(w, "Number=Plur")
                         : lemma_of(analysis_, w) == "it");
    if (!it || last_mention_ == kNoWord) return;
    const std::string_view relation = analysis_.relation(w);
    if (relation != "obj" && relation != "nsubj:pass" && analysis_.base_relation(w) != "obl") return;
    // A state is rarely accepted or rejected: "Syria took the plan, while the rebels rejected it".
    const bool beside = analysis_.sentence_of(w) == analysis_.sentence_of(last_mention_) &&
                        analysis_.base_relation(last_mention_) == "obj";
    const Word verb = analysis_.head(w);
    const std::string lemma = verb == kNoWord ? std::string() : lemma_with_particle(analysis_, verb);
    const ProposalAct* act = relation.starts_with("obl") ? words_.act(lemma + " " + preposition_of(analysis_, w)) : words_.act(lemma);
    if (act == nullptr || !act->stance) return;
    const bool welcomes = act->stance == Stance::supports && !words_.demanding(lemma) && !words_.urging(lemma);
    if (analysis_.sentence_of(w) - analysis_.sentence_of(last_mention_) > (reference ? 3u : welcomes ? 2u : 1u)) return;
    if (act->stance != Stance::accepts && act->stance != Stance::rejects && !welcomes) return;
    // What is signed, accepted or turned down is hardly a state; what is praised or criticised may be one.
    if (!beside && !noun && !act->state && lemma != "welcome" && actor(w)) return;
    if (lemma == "make" || lemma == "reach" || lemma == "leave" || lemma == "break") return;
    mention(w, draft(table_.of_word[last_mention_]));
  }

  // "the terms of the loan"
  bool of_something(Word w) const {
    const Word after = analysis_.child(w, "nmod");
    return after != kNoWord && preposition_of(analysis_, after) == "of";
  }

  // --- the whole -----------------------------------------------------------------------------------

  void mention(Word w, ProposalDraft& proposal) {
    if (const Word owner = analysis_.child(w, "nmod:poss"); owner != kNoWord) {
      propose(proposal, owner);
    }
    for (const Word child : analysis_.children(w)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "acl") {  // "proposed by Oman", "that Oman proposed"
        const Word subject = analysis_.child(child, "nsubj");
        const bool about_it = analysis_.relation(child) == "acl:relcl"
                                  ? analysis_.child(child, "obj") == kNoWord ||
                                        is_relative_pronoun(analysis_, analysis_.child(child, "obj"))
                                  : is_passive(analysis_, child);
        if (about_it && (subject == kNoWord || !is_relative_pronoun(analysis_, subject) ||
                         is_passive(analysis_, child))) {
          act_on(proposal, child, act_lemma(analysis_, words_, child), w);
        }
      } else if (relation == "nmod" && child > w) {
        const std::string preposition = preposition_of(analysis_, child);
        if (preposition == "by" || preposition == "from") propose(proposal, child);
      } else if ((relation == "amod" || relation == "compound") && child < w) {
        // "an Egyptian proposal", but no "Israeli-Palestinian agreement"
        const ProposalNoun* noun = words_.noun(lemma_of(analysis_, w));
        if (noun != nullptr && noun->somebodys && actor(child)) propose(proposal, child);
        const ProposalAct* act = words_.act(lemma_of(analysis_, child));
        if (act != nullptr && act->state && analysis_.upos(child) == Upos::VERB) note(proposal, *act->state);
      }
    }
    reached_behind(proposal, w);
    verdict(proposal, w);
    Word top = w;
    while (analysis_.base_relation(top) == "conj" && analysis_.head(top) != kNoWord) top = analysis_.head(top);
    if (analysis_.base_relation(top) == "nmod" && analysis_.head(top) != kNoWord && words_.refers(lemma_of(analysis_, analysis_.head(top)))) {
      top = analysis_.head(top);  // "suspended its participation in the deal"
    }
    // "acceptance of the plan" and "for an end through a deal" are left alone: a verb must take it.
    const Word verb = analysis_.head(top);
    if (verb == kNoWord) return;
    const std::string_view relation = analysis_.relation(top);
    const std::string lemma = act_lemma(analysis_, words_, verb);
    if (relation == "obj" || relation == "nsubj:pass") {
      act_on(proposal, verb, lemma, w);
    } else if (analysis_.base_relation(top) == "obl") {
      act_on(proposal, verb, lemma + " " + preposition_of(analysis_, top), w);
    } else if (relation == "nsubj" && analysis_.upos(verb) == Upos::VERB) {
      std::string phrase = lemma;
      if (const Word object = analysis_.child(verb, "obj"); object != kNoWord) {
        phrase += " " + lemma_of(analysis_, object);
      } else if (words_.act(lemma) == nullptr) {
        for (const Word child : analysis_.children(verb)) {
          if (analysis_.base_relation(child) == "obl" && child > verb) {
            phrase += " " + preposition_of(analysis_, child) + " " + lemma_of(analysis_, child);
            break;
          }
        }
      }
      const ProposalAct* act = words_.act(phrase);
      if (act != nullptr && act->reversed && act->state && real_.reality(verb) == Reality::done &&
          !to_come(verb)) {
        note(proposal, *act->state);
      }
    }
  }

  // "Under the agreement, reached after two days of talks, ...": the participle may hang on the clause.
  void reached_behind(ProposalDraft& proposal, Word w) const {
    const Word verb = w + 2;
    if (verb >= analysis_.size() || analysis_.form(w + 1) != "," || analysis_.xpos(verb) != "VBN" || analysis_.head(verb) == w) return;
    const ProposalAct* act = words_.act(act_lemma(analysis_, words_, verb));
    if (act != nullptr && act->state && !act->reversed && is_passive(analysis_, verb)) note(proposal, *act->state);
  }

  // "called the plan unacceptable", "said the offer was a trap"
  void verdict(ProposalDraft& proposal, Word mention_head) {
    const Word above = analysis_.head(mention_head);
    if (above == kNoWord) return;
    Word judge = kNoWord;
    if (analysis_.base_relation(mention_head) == "obj" && words_.verdict_verb(lemma_with_particle(analysis_, above)) &&
        refused_by_verdict(analysis_, words_, above, mention_head)) {
      judge = above;
    } else if (analysis_.base_relation(mention_head) == "nsubj" && analysis_.base_relation(above) == "ccomp" &&
               words_.verdict_against(lemma_of(analysis_, above)) && !is_negated(analysis_, above)) {
      judge = analysis_.head(above);
    }
    if (judge == kNoWord || real_.reality(judge) != Reality::done) return;
    ProposalAct act;
    act.stance = Stance::rejects;
    take_position(proposal, judge, act, Reality::done, Context::kNone, mention_head);
  }

  void act_on(ProposalDraft& proposal, Word verb, const std::string& phrase, Word mention_head) {
    const ProposalAct* act = words_.act(phrase);
    if (act == nullptr || act->reversed) return;
    // "made an offer", "reached a new proposal": a text, and nobody's consent to it yet
    const ProposalNoun* noun = words_.noun(lemma_of(analysis_, mention_head));
    if (noun != nullptr && noun->somebodys && words_.brings_about(phrase)) act = words_.act(words_.offering());
    if (act == nullptr) return;
    const Reality how = real_.reality(verb);
    const Word doer = subject_of(analysis_, verb).head;
    if (act->role == ProposalAct::Role::proposer && how == Reality::done) {
      if (doer != kNoWord) propose(proposal, doer);
      for (const Word child : analysis_.children(verb)) {
        if (analysis_.base_relation(child) == "iobj" ||
            (analysis_.base_relation(child) == "obl" && preposition_of(analysis_, child) == "to")) {
          add_entities(proposal.addressees, parties(child));
        }
      }
    }
    if (const Word persuader = real_.persuaded_by(verb); persuader != kNoWord) {  // "persuaded them to accept the plan"
      add_entities(proposal.mediators, parties(subject_of(analysis_, persuader).head));
    }
    // "negotiated by the envoy"
    if (act->stance == Stance::undecided && is_passive(analysis_, verb) && doer != kNoWord) {
      add_entities(proposal.mediators, parties(doer));
      return;
    }
    if (act->role == ProposalAct::Role::mediator && doer != kNoWord) {
      add_entities(proposal.mediators, parties(doer));
    }
    // What the headline tells, the body tells again.
    const bool again = in_headline(context_, mention_head) &&
                       std::any_of(proposal.mentions.begin(), proposal.mentions.end(), [&](Word w) { return !in_headline(context_, w); });
    if (act->state && !again) {
      if (how == Reality::done) {
        note(proposal, *act->state);
      } else if (how == Reality::promised) {
        const bool ready = analysis_.upos(analysis_.head(verb)) == Upos::ADJ;  // "is ready to accept": has not yet
        const bool refuses = *act->state == ProposalState::rejected || *act->state == ProposalState::collapsed;
        note(proposal, ready     ? ProposalState::under_discussion
                       : refuses ? ProposalState::rejected
                                 : std::min(*act->state, ProposalState::accepted));
      } else if (how != Reality::refused && *act->state >= ProposalState::accepted &&
                 *act->state <= ProposalState::in_force) {
        note(proposal, ProposalState::under_discussion);
      } else if (how == Reality::refused && act->negated == Stance::rejects) {
        note(proposal, act->state == ProposalState::in_force ? ProposalState::collapsed : ProposalState::rejected);
      }
    }
    take_position(proposal, verb, *act, how, Context::kNone, mention_head);
  }

  void take_position(ProposalDraft& proposal, Word verb, const ProposalAct& act, Reality how, std::int32_t term,
                     Word about) {
    std::optional<Stance> stance = act.stance;
    Word party = subject_of(analysis_, verb).head;
    if (how == Reality::refused) stance = act.negated;
    // "would respect the truce if aid arrived": on a condition.
    if (how == Reality::open && conditioned(analysis_, verb) && stance && (*stance == Stance::accepts || *stance == Stance::undecided)) {
      how = Reality::done;
      stance = Stance::conditions;
    }
    if (how == Reality::open) return;
    if (how == Reality::wanted) {
      const Word urging = real_.urged_by(verb);
      if (urging == kNoWord) return;
      const Word urger = subject_of(analysis_, urging).head;
      const Word urged = party;
      if (urged != kNoWord && urged != urger) add_entities(proposal.addressees, parties(urged));
      party = urger;
      if (stance == Stance::accepts) stance = Stance::supports;
    }
    if (!stance || party == kNoWord) return;
    Word clause = verb;
    if (how == Reality::wanted) clause = real_.urged_by(verb);
    std::vector<std::int32_t> all = parties(party);
    // "signed it with the rulers", "agreed with eight companies to restart exports"
    const bool with_others = act.state == ProposalState::signed_ || (verb == about && act.state == ProposalState::accepted);
    if (how == Reality::done && with_others) add_entities(all, signed_with(verb));
    for (const std::int32_t entity : all) {
      PositionDraft position;
      position.party = entity;
      position.stance = *stance;
      position.term = term;
      position.date = real_.date_of(verb);
      position.words = clause_words(clause, about);
      add_position(proposal, std::move(position));
    }
  }

  // "signed a pact with the rulers": they have signed too.
  std::vector<std::int32_t> signed_with(Word verb) const {
    const auto with = [&](Word governor) {
      for (const Word child : analysis_.children(governor)) {
        const std::string_view relation = analysis_.base_relation(child);
        if ((relation == "obl" || relation == "nmod") && child > verb && preposition_of(analysis_, child) == "with") return child;
      }
      return kNoWord;
    };
    Word other = with(verb);
    const Word object = analysis_.child(verb, "obj");
    if (other == kNoWord && object != kNoWord && object > verb && table_.of_word[object] != ProposalTable::kNone) other = with(object);
    return other == kNoWord ? std::vector<std::int32_t>{} : parties(other);
  }

  // "one group refused to sign"
  void refused_alone(Word verb) {
    if (last_mention_ == kNoWord || verb - last_mention_ > kNear || real_.reality(verb) != Reality::refused) return;
    const ProposalAct* act = words_.act(act_lemma(analysis_, words_, verb));
    if (act == nullptr || act->negated != Stance::rejects || act->state != ProposalState::signed_) return;
    for (const Word child : analysis_.children(verb)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "obj" || relation == "ccomp" || relation == "xcomp") return;
    }
    take_position(draft(table_.of_word[last_mention_]), verb, *act, Reality::refused, Context::kNone, verb);
  }

  void add_position(ProposalDraft& proposal, PositionDraft position) const {
    for (PositionDraft& known : proposal.positions) {
      if (known.party != position.party || known.term != position.term || known.stance != position.stance) continue;
      if (in_headline(context_, known.words.first) && !in_headline(context_, position.words.first)) known = std::move(position);
      return;
    }
    proposal.positions.push_back(std::move(position));
  }

  void propose(ProposalDraft& proposal, Word who) {
    add_entities(proposal.proposers, parties(who));
    if (!parties(who).empty()) proposal.owners.push_back({parties(who), who});
    note(proposal, ProposalState::offered);
    for (const Word w : with_conjuncts(analysis_, who)) {
      const ProposalAct* act = words_.act(verb_of_agent(words_, lemma_of(analysis_, w)));
      if (act != nullptr && act->role == ProposalAct::Role::mediator) {
        add_entities(proposal.mediators, parties(w));
      }
    }
  }

  void note(ProposalDraft& proposal, ProposalState state) const { ++proposal.states[static_cast<std::size_t>(state)]; }

  // --- terms ---------------------------------------------------------------------------------------

  // "would not accept an end to the war as part of a deal", "demands a full withdrawal under any deal"
  void term_verb(Word verb) {
    const std::string lemma = lemma_with_particle(analysis_, verb);
    const std::int32_t proposal = proposal_near(verb);
    if (proposal == ProposalTable::kNone) return;
    if (words_.demanding(lemma)) demand(proposal, verb);
    if (table_.in(analysis_.subtree(verb)) == ProposalTable::kNone && !known_term(proposal, verb)) return;
    for (const Word child : analysis_.children(verb)) {
      if (child < verb || table_.of_word[child] != ProposalTable::kNone) continue;
      const std::string_view relation = analysis_.base_relation(child);
      const ProposalAct* act = relation == "obl" ? words_.act(lemma + " " + preposition_of(analysis_, child))
                                                 : words_.act(lemma);
      if (act == nullptr || !act->stance || act->role != ProposalAct::Role::none || act->reversed) continue;
      if (relation != "obj" && relation != "obl" && !(relation == "xcomp" && act->stance == Stance::rejects)) continue;
      const Reality how = real_.reality(verb);
      if (how == Reality::open || how == Reality::wanted) continue;
      if (how == Reality::refused && act->negated != Stance::rejects) continue;
      if (words_.demanding(lemma) && act->stance == Stance::supports) continue;  // taken as a demand
      std::optional<TermDraft> term = term_at(context_, words_, child, TermWords::known);
      if (!term) continue;
      if (lemma == "make" || act->state == ProposalState::in_force || act->state == ProposalState::collapsed) continue;
      ProposalAct demanded = *act;
      if (act->stance == Stance::supports) demanded.stance = Stance::conditions;
      const std::int32_t index = add_term(draft(proposal), std::move(*term));
      take_position(draft(proposal), verb, demanded, how, index, child);
    }
  }

  // "demanded the release of all prisoners first", "wants them to lift the ban", "insists on a withdrawal", "a
  // withdrawal, which the rebels demand"
  void demand(std::int32_t proposal, Word verb) {
    const Reality how = real_.reality(verb);
    if (how != Reality::done || is_passive(analysis_, verb)) return;
    const std::string lemma = lemma_with_particle(analysis_, verb);
    std::vector<Word> wanted;
    for (const Word child : analysis_.children(verb)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (child < verb || table_.of_word[child] != ProposalTable::kNone) continue;
      const bool clause = (relation == "xcomp" && is_infinitive(analysis_, child)) || relation == "ccomp";
      const bool thing = relation == "obj" || (relation == "obl" && words_.demanding(lemma + " " + preposition_of(analysis_, child)));
      if (thing && analysis_.child(verb, "xcomp") == kNoWord) {
        for (const Word w : items_of(context_, words_, analysis_.subtree(child))) wanted.push_back(w);
      } else if (clause) {
        for (const Word w : with_conjuncts(analysis_, child)) wanted.push_back(w);
      }
    }
    if (analysis_.relation(verb) == "acl:relcl") {
      const Word object = analysis_.child(verb, "obj");
      Word named = analysis_.head(verb);
      if (object != kNoWord && is_relative_pronoun(analysis_, object)) {
        if (!term_at(context_, words_, named, TermWords::known) && analysis_.base_relation(named) == "nmod") named = analysis_.head(named);
        wanted.push_back(named);
      }
    }
    std::sort(wanted.begin(), wanted.end());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const Word w = wanted[i];
      const Word end = i + 1 < wanted.size() ? std::max(w + 1, analysis_.subtree(wanted[i + 1]).first) : analysis_.size();
      std::optional<TermDraft> term = term_of_item(context_, words_, w, end, TermWords::known);
      if (!term) continue;
      if (term->by.empty() && analysis_.base_relation(w) == "xcomp" && analysis_.child(verb, "obj") != kNoWord) {
        term->by = parties(analysis_.child(verb, "obj"));
      }
      const std::int32_t index = add_term(draft(proposal), std::move(*term));
      for (const std::int32_t entity : parties(subject_of(analysis_, verb).head)) {
        add_position(draft(proposal), {entity, Stance::conditions, index, real_.date_of(verb), clause_words(verb, w)});
      }
    }
  }

  // "its demand for the release of the prisoners"
  void demand_noun(Word w) {
    const Word owner = analysis_.child(w, "nmod:poss");
    const std::int32_t proposal = proposal_near(w);
    if (owner == kNoWord || proposal == ProposalTable::kNone) return;
    for (const Word child : analysis_.children(w)) {
      if (child < w || analysis_.base_relation(child) != "nmod" || preposition_of(analysis_, child) != "for") continue;
      std::optional<TermDraft> term = term_at(context_, words_, child, TermWords::known);
      if (!term) continue;
      const std::int32_t index = add_term(draft(proposal), std::move(*term));
      for (const std::int32_t entity : parties(owner)) {
        add_position(draft(proposal), {entity, Stance::conditions, index, std::nullopt, noun_phrase(analysis_, w)});
      }
    }
  }

  // Whether what this verb takes is a term that the proposal has.
  bool known_term(std::int32_t proposal, Word verb) {
    for (const Word child : analysis_.children(verb)) {
      if (child < verb || analysis_.base_relation(child) != "obj") continue;
      const std::optional<TermDraft> term = term_at(context_, words_, child, TermWords::known);
      if (!term) continue;
      for (const TermDraft& known : draft(proposal).terms) {
        if (known.action == term->action) return true;
      }
    }
    return false;
  }

  // "will not end the war as part of a deal"
  void refused_frame(Word verb) {
    if (real_.reality(verb) != Reality::refused) return;
    for (const Word child : analysis_.children(verb)) {
      if (analysis_.base_relation(child) != "obl" || !words_.under(preposition_of(analysis_, child))) continue;
      const std::int32_t proposal = table_.in(noun_phrase(analysis_, child));
      if (proposal == ProposalTable::kNone || words_.act(act_lemma(analysis_, words_, verb)) != nullptr) continue;
      std::optional<TermDraft> term = term_at(context_, words_, verb, TermWords::known);
      if (!term) continue;
      const std::vector<std::int32_t> parties_of_it = parties(subject_of(analysis_, verb).head);
      term->by = parties_of_it;
      term->words.last = std::min(term->words.last, std::max(verb + 1, analysis_.subtree(child).first));
      term->words = trimmed(analysis_, term->words);
      const std::int32_t index = add_term(draft(proposal), std::move(*term));
      for (const std::int32_t entity : parties_of_it) {
        add_position(draft(proposal),
                     {entity, Stance::rejects, index, real_.date_of(verb), clause_words(verb, child)});
      }
      return;
    }
  }

  std::int32_t proposal_near(Word verb) const {
    const std::int32_t own = table_.in(analysis_.subtree(verb));
    if (own != ProposalTable::kNone || last_mention_ == kNoWord || verb - last_mention_ > kNear) return own;
    return table_.of_word[last_mention_];
  }

  // --- mediators of the talks rather than of the text ------------------------------------------------

  void mediators() {
    if (table_.drafts.empty()) return;
    ProposalDraft& main = *std::max_element(
        table_.drafts.begin(), table_.drafts.end(),
        [](const ProposalDraft& a, const ProposalDraft& b) { return a.mentions.size() < b.mentions.size(); });
    for (Word w = 0; w < analysis_.size(); ++w) {
      if (analysis_.upos(w) == Upos::NOUN ) mediator_noun(w, main);
      if (analysis_.upos(w) != Upos::VERB) continue;
      const ProposalAct* act = words_.act(act_lemma(analysis_, words_, w));
      if (act == nullptr || act->role != ProposalAct::Role::mediator || is_negated(analysis_, w) || real_.proposed(w)) continue;
      const Subject subject = subject_of(analysis_, w);
      if (subject.head == kNoWord) continue;
      std::vector<std::int32_t> who = parties(subject.head);
      std::erase_if(who, [&](std::int32_t entity) {
        return context_.record.entities[static_cast<std::size_t>(entity)].kind == EntityKind::place;
      });
      add_entities(main.mediators, who);
    }
  }

  // "will start" has not started.
  bool to_come(Word verb) const {
    for (const Word child : analysis_.children(verb)) {
      if (analysis_.base_relation(child) == "aux" && analysis_.xpos(child) == "MD") return true;
    }
    return false;
  }

  // "mediator Qatar", "Qatar, a mediator"
  void mediator_noun(Word w, ProposalDraft& proposal) const {
    const std::string verb = verb_of_agent(words_, lemma_of(analysis_, w));
    if (verb == lemma_of(analysis_, w)) return;
    const ProposalAct* act = words_.act(verb);
    if (act == nullptr || act->role != ProposalAct::Role::mediator) return;
    if (lemma_of(analysis_, w).ends_with("ion")) {  // "Qatar's mediation", "mediation by Oman"
      for (const Word child : analysis_.children(w)) {
        const bool possessor = analysis_.relation(child) == "nmod:poss" || analysis_.base_relation(child) == "compound";
        if (possessor || (analysis_.base_relation(child) == "nmod" && preposition_of(analysis_, child) == "by")) {
          add_entities(proposal.mediators, parties(child));
        }
      }
      return;
    }
    const std::string_view relation = analysis_.base_relation(w);
    Word named = w;
    if ((relation == "compound" || relation == "nmod" || relation == "appos" || relation == "flat") &&
        analysis_.head(w) != kNoWord && (relation != "nmod" || analysis_.head(w) > w)) {
      named = analysis_.head(w);
    }
    if (named != w || analysis_.child(w, "appos") != kNoWord) add_entities(proposal.mediators, parties(named));
    for (const std::string_view below : {"appos", "flat"}) {  // "mediators Qatar and Egypt"
      if (const Word child = analysis_.child(w, below); child != kNoWord) add_entities(proposal.mediators, parties(child));
    }
  }

  // --- small things ----------------------------------------------------------------------------------

  bool actor(Word w) const {
    const std::int32_t entity = context_.entity_of_phrase(w);
    if (entity == Context::kNone) return false;
    const EntityKind kind = context_.record.entities[static_cast<std::size_t>(entity)].kind;
    return kind == EntityKind::country || kind == EntityKind::nationality || kind == EntityKind::organisation ||
           kind == EntityKind::group || kind == EntityKind::person;
  }

  std::vector<std::int32_t> parties(Word head) const {
    std::vector<std::int32_t> out;
    if (head == kNoWord) return out;
    if (is_relative_pronoun(analysis_, head)) {
      Word at = head;
      for (int step = 0; step < 4 && at != kNoWord && analysis_.relation(at) != "acl:relcl"; ++step) {
        at = analysis_.head(at);
      }
      if (at == kNoWord || analysis_.head(at) == kNoWord) return out;
      head = analysis_.head(at);
    }
    std::vector<std::int32_t> named;
    for (const Word w : with_conjuncts(analysis_, head)) {
      const std::int32_t entity = context_.entity_of_phrase(w);
      if (entity != Context::kNone) {
        add_entities(named, {entity});
      } else {
        add_entities(named, entities_of(context_, behind_group(context_, words_, w)));
      }
    }
    for (const std::int32_t entity : named) {
      const EntityKind kind = context_.record.entities[static_cast<std::size_t>(entity)].kind;
      if (kind != EntityKind::facility && kind != EntityKind::weapon && kind != EntityKind::event) out.push_back(entity);
    }
    return out;
  }

  // From the party to the end of what it takes a position on.
  WordRange clause_words(Word verb, Word about) const {
    WordRange range = verb_group(analysis_, verb);
    const Word subject = subject_of(analysis_, verb).head;
    if (subject != kNoWord && analysis_.sentence_of(subject) == analysis_.sentence_of(verb)) {
      const WordRange words = noun_phrase(analysis_, subject);
      if (words.first < range.first) range.first = words.first;
      if (is_passive(analysis_, verb)) range.last = std::max(range.last, words.last);
    }
    if (const Word passive = analysis_.child(verb, "nsubj:pass"); passive != kNoWord) {
      range.first = std::min(range.first, noun_phrase(analysis_, passive).first);
    }
    const WordRange object = noun_phrase(analysis_, about);
    range.first = std::min(range.first, object.first);
    range.last = std::max(range.last, object.last);
    return trimmed(analysis_, range);
  }

  static constexpr Word kNear = 110;

  const Context& context_;
  const Analysis& analysis_;
  const ProposalWords& words_;
  ProposalTable& table_;
  const Realities real_;
  Word last_mention_ = kNoWord;
};

}  // namespace

void find_positions(const Context& context, const ProposalWords& words, ProposalTable& table) {
  PositionFinder(context, words, table).find();
  find_sticking_points(context, words, table);
}

}  // namespace parley
