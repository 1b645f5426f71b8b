// Names to entities: "Antony Blinken", "Blinken" and "Secretary Blinken" are one man, "World Food
// Programme" and "WFP" one body, "Israel" and "Israeli" one state.
//
// Full names first, over the whole report, then the short ones, which go to the full name met last
// before them (a headline's to the first after it). Each step is one walk and hash look-ups.
#include <algorithm>
#include <iterator>
#include <map>

#include "record/entity_draft.h"

namespace parley {
namespace {

std::string_view last_word(std::string_view folded) {
  const std::size_t space = folded.rfind(' ');
  return space == std::string_view::npos ? folded : folded.substr(space + 1);
}

std::string_view first_word(std::string_view folded) {
  return folded.substr(0, folded.find(' '));
}

bool is_body(EntityKind kind) {
  return kind == EntityKind::organisation || kind == EntityKind::group ||
         kind == EntityKind::facility || kind == EntityKind::event || kind == EntityKind::weapon ||
         kind == EntityKind::other;
}

/// "World Food Programme" -> "wfp"; words like "of" count not.
std::string initials(std::string_view folded) {
  std::string out;
  for (std::size_t begin = 0; begin < folded.size();) {
    std::size_t end = folded.find(' ', begin);
    if (end == std::string_view::npos) end = folded.size();
    const std::string_view word = folded.substr(begin, end - begin);
    if (word != "of" && word != "the" && word != "for" && word != "and" && word != "in" &&
        word != "on") {
      out += word.front();
    }
    begin = end + 1;
  }
  return out;
}

class Clusters {
 public:
  explicit Clusters(EntityWork& work) : work_(work), entity_of_(work.names.size(), kNone) {}

  void run() {
    surnames();
    people_with_full_names();
    people_with_short_names();
    bodies_and_places();
    adjectives();
    for (std::size_t i = 0; i < work_.names.size(); ++i) {
      if (entity_of_[i] != kNone) {
        work_.add_mention(work_.names[i].words, work_.names[i].form,
                          static_cast<std::uint32_t>(entity_of_[i]));
      }
    }
  }

 private:
  static constexpr std::int64_t kNone = -1;

  std::int64_t make(const FoundName& found) {
    EntityDraft draft;
    draft.kind = found.kind;
    draft.actor = found.actor;
    draft.name = found.words;
    draft.named = true;
    return work_.add_entity(std::move(draft));
  }

  /// The fullest name names the entity; one of running text before one in a headline.
  void prefer(std::int64_t entity, const FoundName& found) {
    EntityDraft& draft = work_.entities[static_cast<std::size_t>(entity)];
    const std::string old = work_.joined(draft.name);
    if (found.folded.size() > old.size() && !found.title_case) draft.name = found.words;
    if (!draft.actor) draft.actor = found.actor;
  }

  /// "Haftar", taken for a body or a place, in a report that has a Khalifa Haftar: him, unless the tables know better.
  void surnames() {
    std::unordered_set<std::string_view> of_people;
    for (const FoundName& found : work_.names) {
      if (found.kind != EntityKind::person || found.folded.find(' ') == std::string::npos) continue;
      of_people.insert(last_word(found.folded));
      of_people.insert(first_word(found.folded));  // "Tsai Ing-wen"
    }
    for (FoundName& found : work_.names) {
      if (found.words.size() != 1 || found.actor || found.form != MentionForm::name) continue;
      if (found.kind == EntityKind::nationality || !of_people.contains(found.folded)) continue;
      found.kind = EntityKind::person;
    }
  }

  bool is_person(std::size_t i) const { return work_.names[i].kind == EntityKind::person; }

