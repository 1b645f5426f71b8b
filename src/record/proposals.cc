// Proposals: what is on the table, term by term, and where each party stands on it.
#include <algorithm>

#include "record/extract.h"
#include "record/proposal_draft.h"

namespace parley {
namespace {

// The furthest state that the text tells as reached; a refusal keeps it from being accepted, an end ends it.
ProposalState state_of(const ProposalDraft& draft) {
  const auto told = [&](ProposalState state) { return draft.states[static_cast<std::size_t>(state)] > 0; };
  if (told(ProposalState::collapsed)) return ProposalState::collapsed;
  if (told(ProposalState::partly_done)) return ProposalState::partly_done;
  if (told(ProposalState::in_force)) return ProposalState::in_force;
  if (told(ProposalState::signed_)) return ProposalState::signed_;
  const int accepted = draft.states[static_cast<std::size_t>(ProposalState::accepted)];
  if (accepted > draft.states[static_cast<std::size_t>(ProposalState::rejected)]) return ProposalState::accepted;
  if (told(ProposalState::accepted)) return ProposalState::under_discussion;
  if (told(ProposalState::rejected)) return ProposalState::rejected;
  if (told(ProposalState::under_discussion)) return ProposalState::under_discussion;
  if (told(ProposalState::offered)) return ProposalState::offered;
  return ProposalState::floated;
}

// A word like "deal" that nobody offers, asks for or fills with terms is no proposal to report.
bool worth_telling(const ProposalDraft& draft) {
  if (!draft.terms.empty() || !draft.positions.empty() || !draft.proposers.empty() || !draft.sticking_points.empty()) {
    return true;
  }
  return std::any_of(draft.states.begin(), draft.states.end(), [](int count) { return count > 0; }) &&
         !draft.topic.empty();
}

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
  for (const ProposalDraft& draft : table.drafts) {
    if (!worth_telling(draft)) continue;
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
    context.record.proposals.push_back(std::move(proposal));
  }
}

}  // namespace parley
