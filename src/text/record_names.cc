// The names of the record's enumerations, as they stand in JSON, and back. One table each.
#include <array>
#include <cstddef>

#include "parley/record.h"

namespace parley {
namespace {

template <typename Enum, std::size_t N>
const char* name_in(const std::array<const char*, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

template <typename Enum, std::size_t N>
std::optional<Enum> value_in(const std::array<const char*, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (name == names[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

constexpr std::array kEntityKinds{"person",   "organisation", "country", "place", "group",
                                  "nationality", "facility",  "weapon",  "event", "other"};
constexpr std::array kMentionForms{"name", "nominal", "pronoun", "adjective"};
constexpr std::array kTimeTypes{"DATE", "TIME", "DURATION", "SET"};
constexpr std::array kPlaceUses{"literal", "metonym", "adjective"};
constexpr std::array kEventTypeNames{"AGREE",    "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",
                                 "RETREAT",  "REQUEST", "ACCUSE",   "REJECT",  "THREATEN",  "PROTEST",
                                 "SANCTION", "MOBILIZE", "COERCE",  "ASSAULT"};
constexpr std::array kStatusNames{"actual",      "ongoing", "planned", "proposed",  "demanded",
                               "conditional", "denied",  "alleged", "historical"};
constexpr std::array kMakers{"rule", "model", "both"};
constexpr std::array kStatementKinds{"direct", "indirect", "mixed"};
constexpr std::array kActs{"support", "oppose", "accuse", "deny",   "demand",
                           "promise", "warn",   "praise", "regret", "neutral"};
constexpr std::array kMeasures{"killed",   "injured",   "missing", "held",     "released", "detained",
                               "displaced", "refugees", "at_risk", "attackers", "troops",  "weapons",
                               "aid",      "money",     "distance", "size",    "percent",  "vote",
                               "sentence", "event_count", "people", "other"};
constexpr std::array kProposalStates{"floated",  "offered", "under_discussion", "accepted",  "rejected",
                                     "signed",   "in_force", "partly_done",     "collapsed"};
constexpr std::array kStances{"accepts", "rejects", "supports", "conditions", "denies", "undecided"};
constexpr std::array kChannelKinds{"crossing", "port", "corridor", "convoy", "airdrop", "flight",
                                   "other"};
constexpr std::array kChannelStates{"open", "closed", "planned", "used"};
constexpr std::array kDiscrepancyKinds{"figure", "happened", "who", "when", "where", "quote",
                                       "revision"};

static_assert(kEventTypeNames.size() == kEventTypes && kStatusNames.size() == kStatuses);

}  // namespace

const char* name(EntityKind value) { return name_in(kEntityKinds, value); }
const char* name(MentionForm value) { return name_in(kMentionForms, value); }
const char* name(TimeType value) { return name_in(kTimeTypes, value); }
const char* name(PlaceUse value) { return name_in(kPlaceUses, value); }
const char* name(EventType value) { return name_in(kEventTypeNames, value); }
const char* name(Status value) { return name_in(kStatusNames, value); }
const char* name(Maker value) { return name_in(kMakers, value); }
const char* name(StatementKind value) { return name_in(kStatementKinds, value); }
const char* name(Act value) { return name_in(kActs, value); }
const char* name(Measure value) { return name_in(kMeasures, value); }
const char* name(ProposalState value) { return name_in(kProposalStates, value); }
const char* name(Stance value) { return name_in(kStances, value); }
const char* name(ChannelKind value) { return name_in(kChannelKinds, value); }
const char* name(ChannelState value) { return name_in(kChannelStates, value); }
const char* name(DiscrepancyKind value) { return name_in(kDiscrepancyKinds, value); }

std::optional<EventType> event_type_from_name(std::string_view text) {
  return value_in<EventType>(kEventTypeNames, text);
}
std::optional<Status> status_from_name(std::string_view text) {
  return value_in<Status>(kStatusNames, text);
}
std::optional<Measure> measure_from_name(std::string_view text) {
  return value_in<Measure>(kMeasures, text);
}
std::optional<Act> act_from_name(std::string_view text) { return value_in<Act>(kActs, text); }

const Entity* Record::entity(std::string_view id) const {
  if (id.size() < 2 || id.front() != 'e') return nullptr;
  std::size_t number = 0;
  for (char digit : id.substr(1)) {
    if (digit < '0' || digit > '9' || number > entities.size()) return nullptr;
    number = number * 10 + static_cast<std::size_t>(digit - '0');
  }
  return number >= 1 && number <= entities.size() ? &entities[number - 1] : nullptr;
}

}  // namespace parley
