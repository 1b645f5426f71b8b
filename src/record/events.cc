// Events: the codebook's matches with their status, parties, attribution, date and words.
//
// Each section's sentences are read for themselves: an event that the headline and the body both tell is
// two events with their own evidence here (tying them together is the story layer's work); within one
// sentence an event is told once. What a demand, refusal, promise or threat is about is that event's mode,
// not a second event (PLOVER manual, auxiliary modes).
//
// Cost: linear; every word looks at its own neighbourhood. Tests: tests/record/events_test.cc and the
// codebook's examples (tests/record/codebook_examples_test.cc). Source: PLOVER manual 2.0.
#include <algorithm>
#include <unordered_set>

#include "record/event_confidence.h"
#include "record/event_draft.h"
#include "record/extract.h"

namespace parley {
namespace {

bool is_read(SectionKind kind) {
  return kind != SectionKind::label && kind != SectionKind::boilerplate && kind != SectionKind::byline &&
         kind != SectionKind::dateline;
}

std::vector<std::string> auxiliary_of(Status status) {
  switch (status) {
    case Status::planned: return {"future"};
    case Status::proposed:
    case Status::demanded:
    case Status::conditional: return {"hypothetical"};
    case Status::denied: return {"negation"};
    case Status::historical: return {"historical"};
    default: return {};
  }
}

// Days from 1970-01-01 of the first day of "2023", "2023-10", "2023-10-07…"; nothing for other values.
std::optional<int> first_day(std::string_view value) {
  const auto number = [&value](std::size_t at, std::size_t size) -> std::optional<int> {
    if (at + size > value.size()) return std::nullopt;
    int out = 0;
    for (std::size_t i = at; i < at + size; ++i) {
      if (value[i] < '0' || value[i] > '9') return std::nullopt;
      out = out * 10 + (value[i] - '0');
    }
    return out;
  };
  const std::optional<int> year = number(0, 4);
  if (!year) return std::nullopt;
  if (value.size() >= 8 && value[5] == 'W') {  // "2022-W12": weeks count from the one with January 4
    const std::optional<int> first = first_day(std::string(value.substr(0, 4)) + "-01-04");
    const std::optional<int> week = number(6, 2);
    if (!first || !week) return std::nullopt;
    const int weekday = (*first + 3) % 7;  // Monday 0
    return *first - weekday + 7 * (*week - 1);
  }
  const int month = value.size() > 4 && value[4] == '-' ? number(5, 2).value_or(1) : 1;
  const int day = value.size() > 7 && value[7] == '-' ? number(8, 2).value_or(1) : 1;
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil
  const int y = *year - (month <= 2 ? 1 : 0);
  const int era = y / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

class EventWriter {
 public:
  explicit EventWriter(Context& context)
      : context_(context), analysis_(context.analysis), events_(context) {}

  void run() {
    find_reference_day();
    const auto sentences = analysis_.sentences();
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      if (i < context_.section_of_sentence.size() && !is_read(context_.section_of_sentence[i])) continue;
      const std::vector<EventReading> readings = events_.read(sentences[i]);
      bool contexts_known = false;
      for (const EventReading& reading : readings) {
        if (!reading.kept) continue;
        if (!contexts_known) contexts_of_sentence(sentences[i].words);
        contexts_known = true;
        write(reading, sentences[i]);
      }
    }
  }

 private:
  // The day that background is measured from: the publication, else the latest day the text names.
  void find_reference_day() {
    if (context_.document.published) reference_ = first_day(*context_.document.published);
    if (reference_) return;
    for (const Time& time : context_.record.times) {
      if (time.type != TimeType::date && time.type != TimeType::time) continue;
      const std::optional<int> day = first_day(time.value);
      if (day && (!reference_ || *day > *reference_)) reference_ = day;
    }
    assumed_ = true;
    // What stands up to the first sentence's end is the day of the news: a dateline, a byline's date, the lead.
    const std::uint32_t lead_end = end_of_lead();
    for (const Time& time : context_.record.times) {
      if (time.span.begin >= lead_end && time.value.size() >= 10 && says_year(time)) dated_.insert(time.value);
    }
    for (const Time& time : context_.record.times) {
      if (time.span.begin < lead_end) dated_.erase(time.value);
    }
  }

  // Where the first sentence of the body ends; 0 where there is none.
  std::uint32_t end_of_lead() const {
    for (std::size_t i = 0; i < analysis_.sentences().size(); ++i) {
      if (context_.section_of_sentence[i] != SectionKind::body) continue;
      return context_.span(analysis_.sentences()[i].words).end;
    }
    return 0;
  }

  bool says_year(const Time& time) const {
    return context_.document.slice(time.span).find(time.value.substr(0, 4)) != std::string_view::npos;
  }

  void contexts_of_sentence(WordRange words) {
    contexts_.clear();
    std::string before;
    const Codebook& codebook = context_.knowledge.codebook;
    const auto add = [this](const std::vector<std::string>& names) {
      for (const std::string& name : names) {
        if (std::find(contexts_.begin(), contexts_.end(), name) == contexts_.end()) contexts_.push_back(name);
      }
    };
    for (Word word = words.first; word < words.last; ++word) {
      std::string lemma = events_.arguments().lemma(word);
      add(codebook.contexts_of(lemma));
      if (!before.empty()) add(codebook.contexts_of(before + ' ' + lemma));
      before = std::move(lemma);
    }
  }

  // The time expression that hangs on the event's word, else on the verb above a noun.
  const Time* time_of(Word word) const {
    Word at = word;
    for (int i = 0; i < 3 && at != kNoWord; ++i) {
      for (const Word child : analysis_.children(at)) {
        const std::string_view relation = analysis_.base_relation(child);
        if (relation != "obl" && relation != "nmod" && relation != "advmod" && relation != "nummod" &&
            relation != "compound") {
          continue;
        }
        if (const Time* time = time_at(child)) return time;
      }
      const std::string_view base = analysis_.base_relation(at);
      if (base == "acl" || base == "ccomp" || base == "xcomp" || base == "advcl" || base == "parataxis" ||
          base == "root") {
        break;
      }
      at = analysis_.head(at);
    }
    return nullptr;
  }

  // A time of the happening that this word is part of: "the attack that started the war in 2014".
  const Time* background_time_of(Word word) const {
    Word at = word;
    constexpr int kMaxClimb = 6;
    for (int i = 0; i < kMaxClimb && at != kNoWord; ++i) {
      for (const Word child : analysis_.children(at)) {
        if (const Time* time = time_at(child)) return time;
        if (analysis_.base_relation(child) != "obl") continue;
        for (const Word part : analysis_.children(child)) {  // "killed in the October 7 attack"
          if (const Time* time = time_at(part)) return time;
        }
      }
      const std::string_view base = analysis_.base_relation(at);
      if (base == "ccomp" || base == "parataxis" || base == "root" || base == "xcomp") break;
      if (base == "conj" && analysis_.child(at, "nsubj") != kNoWord) break;  // a clause of its own
      at = analysis_.head(at);
    }
    return nullptr;
  }

  const Time* time_at(Word word) const {
    if (word >= context_.time_of_word.size()) return nullptr;
    const std::int32_t index = context_.time_of_word[word];
    if (index == Context::kNone) return nullptr;
    const Time& time = context_.record.times[static_cast<std::size_t>(index)];
    return time.type == TimeType::date || time.type == TimeType::time ? &time : nullptr;
  }

  bool is_background(const Time& time) const {
    constexpr int kNews = 45;  // days: "last month" may be news, "in 2014" is not
    const std::optional<int> day = first_day(time.value);
    if (!day || !reference_) return false;
    if (*day + kNews < *reference_) {
      // A bare year or month that holds the reference day is not before it.
      if (time.value.size() == 4 && *day + 366 > *reference_) return false;
      return true;
    }
    // A report with no date of its own that gives one with its year is telling of the past, unless it is a
    // sentence or two, which the date then belongs to.
    constexpr std::size_t kReport = 8;
    return assumed_ && dated_.contains(time.value) && analysis_.sentences().size() >= kReport && !context_.document.published;
  }

  // Statement whose content holds the word, and the speaker.
  const Statement* statement_of(Word word) const {
    if (word >= context_.statement_of_word.size()) return nullptr;
    const std::int32_t index = context_.statement_of_word[word];
    if (index == Context::kNone) return nullptr;
    return &context_.record.statements[static_cast<std::size_t>(index)];
  }

  // The state an entity stands for or against: a government's army and the rebels it fights are two camps of one
  // country, the armies of two states are camps of their own.
  struct Camp {
    std::string country;
    bool against_state = false;
    bool operator==(const Camp&) const = default;
  };
  std::optional<Camp> camp_of(const Id& id) const {
    const Entity* entity = context_.record.entity(id);
    if (entity == nullptr || !entity->actor.country) return std::nullopt;
    bool state = entity->kind == EntityKind::country || entity->kind == EntityKind::place;
    bool against = false;
    for (const std::string& role : entity->actor.roles) {
      against = against || role == "REB" || role == "UAF" || role == "OPP";
      state = state || role == "GOV" || role == "MIL" || role == "COP" || role == "SPY";
    }
    if (!state && !against) return std::nullopt;
    return Camp{*entity->actor.country, against};
  }

  // A claim about the other side: the speaker belongs to those it was done to, not to those who did it. What somebody
  // said ("blamed", "refused") is no deed that could be claimed.
  bool is_one_sided(const Statement& statement, const Event& event) const {
    if (event.quad == 3) return false;
    if (statement.act == Act::accuse) return true;
    if (!statement.speaker || event.quad < 3 || event.actors.empty()) return false;
    const Id& speaker = *statement.speaker;
    if (std::find(event.actors.begin(), event.actors.end(), speaker) != event.actors.end()) return false;
    if (std::find(event.recipients.begin(), event.recipients.end(), speaker) != event.recipients.end()) return true;
    const std::optional<Camp> side = camp_of(speaker);
    if (!side) return false;
    const auto of_side = [&](const Id& id) { return camp_of(id) == side; };
    if (std::any_of(event.actors.begin(), event.actors.end(), of_side)) return false;
    if (std::any_of(event.recipients.begin(), event.recipients.end(), of_side)) return true;
    // "The Thai army said Cambodian soldiers had attacked": whom they attacked goes without saying.
    const std::optional<Camp> doer = camp_of(event.actors.front());
    return doer && event.type == EventType::assault && event.recipients.empty() && is_armed(speaker);
  }

  bool is_armed(const Id& id) const {
    const Entity* entity = context_.record.entity(id);
    return entity != nullptr && std::any_of(entity->actor.roles.begin(), entity->actor.roles.end(),
                                            [](const std::string& role) { return role == "MIL" || role == "REB"; });
  }

  WordRange trigger_of(Word word) const {
    WordRange range{word, word + 1};
    for (const Word child : analysis_.children(word)) {
      if (analysis_.relation(child) == "compound:prt" && child == range.last) range.last = child + 1;
    }
    return range;
  }

  // The smallest clause that holds the word and all parties, else the sentence.
  WordRange evidence_of(const EventDraft& draft, const Sentence& sentence) const {
    Word at = draft.word;
    constexpr int kMaxClimb = 24;
    for (int i = 0; i < kMaxClimb && at != kNoWord; ++i) {
      const WordRange clause = analysis_.subtree(at);
      const char part = events_.arguments().part_of_speech(at);
      const bool holds_all = [&] {
        for (const auto* parties : {&draft.actors, &draft.recipients}) {
          for (const Party& party : *parties) {
            if (!clause.contains(party.words)) return false;
          }
        }
        return true;
      }();
      const std::string_view base = analysis_.base_relation(at);
      const bool whole = part == 'v' && (base == "root" || base == "ccomp" || base == "parataxis" || base == "conj" ||
                                         base == "advcl" || base == "acl");
      if (whole && holds_all) return trimmed(clause);
      at = analysis_.head(at);
    }
    return sentence.words;
  }

  WordRange trimmed(WordRange range) const {
    while (range.size() > 1) {
      const Upos upos = analysis_.upos(range.first);
      if (upos != Upos::PUNCT && upos != Upos::CCONJ && upos != Upos::SCONJ) break;
      ++range.first;
    }
    while (range.size() > 1 && analysis_.upos(range.last - 1) == Upos::PUNCT && analysis_.form(range.last - 1) != "\"" &&
           analysis_.form(range.last - 1) != "”") {
      --range.last;
    }
    return range;
  }

  void write(const EventReading& reading, const Sentence& sentence) {
    const Codebook& codebook = context_.knowledge.codebook;
    const EventDraft& draft = reading.draft;
    const Rule& rule = codebook.rules()[draft.rule];
    const EventTypeInfo& info = codebook.type(draft.type);
    Event event;
    event.type = draft.type;
    event.mode = draft.modes;
    event.quad = info.quad;
    event.score = codebook.score(draft.type, draft.modes);
    event.cameo = draft.cameo ? draft.cameo : std::optional<std::string>(info.cameo);
    const auto add_context = [&event](const std::vector<std::string>& names) {
      for (const std::string& name : names) {
        if (std::find(event.context.begin(), event.context.end(), name) == event.context.end()) {
          event.context.push_back(name);
        }
      }
    };
    add_context(rule.contexts);
    if (draft.content != nullptr) add_context(draft.content->contexts);
    add_context(contexts_);
    add_parties(draft.actors, event.actors, event.actor_spans);
    add_parties(draft.recipients, event.recipients, event.recipient_spans);
    event.status = reading.status.status;
    if (const Time* time = time_of(draft.word)) {
      event.date = time->value;
      if (event.status == Status::actual && is_background(*time)) event.status = Status::historical;
    } else if (const Time* around = background_time_of(draft.word)) {
      if (event.status == Status::actual && is_background(*around)) event.status = Status::historical;
    }
    if (const Statement* statement = statement_of(draft.word)) {
      event.attributed_to = statement->speaker;
      if (event.status == Status::actual && is_one_sided(*statement, event)) event.status = Status::alleged;
    }
    event.auxiliary = auxiliary_of(event.status);
    event.trigger = context_.span(trigger_of(draft.word));
    event.evidence = context_.span(evidence_of(draft, sentence));
    event.maker = reading.maker;
    event.rule = rule.name;
    event.confidence = confidence_of(reading, context_, events_.arguments());
    event.id = "ev" + std::to_string(context_.record.events.size() + 1);
    context_.record.events.push_back(std::move(event));
  }

  void add_parties(const std::vector<Party>& parties, std::vector<Id>& ids, std::vector<Span>& spans) const {
    for (const Party& party : parties) {
      const std::optional<Id> id = context_.entity_id(party.entity);
      if (id && std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
      const Span span = context_.span(party.words);
      if (std::find(spans.begin(), spans.end(), span) == spans.end()) spans.push_back(span);
    }
  }

  Context& context_;
  const Analysis& analysis_;
  SentenceEvents events_;
  std::optional<int> reference_;
  std::unordered_set<std::string> dated_;  ///< days that the report gives with their year somewhere
  bool assumed_ = false;   ///< the reference day is not the report's own
  std::vector<std::string> contexts_;
};

}  // namespace

void extract_events(Context& context) { EventWriter(context).run(); }

}  // namespace parley