  void people_with_full_names() {
    std::unordered_map<std::string, std::int64_t> by_key;
    std::unordered_map<std::uint32_t, std::int64_t> by_actor;
    for (std::size_t i = 0; i < work_.names.size(); ++i) {
      const FoundName& found = work_.names[i];
      if (!is_person(i) || found.folded.find(' ') == std::string::npos) continue;
      // First and last name make the person: "John A. Smith" is "John Smith".
      const std::string key =
          std::string(first_word(found.folded)) + ' ' + std::string(last_word(found.folded));
      std::int64_t entity = kNone;
      if (found.actor) {
        if (const auto same = by_actor.find(*found.actor); same != by_actor.end())
          entity = same->second;
      }
      if (entity == kNone) {
        if (const auto same = by_key.find(key); same != by_key.end()) entity = same->second;
      }
      if (entity == kNone) {
        entity = make(found);
        for (const std::string_view part : {last_word(found.folded), first_word(found.folded)}) {
          short_names_[std::string(part)].push_back({i, entity});
        }
        // "Abu Mazen", "al-Sisi", "bin Salman": the last two words are used alone too.
        const std::size_t last = found.folded.rfind(' ');
        const std::size_t before = found.folded.rfind(' ', last - 1);
        if (before != std::string::npos)
          short_names_[found.folded.substr(before + 1)].push_back({i, entity});
      } else {
        prefer(entity, found);
      }
      by_key.emplace(key, entity);
      if (found.actor) by_actor.emplace(*found.actor, entity);
      entity_of_[i] = entity;
    }
    by_actor_ = std::move(by_actor);
  }

  void people_with_short_names() {
    std::unordered_map<std::string, std::int64_t> alone;
    for (std::size_t i = 0; i < work_.names.size(); ++i) {
      const FoundName& found = work_.names[i];
      if (!is_person(i)) continue;
      const auto named = short_names_.find(found.folded);
      if (entity_of_[i] != kNone) {
        // "Abiy Ahmed" or "bin Salman" may be a longer name's part.
        if (named == short_names_.end()) continue;
        const std::int64_t longer = nearest(named->second, i);
        const EntityDraft& own = work_.entities[static_cast<std::size_t>(entity_of_[i])];
        if (longer == kNone || longer == entity_of_[i] || own.name != found.words) continue;
        entity_of_[i] = longer;
        continue;
      }
      std::int64_t entity = kNone;
      if (named != short_names_.end()) entity = nearest(named->second, i);
      if (entity == kNone && found.actor) {
        if (const auto same = by_actor_.find(*found.actor); same != by_actor_.end())
          entity = same->second;
      }
      if (entity == kNone) {
        if (const auto same = alone.find(found.folded); same != alone.end()) entity = same->second;
      }
      if (entity == kNone) {
        entity = make(found);
        alone.emplace(found.folded, entity);
        if (found.actor) by_actor_.emplace(*found.actor, entity);
      } else if (!work_.entities[static_cast<std::size_t>(entity)].actor) {
        // The short name is known, the full one is not: a namesake, unless nothing speaks against
        // it.
        const Actor* known = found.actor ? &work_.actors.actor(*found.actor) : nullptr;
        if (known != nullptr && fold_name(known->name)
                                    .starts_with(first_word(work_.joined(
                                        work_.entities[static_cast<std::size_t>(entity)].name)))) {
          work_.entities[static_cast<std::size_t>(entity)].actor = found.actor;
        }
      }
      entity_of_[i] = entity;
    }
    // An entity whose only name became a longer name's part has no mention left; it is dropped with
    // the other unused ones when ids are given.
  }

  struct FullName {
    std::size_t name;
    std::int64_t entity;
  };

  /// The entity of the last full name before name `i`, else of the first after it.
  std::int64_t nearest(const std::vector<FullName>& full, std::size_t i) const {
    const auto after =
        std::upper_bound(full.begin(), full.end(), i,
                         [](std::size_t at, const FullName& one) { return at < one.name; });
    if (full.empty()) return kNone;
    return after == full.begin() ? after->entity : std::prev(after)->entity;
  }

