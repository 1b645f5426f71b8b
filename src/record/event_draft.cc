#include "record/event_draft.h"

#include <algorithm>

#include "record/event_companion.h"

namespace parley {
namespace {

bool same_parties(const std::vector<Party>& a, const std::vector<Party>& b) {
  if (a.empty() || b.empty()) return true;
  return std::any_of(a.begin(), a.end(), [&b](const Party& x) {
    return std::any_of(b.begin(), b.end(), [&x](const Party& y) {
      return x.head == y.head || (x.entity != Context::kNone && x.entity == y.entity);
    });
  });
}

void add_parties(const std::vector<Party>& more, std::vector<Party>& parties) {
  for (const Party& party : more) {
    const bool known = std::any_of(parties.begin(), parties.end(), [&party](const Party& each) {
      return each.head == party.head || (each.entity != Context::kNone && each.entity == party.entity);
    });
    if (!known) parties.push_back(party);
  }
}

}  // namespace

// What PLOVER codes as another type: "will meet" as AGREE, "will not meet" as REJECT, "will withdraw" as
// CONCEDE. A refusal is itself an actual event; an announced thing stays planned.
void SentenceEvents::recast(EventReading& reading) const {
  const EventTypeInfo& info = context_.knowledge.codebook.type(reading.draft.type);
  if (reading.status.status == Status::denied && reading.status.refusal && info.refused_as) {
    matcher_.recast(reading.draft, *info.refused_as);
    reading.status.status = Status::actual;
    reading.status.reason = "refusal: " + reading.status.reason;
    return;
  }
  // A rule that itself asks for the negation ("does not recognise") has read it already.
  const std::vector<Condition>& conditions = context_.knowledge.codebook.rules()[reading.draft.rule].conditions;
  const bool negation_read = std::any_of(conditions.begin(), conditions.end(), [](const Condition& condition) {
    return condition.where == Condition::Where::itself && !condition.forbidden && condition.lemmas.contains("not");
  });
  if (reading.status.status == Status::denied && negation_read && reading.status.reason == "negation") {
    reading.status.status = Status::actual;
    return;
  }
  const bool offered = info.planned_as && reading.status.status == Status::conditional && is_own_announcement(reading);
  if ((reading.status.status == Status::planned || offered) && info.planned_as) {
    matcher_.recast(reading.draft, *info.planned_as);
  } else if (info.announced_as && is_own_announcement(reading)) {
    matcher_.recast(reading.draft, *info.announced_as);
    reading.status.status = Status::actual;
    reading.status.reason = "announced by who would do it: " + reading.status.reason;
  }
}

// "The farmers said they would blockade Paris": who says so is who would do it.
bool SentenceEvents::is_own_announcement(const EventReading& reading) const {
  const Word word = reading.draft.word;
  const bool open = reading.status.status == Status::planned || reading.status.status == Status::conditional;
  if (!open || reading.draft.actors.empty() || arguments_.part_of_speech(word) != 'v') return false;
  if (!status_.has_own_future(word) || word >= context_.statement_of_word.size()) return false;
  const std::int32_t index = context_.statement_of_word[word];
  if (index == Context::kNone) return false;
  const std::optional<Id>& speaker = context_.record.statements[static_cast<std::size_t>(index)].speaker;
  return speaker && context_.entity_id(reading.draft.actors.front().entity) == speaker;
}

// Whether a rule asks for a certain object.
bool SentenceEvents::takes_object(std::uint32_t index) const {
  const std::vector<Condition>& conditions = context_.knowledge.codebook.rules()[index].conditions;
  return std::any_of(conditions.begin(), conditions.end(), [](const Condition& condition) {
    return !condition.forbidden && !condition.lemmas.empty() && condition.where == Condition::Where::path &&
           (condition.text == "object" || condition.text == "ARG1");
  });
}

// "demanded that X release Y": the release is what REQUEST is about, PLOVER codes no second event. Climbs
// from each event to the first governing one through complements only; "refused to comment on the attack"
// and relative clauses tell of things of their own.
void SentenceEvents::drop_contents(std::vector<EventReading>& readings) const {
  const Analysis& analysis = context_.analysis;
  constexpr int kMaxClimb = 24;
  for (EventReading& reading : readings) {
    Word word = reading.draft.word;
    for (int i = 0; i < kMaxClimb && reading.kept; ++i) {
      const Word head = analysis.head(word);
      if (head == kNoWord) break;
      const std::string_view relation = analysis.relation(word);
      const std::string_view base = analysis.base_relation(word);
      const std::string preposition = arguments_.preposition(word);
      const bool complement =
          base == "ccomp" || base == "xcomp" || base == "obj" || relation == "nsubj:pass" ||
          (base == "acl" && relation != "acl:relcl") ||
          ((base == "obl" || base == "nmod" || base == "advcl") &&
           (preposition == "of" || preposition == "for" || preposition == "to" || preposition == "on" ||
            preposition == "against" || preposition == "over" || preposition == "about" || preposition == "with" ||
            preposition == "from"));
      if (base == "conj") {
        word = head;
        const bool in_list = std::any_of(readings.begin(), readings.end(), [head](const EventReading& other) {
          return other.draft.word == head;
        });
        if (in_list && arguments_.part_of_speech(head) == 'v' &&
            !arguments_.subjects(reading.draft.word).empty() && analysis.child(reading.draft.word, "nsubj") != kNoWord) {
          break;  // a clause of its own
        }
        continue;
      }
      if (!complement) break;
      for (const EventReading& governor : readings) {
        if (governor.draft.word != head) continue;
        if (takes_object(governor.draft.rule) && base == "obj") {
          // "imposed a blockade": the verb's rule has read its object already
          reading.kept = false;
          reading.dropped_because = "it is part of '" + std::string(analysis.form(head)) + "'";
        } else if (const Embedding* above = status_.embedding(head); above != nullptr && above->claim) {
          continue;  // "denied having shelled the town": the shelling, denied, is told of too
        } else if (context_.knowledge.codebook.type(governor.draft.type).verbal_content) {
          reading.kept = false;
          reading.dropped_because = "it is what '" + std::string(analysis.form(head)) + "' is about";
        }
      }
      word = head;
    }
  }
}

// "rallied in the capital, demanding that he resign": what a protest is for is no second event (PLOVER manual,
// PROTEST). A clause joined by "and" is: "gathered and demanded …".
void SentenceEvents::drop_causes(std::vector<EventReading>& readings) const {
  const Analysis& analysis = context_.analysis;
  for (EventReading& reading : readings) {
    const int quad = context_.knowledge.codebook.type(reading.draft.type).quad;
    if (!reading.kept || quad != 3) continue;
    const std::string_view relation = analysis.base_relation(reading.draft.word);
    if (relation != "advcl" && relation != "acl" && relation != "xcomp") continue;
    const Word head = analysis.head(reading.draft.word);
    for (const EventReading& other : readings) {
      if (other.draft.type != EventType::protest || other.draft.word == reading.draft.word) continue;
      const Word above = arguments_.part_of_speech(other.draft.word) == 'n' ? analysis.head(other.draft.word) : kNoWord;
      if (head != other.draft.word && (above == kNoWord || head != above)) continue;
      reading.kept = false;
      reading.dropped_because = "it is what the protest ('" + std::string(analysis.form(other.draft.word)) + "') is for";
    }
  }
}

// "air strikes that killed eighty people", "the raid left nine dead", "an attack that resulted in nine deaths":
// the weapon's noun and the verb tell of one assault. The noun knows who, the verb whom.
void SentenceEvents::join_causes(std::vector<EventReading>& readings) const {
  const Analysis& analysis = context_.analysis;
  const auto clause_of = [&](Word noun) {  // the verb that the noun is subject of, or that is its relative clause
    std::vector<Word> out;
    if (analysis.base_relation(noun) == "nsubj") out.push_back(analysis.head(noun));
    for (const Word child : analysis.children(noun)) {
      if (analysis.relation(child) == "acl:relcl" || analysis.base_relation(child) == "acl") out.push_back(child);
    }
    return out;
  };
  for (EventReading& noun : readings) {
    if (!noun.kept || noun.draft.type != EventType::assault) continue;
    if (arguments_.part_of_speech(noun.draft.word) != 'n') continue;
    std::vector<Word> verbs = clause_of(noun.draft.word);
    if (verbs.empty() && analysis.base_relation(noun.draft.word) == "obl") {  // a subject read as something else
      const Word verb = analysis.head(noun.draft.word);
      if (arguments_.subjects(verb).empty() && noun.draft.word < verb) verbs.push_back(verb);
    }
    for (EventReading& other : readings) {
      if (&other == &noun || !other.kept || other.draft.type != EventType::assault) continue;
      if (other.status.status != noun.status.status) continue;
      const bool same_clause =
          std::find(verbs.begin(), verbs.end(), other.draft.word) != verbs.end() ||
          (arguments_.part_of_speech(other.draft.word) == 'n' && other.draft.actors.empty() &&
           std::find(verbs.begin(), verbs.end(), analysis.head(other.draft.word)) != verbs.end());
      if (!same_clause) continue;
      if (arguments_.part_of_speech(other.draft.word) == 'v') {
        // "the raid killed": the raid's doer, unless the verb has one of its own
        const bool own = std::any_of(other.draft.actors.begin(), other.draft.actors.end(), [&](const Party& party) {
          return !analysis.dominates(noun.draft.word, party.head);
        });
        if (!own) other.draft.actors = noun.draft.actors;
        add_parties(noun.draft.recipients, other.draft.recipients);
        for (std::string& mode : noun.draft.modes) {
          if (std::find(other.draft.modes.begin(), other.draft.modes.end(), mode) == other.draft.modes.end()) {
            other.draft.modes.push_back(mode);
          }
        }
        noun.kept = false;
        noun.dropped_because = "'" + std::string(analysis.form(other.draft.word)) + "' tells of the same";
        break;
      }
      add_parties(other.draft.recipients, noun.draft.recipients);
      other.kept = false;
      other.dropped_because = "'" + std::string(analysis.form(noun.draft.word)) + "' tells of the same";
    }
  }
}

// "attacked a village, killing twelve farmers": what came of a deed, in a clause with no subject of its own, is that
// deed; the verb says what was done and knows who, the participle knows whom.
void SentenceEvents::join_results(std::vector<EventReading>& readings) const {
  const Analysis& analysis = context_.analysis;
  for (EventReading& result : readings) {
    const Word word = result.draft.word;
    if (!result.kept || result.draft.type != EventType::assault) continue;
    if (analysis.base_relation(word) != "advcl" || analysis.xpos(word) != "VBG") continue;
    if (!arguments_.preposition(word).empty() || analysis.child(word, "nsubj") != kNoWord) continue;
    for (EventReading& deed : readings) {
      if (!deed.kept || deed.draft.word != analysis.head(word) || deed.draft.type != EventType::assault) continue;
      if (deed.draft.recipients.empty()) deed.draft.recipients = std::move(result.draft.recipients);
      for (std::string& mode : result.draft.modes) {
        if (std::find(deed.draft.modes.begin(), deed.draft.modes.end(), mode) == deed.draft.modes.end()) {
          deed.draft.modes.push_back(std::move(mode));
        }
      }
      result.kept = false;
      result.dropped_because = "it is what came of '" + std::string(analysis.form(deed.draft.word)) + "'";
      break;
    }
  }
}

// One happening told by two words of a phrase ("clashes and fighting between …", "the attack, a bombing
// of …"): the surer one stays.
void SentenceEvents::drop_repeated(std::vector<EventReading>& readings) const {
  const Analysis& analysis = context_.analysis;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (!readings[i].kept) continue;
    for (std::size_t j = i + 1; j < readings.size() && j < i + 8; ++j) {
      EventReading& a = readings[i];
      EventReading& b = readings[j];
      if (!b.kept || a.draft.type != b.draft.type) continue;
      const bool noun = arguments_.part_of_speech(a.draft.word) == 'n' || arguments_.part_of_speech(b.draft.word) == 'n';
      if (!noun || !same_parties(a.draft.actors, b.draft.actors) ||
          !same_parties(a.draft.recipients, b.draft.recipients)) {
        continue;
      }
      if (!analysis.dominates(a.draft.word, b.draft.word) && !analysis.dominates(b.draft.word, a.draft.word)) continue;
      const auto weight = [&](const EventReading& reading) {
        return (reading.draft.actors.empty() ? 0 : 2) + (reading.draft.recipients.empty() ? 0 : 2) +
               (arguments_.part_of_speech(reading.draft.word) == 'v' ? 1 : 0);
      };
      EventReading& lesser = weight(a) < weight(b) ? a : b;
      const EventReading& surer = weight(a) < weight(b) ? b : a;
      lesser.kept = false;
      lesser.dropped_because = "'" + std::string(analysis.form(surer.draft.word)) + "' tells of the same";
      if (&lesser == &a) break;
    }
  }
}

