// Proposals: what is on the table, term by term, and where each party stands on it.
#include <algorithm>

#include "record/extract.h"
#include "record/proposal_draft.h"

namespace parley {
namespace {

// A term that only the headline tells, beside those of the body, is one of them in fewer words, unless somebody takes
// a position on it.
void drop_headline_terms(ProposalDraft& draft) {
  const bool body = std::any_of(draft.terms.begin(), draft.terms.end(), [](const TermDraft& term) { return !term.headline; });
  if (!body) return;
  std::vector<std::int32_t> moved(draft.terms.size(), Context::kNone);
  std::vector<TermDraft> kept;
  for (std::size_t i = 0; i < draft.terms.size(); ++i) {
    const bool held = std::any_of(draft.positions.begin(), draft.positions.end(), [&](const PositionDraft& position) {
      return position.term == static_cast<std::int32_t>(i);
    });
    if (draft.terms[i].headline && !held) continue;
    moved[i] = static_cast<std::int32_t>(kept.size());
    kept.push_back(std::move(draft.terms[i]));
  }
  draft.terms = std::move(kept);
  for (PositionDraft& position : draft.positions) {
    if (position.term != Context::kNone) position.term = moved[static_cast<std::size_t>(position.term)];
  }
}

// One party has accepted what somebody has proposed to it and to another, who asks for changes, puts it off or refuses.
// (What one has agreed with those it was at odds with is agreed, whoever else denounces it.)
bool one_sided(const ProposalDraft& draft) {
  if (draft.proposers.empty()) return false;
  std::int32_t only = Context::kNone;
  for (const PositionDraft& position : draft.positions) {
    if (position.stance != Stance::accepts || position.term != Context::kNone) continue;
    if (only != Context::kNone && only != position.party) return false;
    only = position.party;
  }
  return only != Context::kNone && std::any_of(draft.positions.begin(), draft.positions.end(), [&](const PositionDraft& position) {
    return position.party != only && (position.stance == Stance::conditions || position.stance == Stance::undecided ||
                                      (position.stance == Stance::rejects && position.term == Context::kNone));
  });
}

// The furthest state that the text tells as reached; a refusal keeps it from being accepted, an end ends it.
ProposalState state_of(const ProposalDraft& draft) {
  const auto told = [&](ProposalState state) { return draft.states[static_cast<std::size_t>(state)] > 0; };
  if (told(ProposalState::collapsed)) return ProposalState::collapsed;
  if (told(ProposalState::partly_done)) return ProposalState::partly_done;
  if (told(ProposalState::in_force)) return ProposalState::in_force;
  if (told(ProposalState::signed_)) return ProposalState::signed_;
  const int accepted = draft.states[static_cast<std::size_t>(ProposalState::accepted)];
  if (accepted > 0 && one_sided(draft)) return ProposalState::under_discussion;
  if (accepted > draft.states[static_cast<std::size_t>(ProposalState::rejected)]) return ProposalState::accepted;
  if (told(ProposalState::accepted)) return ProposalState::under_discussion;
  if (told(ProposalState::rejected)) return ProposalState::rejected;
  if (told(ProposalState::under_discussion)) return ProposalState::under_discussion;
  if (told(ProposalState::offered)) return ProposalState::offered;
  return ProposalState::floated;
}

// A word like "deal" that nobody offers, asks for or fills with terms is no proposal to report.
bool worth_telling(const ProposalDraft& draft) {
  if (draft.absorbed) return false;
  if (!draft.terms.empty() || !draft.positions.empty() || !draft.proposers.empty() || !draft.sticking_points.empty()) {
    return true;
  }
  return std::any_of(draft.states.begin(), draft.states.end(), [](int count) { return count > 0; }) &&
         !draft.topic.empty();
}

// One proposal with two owners: each is said to be its author, in places of their own. One of two who made it together,
// a state and its envoy, and one who offers a part of it are no second owner.
class Owners {
 public:
  Owners(Context& context, const ProposalDraft& draft) : context_(context), draft_(draft) {}

