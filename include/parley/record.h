// The record of a report: who did, said, demanded, offered or refused what, with the words behind it.
//
// Plain structures, field for field the JSON of docs/record.schema.json. Ids are unique in a record:
// entities e1…, times t1…, places p1…, events ev1…, statements s1…, figures f1…, proposals pr1…,
// their terms tm1…, channels ch1…, discrepancies d1….
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/document.h"
#include "parley/span.h"

namespace parley {

using Id = std::string;

enum class EntityKind : std::uint8_t {
  person, organisation, country, place, group, nationality, facility, weapon, event, other,
};
enum class MentionForm : std::uint8_t { name, nominal, pronoun, adjective };
enum class TimeType : std::uint8_t { date, time, duration, set };
enum class PlaceUse : std::uint8_t { literal, metonym, adjective };
/// PLOVER's event types.
enum class EventType : std::uint8_t {
  agree, consult, support, concede, cooperate, aid, retreat, request, accuse, reject, threaten,
  protest, sanction, mobilize, coerce, assault,
};
enum class Status : std::uint8_t {
  actual, ongoing, planned, proposed, demanded, conditional, denied, alleged, historical,
};
inline constexpr std::size_t kEventTypes = 16;
inline constexpr std::size_t kStatuses = 9;
enum class Maker : std::uint8_t { rule, model, both };
enum class StatementKind : std::uint8_t { direct, indirect, mixed };
enum class Act : std::uint8_t {
  support, oppose, accuse, deny, demand, promise, warn, praise, regret, neutral,
};
enum class Measure : std::uint8_t {
  killed, injured, missing, held, released, detained, displaced, refugees, at_risk, attackers, troops,
  weapons, aid, money, distance, size, percent, vote, sentence, event_count, people, other,
};
enum class ProposalState : std::uint8_t {
  floated, offered, under_discussion, accepted, rejected, signed_, in_force, partly_done, collapsed,
};
enum class Stance : std::uint8_t { accepts, rejects, supports, conditions, denies, undecided };
enum class ChannelKind : std::uint8_t { crossing, port, corridor, convoy, airdrop, flight, other };
enum class ChannelState : std::uint8_t { open, closed, planned, used };
enum class DiscrepancyKind : std::uint8_t { figure, happened, who, when, where, quote, revision };

// The names as they stand in JSON: "why_it_matters", "AGREE" (event types are upper-case), "signed".
const char* name(EntityKind);
const char* name(MentionForm);
const char* name(TimeType);   // "DATE", "TIME", "DURATION", "SET"
const char* name(PlaceUse);
const char* name(EventType);
const char* name(Status);
const char* name(Maker);
const char* name(StatementKind);
const char* name(Act);
const char* name(Measure);
const char* name(ProposalState);
const char* name(Stance);
const char* name(ChannelKind);
const char* name(ChannelState);
const char* name(DiscrepancyKind);
/// The value of a name, case-sensitive, or nothing.
std::optional<EventType> event_type_from_name(std::string_view name);
std::optional<Status> status_from_name(std::string_view name);
std::optional<Measure> measure_from_name(std::string_view name);
std::optional<Act> act_from_name(std::string_view name);

struct EntityMention {
  Span span;
  MentionForm form = MentionForm::name;
};

/// Who an entity is in event data.
struct ActorCode {
  std::optional<std::string> country;  ///< ISO 3166 alpha-3, or IGO, NGO, IMG, MNC
  std::vector<std::string> roles;      ///< PLOVER's sector codes, "GOV", "MIL", "REB" …
  std::optional<std::string> code;     ///< country and roles joined as in CAMEO: "USAGOV"
};

struct Entity {
  Id id;
  EntityKind kind = EntityKind::other;
  std::string name;                    ///< the fullest one in the text, without article
  ActorCode actor;
  std::vector<EntityMention> mentions; ///< in text order
};

/// A TIMEX3 expression (ISO-TimeML; Pustejovsky et al. 2010).
struct Time {
  Id id;
  Span span;
  TimeType type = TimeType::date;
  std::string value;                   ///< "2023-10-07", "XXXX-WXX-3", "P3M", "PAST_REF"
  std::optional<std::string> mod;      ///< "START", "MID", "END", "APPROX", "MORE_THAN" …
  std::optional<std::string> quant;    ///< of sets: "EVERY"
  std::optional<std::string> freq;     ///< of sets: "2X"
};

struct Place {
  Id id;
  Span span;
  PlaceUse use = PlaceUse::literal;
  std::string name;
  std::optional<std::string> country;  ///< ISO 3166 alpha-3
  std::optional<std::string> admin;    ///< first-order division
  std::optional<double> latitude;      ///< WGS 84 degrees
  std::optional<double> longitude;
  std::optional<std::int64_t> geonames;
};

/// What events are made by; see `by.kind` in docs/record.schema.json.
enum class EventsBy : std::uint8_t { rules, model, both };

/// A PLOVER event (Open Event Data Alliance, PLOVER manual).
struct Event {
  Id id;
  EventType type = EventType::consult;
  std::vector<std::string> mode;
  std::vector<std::string> context;
  std::vector<std::string> auxiliary;  ///< future, hypothetical, negation, historical
  std::optional<std::string> cameo;
  int quad = 1;                        ///< 1 verbal cooperation … 4 material conflict
  double score = 0.0;                  ///< PLOVER's, -10 to 10
  Status status = Status::actual;
  std::vector<Id> actors;
  std::vector<Id> recipients;
  std::vector<Span> actor_spans;
  std::vector<Span> recipient_spans;
  std::optional<std::string> date;     ///< TIMEX3 value
  std::optional<Id> place;
  std::optional<Id> attributed_to;
  Span trigger;
  Span evidence;
  Maker maker = Maker::rule;
  std::string rule;                    ///< the rule's name in the codebook
  double confidence = 1.0;
};

struct Statement {
  Id id;
  std::optional<Id> speaker;
  std::vector<Id> addressees;
  StatementKind kind = StatementKind::indirect;
  Act act = Act::neutral;
  Span cue;
  std::optional<Span> source;
  std::vector<Span> content;
  std::vector<Id> about;
};

struct Period {
  std::optional<std::string> from;
  std::optional<std::string> to;
};

struct Figure {
  Id id;
  std::optional<double> low;
  std::optional<double> high;
  std::optional<std::string> qualifier;  ///< the words: "at least"
  Measure measure = Measure::other;
  std::optional<std::string> of;         ///< what is counted, in the text's words
  std::optional<Id> of_entity;
  std::optional<std::string> unit;       ///< "USD", "km", "tonnes" …
  std::optional<Id> place;
  Period period;
  std::optional<std::string> as_of;
  std::optional<Id> attributed_to;
  std::optional<Id> part_of;             ///< the figure it is a part, or a repetition, of
  Span span;                             ///< number with qualifier, without the noun
};

struct Term {
  Id id;
  std::string action;                    ///< "release", "ceasefire", "withdrawal" …
  std::vector<Id> by;
  std::vector<Id> for_;
  std::optional<std::string> quantity;
  std::optional<std::string> phase;
  std::optional<std::string> condition;
  Span span;
};

struct Position {
  Id party;
  Stance stance = Stance::undecided;
  std::optional<Id> on;                  ///< a term, or nothing for the whole
  std::optional<std::string> date;
  Span span;
};

struct Proposal {
  Id id;
  std::string name;
  std::vector<Id> proposers;
  std::vector<Id> mediators;
  std::vector<Id> addressees;
  ProposalState state = ProposalState::floated;
  std::vector<Term> terms;
  std::vector<Position> positions;
  std::vector<Span> sticking_points;
};

struct Channel {
  Id id;
  ChannelKind kind = ChannelKind::other;
  std::string name;
  std::optional<Id> place;
  ChannelState state = ChannelState::open;
  std::vector<Id> by;
  std::optional<std::string> what;
  std::optional<Id> figure;
  std::optional<std::string> date;
  Span span;
};

/// A line of the brief and the ids of the records it rests on.
struct BriefLine {
  std::string text;
  std::vector<Id> cites;
};

struct Brief {
  std::vector<BriefLine> takeaways;
  std::vector<BriefLine> why_it_matters;
};

struct Discrepancy {
  Id id;
  DiscrepancyKind kind = DiscrepancyKind::figure;
  std::vector<Id> between;
  std::string note;
};

struct Record {
  Document document;
  std::vector<Entity> entities;
  std::vector<Time> times;
  std::vector<Place> places;
  std::vector<Event> events;
  std::vector<Statement> statements;
  std::vector<Figure> figures;
  std::vector<Proposal> proposals;
  std::vector<Channel> channels;
  Brief brief;
  std::vector<Discrepancy> discrepancies;

  /// The entity with this id, or nullptr. O(1): entity n is called "e" followed by n.
  const Entity* entity(std::string_view id) const;
};

}  // namespace parley
