#include "story/happenings.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "story/words.h"
#include "text/hash.h"

namespace parley::story {
namespace {

constexpr double kNear = 30.0;  // km within which two named places may be one

bool symmetric(EventType type) {
  return type == EventType::agree || type == EventType::consult || type == EventType::cooperate;
}

/// Types whose substance is in the words.
bool spoken(EventType type) {
  switch (type) {
    case EventType::support:
    case EventType::request:
    case EventType::accuse:
    case EventType::reject:
    case EventType::threaten: return true;
    default: return false;
  }
}

/// Done (or said to be), to come, or long past.
int standing(Status status) {
  switch (status) {
    case Status::actual:
    case Status::ongoing:
    case Status::alleged:
    case Status::denied:
    case Status::historical: return 0;
    default: return 1;
  }
}

std::string_view last_word(std::string_view name) {
  const std::size_t space = name.rfind(' ');
  return space == std::string_view::npos ? name : name.substr(space + 1);
}

bool is_state(const Party& party) { return party.kind == EntityKind::country || party.kind == EntityKind::nationality; }
bool stands_for_state(const Party& party) { return party.government || party.code.size() <= 3; }

/// A country has one of each: government, army, police, parliament, courts, intelligence. Of rebels, parties, unions it
/// may have many.
bool of_the_state(std::string_view role) {
  for (const std::string_view one : {"GOV", "MIL", "COP", "LEG", "JUD", "SPY"}) {
    if (role == one) return true;
  }
  return false;
}

bool share_a_word(std::string_view a, std::string_view b) {
  bool found = false;
  for_each_word(a, [&](std::string_view one, bool) {
    if (one.size() < 4) return;
    for_each_word(b, [&](std::string_view other, bool) { found = found || one == other; });
  });
  return found;
}

/// Two bodies with one code beyond the country. Two names of rebels without a word in common are two groups.
bool same_code(const Party& a, const Party& b) {
  if (a.code.size() <= 3 || a.code != b.code) return false;
  const bool both_named = a.kind == EntityKind::organisation && b.kind == EntityKind::organisation;
  return !both_named || of_the_state(std::string_view(a.code).substr(3)) || share_a_word(a.folded, b.folded);
}

double best_match(const Party& party, const std::vector<Party>& others) {
  double best = 0.0;
  for (const Party& other : others) best = std::max(best, same_party(party, other));
  return best;
}

/// How well the shorter list finds itself in the longer one: the mean of its parties' best matches.
double sides_agree(const std::vector<Party>& a, const std::vector<Party>& b) {
  const auto& shorter = a.size() <= b.size() ? a : b;
  const auto& longer = a.size() <= b.size() ? b : a;
  double sum = 0.0;
  for (const Party& party : shorter) sum += best_match(party, longer);
  return shorter.empty() ? 0.0 : sum / static_cast<double>(shorter.size());
}

/// The share of the shorter list's words in the longer.
double words_agree(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  const std::size_t common = shared_values(a, b);
  const std::size_t least = std::min(a.size(), b.size());
  return least == 0 ? 0.0 : static_cast<double>(common) / static_cast<double>(least);
}

std::int64_t key(const Account& account, std::string_view kind, std::string_view name) {
  std::string text;
  text += static_cast<char>('A' + static_cast<int>(account.type));
  text += static_cast<char>('0' + standing(account.status));
  text += kind;
  text += name;
  return static_cast<std::int64_t>(hash64(text) >> 1);
}

/// Where it happened; of what was done to a town, the town: "Kardo was shelled" and "the army shelled Kardo" say where.
const Place* place_of(const Record& record, const Event& event) {
  const auto at = [&](const auto& right) -> const Place* {
    const auto found = std::find_if(record.places.begin(), record.places.end(), right);
    return found == record.places.end() ? nullptr : &*found;
  };
  if (event.place) return at([&](const Place& place) { return place.id == *event.place; });
  for (const Id& id : event.recipients) {
    const Entity* entity = record.entity(id);
    if (!entity || (entity->kind != EntityKind::place && entity->kind != EntityKind::facility)) continue;
    const auto named = [&](const Place& place) {
      return std::any_of(entity->mentions.begin(), entity->mentions.end(), [&](const EntityMention& m) { return m.span == place.span; });
    };
    if (const Place* place = at(named)) return place;
  }
  return nullptr;
}

Party party_of(const Entity& entity) {
  Party out;
  out.folded = fold_case(entity.name);
  out.kind = entity.kind;
  out.country = entity.actor.country.value_or("");
  out.code = entity.actor.code.value_or("");
  out.government = std::any_of(entity.actor.roles.begin(), entity.actor.roles.end(), of_the_state);
  return out;
}

}  // namespace

double same_party(const Party& a, const Party& b) {
  if (!a.folded.empty() && a.folded == b.folded) return 1.0;
  const bool countries_differ = !a.country.empty() && !b.country.empty() && a.country != b.country;
  if (a.kind == EntityKind::person && b.kind == EntityKind::person) {
    return !countries_differ && last_word(a.folded) == last_word(b.folded) ? 0.9 : 0.0;
  }
  const bool same_country = !a.country.empty() && a.country == b.country;
  // A code says who only when it says more than a country and a broad sector shared by many people.
  const bool bodies = a.kind != EntityKind::person && b.kind != EntityKind::person;
  if (bodies && same_code(a, b)) return 0.8;
  if (same_country && (is_state(a) || is_state(b))) {
    const Party& other = is_state(a) ? b : a;
    if (is_state(other) || stands_for_state(other)) return 0.6;
  }
  return 0.0;
}

Account account_of(const Record& record, const Event& event, std::int64_t day) {
  Account out;
  out.type = event.type;
  out.status = event.status;
  out.modes = event.mode;
  if (event.date) {
    if (const auto days = days_of(*event.date)) {
      out.days = *days;
      out.dated = true;
    }
  }
  if (!out.dated) out.days = {day - 2, day};
  const auto parties = [&](const std::vector<Id>& ids, std::vector<Party>& list) {
    for (const Id& id : ids) {
      if (const Entity* entity = record.entity(id)) list.push_back(party_of(*entity));
    }
  };
  parties(event.actors, out.actors);
  parties(event.recipients, out.recipients);
  if (symmetric(event.type)) {
    out.actors.insert(out.actors.end(), out.recipients.begin(), out.recipients.end());
    out.recipients.clear();
  }
  if (const Place* place = place_of(record, event)) {
    out.place = fold_case(place->name);
    out.place_country = place->country.value_or("");
    out.latitude = place->latitude;
    out.longitude = place->longitude;
  }
  std::vector<std::uint32_t> names;
  const auto names_of = [&](const std::vector<Party>& list) {
    for (const Party& party : list) {
      for_each_word(party.folded, [&](std::string_view word, bool) { names.push_back(static_cast<std::uint32_t>(hash64(word))); });
    }
  };
  names_of(out.actors);
  names_of(out.recipients);
  for_each_word(record.document.slice(event.evidence), [&](std::string_view word, bool) {
    // Short words are the grammar's; what they share says nothing.
    if (word.size() < 4) return;
    const auto hash = static_cast<std::uint32_t>(hash64(word));
    if (std::find(names.begin(), names.end(), hash) == names.end()) out.words.push_back(hash);
  });
  std::sort(out.words.begin(), out.words.end());
  out.words.erase(std::unique(out.words.begin(), out.words.end()), out.words.end());
  return out;
}

double same_happening(const Account& a, const Account& b) {
  if (a.type != b.type || standing(a.status) != standing(b.status)) return 0.0;
  if (!a.modes.empty() && !b.modes.empty() &&
      std::find_first_of(a.modes.begin(), a.modes.end(), b.modes.begin(), b.modes.end()) == a.modes.end()) {
    return 0.0;
  }
  // Days. One day apart may be one happening told with two dates, when all else agrees.
  const std::int64_t gap = std::max(a.days.low - b.days.high, b.days.low - a.days.high);
  if (gap > 1) return 0.0;
  double days = gap > 0 ? (a.dated && b.dated ? 0.5 : 0.7) : 1.0;
  const auto width = [](const DayRange& range) { return range.high - range.low; };
  const bool vague = std::max(width(a.days), width(b.days)) > 10;
  if (vague && (width(a.days) <= 10 || width(b.days) <= 10)) days = 0.6;
  // Places.
  double places = 0.5;
  if (!a.place.empty() && !b.place.empty()) {
    if (!a.place_country.empty() && !b.place_country.empty() && a.place_country != b.place_country) return 0.0;
    if (a.place == b.place) {
      places = 1.0;
    } else if (a.latitude && a.longitude && b.latitude && b.longitude) {
      if (distance_km(*a.latitude, *a.longitude, *b.latitude, *b.longitude) > kNear) places = 0.1;
    } else {
      places = 0.2;
    }
  }
  // Parties.
  const bool parties_a = !a.actors.empty() || !a.recipients.empty();
  const bool parties_b = !b.actors.empty() || !b.recipients.empty();
  const double words = words_agree(a.words, b.words);
  double parties = 0.0;
  if (!parties_a || !parties_b) {
    if (places < 1.0 || words < 0.3) return 0.0;
    parties = 0.5;
  } else if (symmetric(a.type)) {
    parties = sides_agree(a.actors, b.actors);
    // One of two parties is not enough: A and B met, A and C met.
    const bool several = std::min(a.actors.size(), b.actors.size()) > 1;
    if (parties < 0.5 || (several && parties < 0.55)) return 0.0;
  } else {
    int compared = 0;
    const auto side = [&](const std::vector<Party>& x, const std::vector<Party>& y) {
      if (x.empty() || y.empty()) return true;
      const double agree = sides_agree(x, y);
      parties += agree;
      ++compared;
      return agree >= 0.5;
    };
    if (!side(a.actors, b.actors) || !side(a.recipients, b.recipients)) return 0.0;
    if (compared == 0) {
      // One names only the doer, the other only the one it was done to.
      if (places < 1.0 || words < 0.4) return 0.0;
      parties = 0.5;
    } else {
      parties /= compared;
      if (compared == 1 && words < 0.2 && places < 1.0) return 0.0;
    }
  }
  if (places <= 0.2 && words < 0.4) return 0.0;
  if (spoken(a.type) && words < 0.25) return 0.0;
  if (vague && words < 0.3) return 0.0;
  const double score = 0.4 * parties + 0.25 * days + 0.15 * places + 0.2 * words;
  return score >= 0.5 ? score : 0.0;
}

AccountKeys keys_of(const Account& account) {
  AccountKeys out;
  const auto both = [&](const std::string& kind, std::string_view name) {
    out.own.push_back(key(account, kind, name));
    out.sought.push_back(out.own.back());
  };
  // As same_party compares: by name; bodies by code; a state with a state or with a government of the same country.
  const auto of_side = [&](const std::vector<Party>& parties, const std::string& side) {
    for (const Party& party : parties) {
      both(side + "n", party.kind == EntityKind::person ? last_word(party.folded) : party.folded);
      if (party.kind != EntityKind::person && party.code.size() > 3) both(side + "k", party.code);
      if (party.country.empty()) continue;
      if (is_state(party)) {
        both(side + "c", party.country);
        out.sought.push_back(key(account, side + "g", party.country));
      } else if (stands_for_state(party)) {
        out.own.push_back(key(account, side + "g", party.country));
        out.sought.push_back(key(account, side + "c", party.country));
      }
    }
  };
  of_side(account.actors, "a");
  of_side(account.recipients, "r");
  if (!account.place.empty()) both("p", account.place);
  for (auto* keys : {&out.own, &out.sought}) {
    std::sort(keys->begin(), keys->end());
    keys->erase(std::unique(keys->begin(), keys->end()), keys->end());
  }
  return out;
}

double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
  constexpr double kEarth = 6371.0088;  // mean radius, IUGG
  constexpr double kRadians = std::numbers::pi / 180.0;
  const double x = std::sin((latitude_b - latitude_a) * kRadians / 2);
  const double y = std::sin((longitude_b - longitude_a) * kRadians / 2);
  const double h = x * x + std::cos(latitude_a * kRadians) * std::cos(latitude_b * kRadians) * y * y;
  return 2 * kEarth * std::asin(std::min(1.0, std::sqrt(h)));
}

}  // namespace parley::story