  void compare(const Id& proposal) {
    if (draft_.named) return;  // what has a name of its own has its owner in it, and others have plans beside it
    for (std::size_t i = 0; i < draft_.owners.size() && i < kMost; ++i) {
      for (std::size_t k = i + 1; k < draft_.owners.size() && k < kMost; ++k) {
        const ProposalDraft::Owner& a = draft_.owners[i];
        const ProposalDraft::Owner& b = draft_.owners[k];
        if (context_.analysis.sentence_of(a.at) == context_.analysis.sentence_of(b.at) || together(a, b)) continue;
        Discrepancy found;
        found.kind = DiscrepancyKind::who;
        found.between = {proposal, *context_.entity_id(a.who.front()), *context_.entity_id(b.who.front())};
        found.note = "The " + draft_.name + " is told to be of " + entity(a.who.front()).name + " and of " +
                     entity(b.who.front()).name + ".";
        context_.record.discrepancies.push_back(std::move(found));
        return;  // one is enough to look at it
      }
    }
  }

 private:
  static constexpr std::size_t kMost = 8;

  const Entity& entity(std::int32_t index) const { return context_.record.entities[static_cast<std::size_t>(index)]; }

  bool together(const ProposalDraft::Owner& a, const ProposalDraft::Owner& b) const {
    for (const ProposalDraft::Owner& owner : draft_.owners) {
      if (holds(owner.who, a.who) && holds(owner.who, b.who)) return true;
    }
    for (const std::int32_t x : a.who) {
      for (const std::int32_t y : b.who) {
        const ActorCode& of_x = entity(x).actor;
        const ActorCode& of_y = entity(y).actor;
        // Without a state of their own the two may be one: "the envoy's plan", "the mediators' plan".
        if (x == y || !of_x.country || !of_y.country || *of_x.country == *of_y.country) return true;
      }
    }
    return false;
  }

  static bool holds(const std::vector<std::int32_t>& all, const std::vector<std::int32_t>& some) {
    return std::any_of(some.begin(), some.end(),
                       [&](std::int32_t one) { return std::find(all.begin(), all.end(), one) != all.end(); });
  }

  Context& context_;
  const ProposalDraft& draft_;
};

}  // namespace

void extract_proposals(Context& context) {
  const ProposalWords& words = context.knowledge.proposals;
  ProposalTable table = find_proposals(context, words);
  find_terms(context, words, table);
  find_positions(context, words, table);

  const auto ids = [&](const std::vector<std::int32_t>& entities) {
    std::vector<Id> out;
    for (const std::int32_t entity : entities) {
      if (const std::optional<Id> id = context.entity_id(entity)) out.push_back(*id);
    }
    return out;
  };
  std::size_t terms = 0;
  for (ProposalDraft& draft : table.drafts) {
    if (!worth_telling(draft)) continue;
    drop_headline_terms(draft);
    Proposal proposal;
    proposal.id = "pr" + std::to_string(context.record.proposals.size() + 1);
    proposal.name = draft.name;
    proposal.proposers = ids(draft.proposers);
    proposal.mediators = ids(draft.mediators);
    proposal.addressees = ids(draft.addressees);
    proposal.state = state_of(draft);
    for (const TermDraft& found : draft.terms) {
      Term term;
      term.id = "tm" + std::to_string(++terms);
      term.action = found.action;
      term.by = ids(found.by);
      term.for_ = ids(found.for_);
      term.quantity = found.quantity;
      term.phase = found.phase;
      term.condition = found.condition;
      term.span = context.span(found.words);
      proposal.terms.push_back(std::move(term));
    }
    for (const PositionDraft& found : draft.positions) {
      const std::optional<Id> party = context.entity_id(found.party);
      if (!party) continue;
      Position position;
      position.party = *party;
      position.stance = found.stance;
      if (found.term != Context::kNone) position.on = proposal.terms[static_cast<std::size_t>(found.term)].id;
      position.date = found.date;
      position.span = context.span(found.words);
      proposal.positions.push_back(std::move(position));
    }
    for (const WordRange point : draft.sticking_points) proposal.sticking_points.push_back(context.span(point));
    Owners(context, draft).compare(proposal.id);
    context.record.proposals.push_back(std::move(proposal));
  }
}

}  // namespace parley