  void bodies_and_places() {
    std::unordered_map<std::uint32_t, std::int64_t> by_actor;
    std::map<std::pair<std::string, bool>, std::int64_t> by_name;
    std::unordered_map<std::string, std::int64_t> by_initials;
    const auto take = [&](std::size_t i, bool acronyms) {
      const FoundName& found = work_.names[i];
      if (is_person(i) || found.form != MentionForm::name || entity_of_[i] != kNone) return;
      const bool short_capitals = found.words.size() == 1 &&
                                  all_capitals(work_.analysis.form(found.words.first)) &&
                                  found.folded.size() >= 2 && found.folded.size() <= 8;
      if (short_capitals && !found.actor && !acronyms) return;
      std::int64_t entity = kNone;
      const bool people = found.kind == EntityKind::nationality;
      if (found.actor && !people) {
        if (const auto same = by_actor.find(*found.actor); same != by_actor.end())
          entity = same->second;
      }
      if (entity == kNone) {
        if (const auto same = by_name.find({found.folded, people}); same != by_name.end())
          entity = same->second;
      }
      if (entity == kNone && short_capitals && !found.actor) {
        if (const auto same = by_initials.find(found.folded); same != by_initials.end())
          entity = same->second;
      }
      if (entity == kNone) {
        entity = make(found);
        if (is_body(found.kind) && found.words.size() > 1)
          by_initials.emplace(initials(found.folded), entity);
      } else {
        prefer(entity, found);
      }
      if (found.actor && !people) by_actor.emplace(*found.actor, entity);
      by_name.emplace(std::pair{found.folded, people}, entity);
      entity_of_[i] = entity;
    };
    std::vector<std::size_t>
        spelled_out;  // "International Labour Office (ILO)": the second of each pair
    for (std::size_t i = 0; i + 1 < work_.names.size(); ++i) {
      if (!explains(i)) continue;
      if (!work_.names[i].actor) work_.names[i].actor = work_.names[i + 1].actor;
      spelled_out.push_back(i + 1);
    }
    for (std::size_t i = 0; i < work_.names.size(); ++i) take(i, false);
    for (const std::size_t i : spelled_out) {
      const std::int64_t entity = entity_of_[i - 1];
      if (entity == kNone || entity_of_[i] != kNone) continue;
      entity_of_[i] = entity;
      by_name.emplace(std::pair{work_.names[i].folded, false}, entity);
    }
    for (std::size_t i = 0; i < work_.names.size(); ++i) take(i, true);
    for (const auto& [actor, entity] : by_actor) actor_entities_.emplace(actor, entity);
  }

  /// Whether name `i`, a body's, is followed by its own abbreviation in brackets.
  bool explains(std::size_t i) const {
    const FoundName& full = work_.names[i];
    const FoundName& brief = work_.names[i + 1];
    const bool bodies = (full.kind == EntityKind::organisation || full.kind == EntityKind::group) &&
                        brief.kind != EntityKind::person;
    if (!bodies || full.words.size() < 2 || brief.words.size() != 1 ||
        brief.words.first != full.words.last + 1)
      return false;
    if (work_.analysis.form(full.words.last) != "(" || brief.words.last >= work_.analysis.size())
      return false;
    if (full.actor && brief.actor && full.actor != brief.actor) return false;
    return work_.analysis.form(brief.words.last) == ")" &&
           all_capitals(work_.analysis.form(brief.words.first));
  }

  /// "Israeli" speaks of Israel: a mention of the state where the report names it, else a
  /// nationality.
  void adjectives() {
    std::unordered_map<std::string, std::int64_t> own;
    for (std::size_t i = 0; i < work_.names.size(); ++i) {
      const FoundName& found = work_.names[i];
      if (entity_of_[i] != kNone || is_person(i)) continue;
      std::int64_t entity = kNone;
      std::string key = found.folded;
      if (found.actor) {
        key = std::to_string(*found.actor);
        if (const auto state = actor_entities_.find(*found.actor); state != actor_entities_.end())
          entity = state->second;
      }
      if (entity == kNone) {
        if (const auto same = own.find(key); same != own.end()) entity = same->second;
      }
      if (entity == kNone) {
        entity = make(found);
        EntityDraft& draft = work_.entities[static_cast<std::size_t>(entity)];
        if (draft.kind != EntityKind::organisation && draft.kind != EntityKind::group)
          draft.kind = EntityKind::nationality;
        own.emplace(key, entity);
      }
      entity_of_[i] = entity;
    }
  }

  EntityWork& work_;
  std::vector<std::int64_t> entity_of_;
  std::unordered_map<std::string, std::vector<FullName>> short_names_;
  std::unordered_map<std::uint32_t, std::int64_t> by_actor_;
  std::unordered_map<std::uint32_t, std::int64_t> actor_entities_;
};

}  // namespace

void cluster_names(EntityWork& work) {
  Clusters(work).run();
}

}  // namespace parley