// The codebook judges the words that it has rules for; the companion those that no rule knows, and it may doubt
// a rule's event.
std::optional<EventReading> SentenceEvents::draft(Word word) const {
  const EventMakers& makers = context_.makers;
  const bool asked = makers.by != EventsBy::rules && makers.companion != nullptr;
  std::optional<CompanionReading> opinion;
  if (asked) opinion = makers.companion->read(context_.analysis, word);
  EventReading out;
  if (makers.by != EventsBy::model) {
    if (std::optional<EventDraft> by_rule = matcher_.match(word)) {
      if (asked && opinion && opinion->none >= makers.companion->veto()) return std::nullopt;
      out.draft = std::move(*by_rule);
      if (opinion && opinion->type == out.draft.type && opinion->probability > opinion->none) out.maker = Maker::both;
      return out;
    }
    if (!opinion || matcher_.knows(word)) return std::nullopt;
  }
  if (!asked || !opinion || opinion->probability < makers.companion->accept()) return std::nullopt;
  std::optional<EventDraft> proposed = matcher_.propose(word, opinion->type);
  if (!proposed) return std::nullopt;
  out.draft = std::move(*proposed);
  out.maker = Maker::model;
  out.certainty = opinion->probability;
  return out;
}

std::vector<EventReading> SentenceEvents::read(const Sentence& sentence) const {
  std::vector<EventReading> out;
  for (Word word = sentence.words.first; word < sentence.words.last; ++word) {
    std::optional<EventReading> found = draft(word);
    if (!found) continue;
    EventReading& reading = *found;
    const int quad = context_.knowledge.codebook.type(reading.draft.type).quad;
    reading.status = status_.read(word, quad <= 2);
    recast(reading);
    out.push_back(std::move(reading));
  }
  if (out.size() > 1) {
    drop_contents(out);
    drop_causes(out);
    join_causes(out);
    join_results(out);
    drop_repeated(out);
  }
  return out;
}

}  // namespace parley
