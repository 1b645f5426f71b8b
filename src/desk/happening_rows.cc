#include "desk/happening_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "desk/record_rows.h"
#include "story/figures.h"

namespace parley::desk {
namespace {

constexpr std::size_t kGeneration = 6000;   // happenings kept in memory, twice
constexpr std::size_t kMostAccounts = 4;    // of one happening that a new account is compared with
constexpr int kMostCandidates = 64;         // happenings a key may lead to
constexpr std::size_t kMostCompared = 32;   // of them compared in full: those that most keys lead to
constexpr int kMostFigures = 32;            // figures of a series that a new one is compared with

/// Which account's status stands for the happening: what was done wins over what was said of it.
int rank(Status status) {
  switch (status) {
    case Status::actual: return 9;
    case Status::ongoing: return 8;
    case Status::alleged: return 7;
    case Status::denied: return 6;
    case Status::historical: return 5;
    case Status::planned: return 4;
    case Status::proposed: return 3;
    case Status::demanded: return 2;
    case Status::conditional: return 1;
  }
  return 0;
}

std::string event_id(std::int64_t local) { return fmt::format("ev{}", local); }

}  // namespace

Result<const std::vector<HappeningRows::Known>*> HappeningRows::accounts(std::int64_t happening) {
  if (const auto found = young_.find(happening); found != young_.end()) return &found->second;
  if (auto older = old_.extract(happening)) return &young().insert(std::move(older)).position->second;
  std::vector<Known> list;
  auto query = database_->prepare("SELECT report, local, packed FROM account WHERE happening = ?");
  if (!query) return query.error();
  query->bind(1, happening);
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    auto account = story::unpack_account(query->blob(2));
    if (!account) {
      return Error{Error::Code::mismatch, fmt::format("an account of happening {} is damaged; restore a copy of the desk", happening),
                   database_->path()};
    }
    list.push_back({std::move(*account), query->integer(0), query->integer(1)});
  }
  return &(young()[happening] = std::move(list));
}

HappeningRows::Generation& HappeningRows::young() {
  if (young_.size() >= kGeneration) {
    old_ = std::move(young_);
    young_.clear();
  }
  return young_;
}

Result<Done> HappeningRows::keep(std::int64_t happening, Known known, const std::vector<std::int64_t>& keys) {
  auto insert = database_->prepare("INSERT OR IGNORE INTO happening_key VALUES (?, ?, ?)");
  if (!insert) return insert.error();
  for (const std::int64_t key : keys) {
    insert->all(key, known.account.days.low, happening);
    PARLEY_TRY(insert->run());
  }
  const auto list = accounts(happening);
  if (!list) return list.error();
  if ((*list)->size() >= kMostAccounts) return Done{};
  auto account = database_->prepare("INSERT INTO account(happening, report, local, packed) VALUES (?, ?, ?, ?)");
  if (!account) return account.error();
  account->bind(1, happening).bind(2, known.report).bind(3, known.local).bind_blob(4, story::pack_account(known.account));
  PARLEY_TRY(account->run());
  young_[happening].push_back(std::move(known));
  return Done{};
}

Result<Done> HappeningRows::disagree(const char* kind, const Report& report, const std::string& item,
                                     std::int64_t other, const std::string& other_item, double weight,
                                     const std::string& note) {
  auto insert = database_->prepare(
      "INSERT INTO disagreement(kind, story, day, weight, report, item, other_report, other_item, note, current) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)");
  if (!insert) return insert.error();
  insert->all(kind, report.story ? std::optional(report.story) : std::nullopt, report.day, weight, report.id, item,
              other, other_item, note);
  return insert->run();
}

Result<Done> HappeningRows::conflicts(const Report& report, std::int64_t local, const story::Account& account,
                                      const Known& known, std::set<std::string>& said) {
  if (known.report == report.id) return Done{};
  const story::Account& other = known.account;
  const auto say = [&](const char* kind, double weight, const std::string& note) -> Result<Done> {
    if (!said.insert(kind + (": " + note)).second) return Done{};
    return disagree(kind, report, event_id(local), known.report, event_id(known.local), weight, note);
  };
  const bool denied = account.status == Status::denied;
  if (denied != (other.status == Status::denied)) {
    PARLEY_TRY(say("happened", 1.0, fmt::format("{} here, {} there", name(account.status), name(other.status))));
  }
  if (account.dated && other.dated &&
      (account.days.low > other.days.high || other.days.low > account.days.high)) {
    PARLEY_TRY(say("when", 0.4, fmt::format("{} here, {} there", story::day_text(account.days.low), story::day_text(other.days.low))));
  }
  if (account.latitude && account.longitude && other.latitude && other.longitude && account.place != other.place) {
    const double km = story::distance_km(*account.latitude, *account.longitude, *other.latitude, *other.longitude);
    if (km > 30.0) PARLEY_TRY(say("where", 0.6, fmt::format("{} here, {} there, {:.0f} km apart", account.place, other.place, km)));
  }
  return Done{};
}

Result<std::int64_t> HappeningRows::find(const Report& report, std::int64_t local, const story::Account& account,
                                         const std::vector<std::int64_t>& keys) {
  // A busy day of a busy country has more like it than can be compared: those that agree in most come first.
  std::map<std::int64_t, int> votes;
  {
    auto query = database_->prepare(
        "SELECT happening FROM happening_key WHERE key = ? AND low_day BETWEEN ? AND ? ORDER BY low_day DESC LIMIT ?");
    if (!query) return query.error();
    for (const std::int64_t key : keys) {
      query->all(key, account.days.low - story::kBefore, account.days.high + story::kAfter, kMostCandidates);
      for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        ++votes[query->integer(0)];
      }
      query->reset();
    }
  }
  std::vector<std::pair<int, std::int64_t>> candidates;
  candidates.reserve(votes.size());
  for (const auto& [happening, count] : votes) candidates.emplace_back(-count, happening);
  if (candidates.size() > kMostCompared) {
    std::nth_element(candidates.begin(), candidates.begin() + kMostCompared, candidates.end());
    candidates.resize(kMostCompared);
  }
  std::sort(candidates.begin(), candidates.end());
  std::int64_t best = 0;
  double most = 0.0;
  std::optional<Known> owner;
  for (const auto& [count, candidate] : candidates) {
    const auto list = accounts(candidate);
    if (!list) return list.error();
    for (const Known& known : **list) {
      const double score = story::same_happening(account, known.account);
      if (score > most) {
        most = score;
        best = candidate;
      }
      // The same deed told of another doer: two happenings, and a question worth asking.
      const story::Account& other = known.account;
      const bool deed = account.type == EventType::assault || account.type == EventType::coerce;
      if (score == 0.0 && deed && !owner && known.report != report.id && other.type == account.type &&
          account.dated && other.dated && account.days == other.days && !account.place.empty() &&
          account.place == other.place && !account.actors.empty() && !other.actors.empty() &&
          !account.recipients.empty() && !other.recipients.empty() && account.modes == other.modes &&
          story::same_party(account.actors.front(), other.actors.front()) == 0.0 &&
          story::same_party(account.recipients.front(), other.recipients.front()) >= 0.9) {
        owner = known;
      }
    }
  }
  if (best == 0 && owner) {
    PARLEY_TRY(disagree("who", report, event_id(local), owner->report, event_id(owner->local), 0.9,
                        fmt::format("{} here, {} there", account.actors.front().folded,
                                    owner->account.actors.front().folded)));
  }
  return best;
}

Result<Done> HappeningRows::add(const Record& record, const Report& report, const std::vector<std::int64_t>& actors) {
  for (const Event& event : record.events) {
    const std::int64_t local = local_of(event.id);
    story::Account account = story::account_of(record, event, report.day);
    const story::AccountKeys keys = story::keys_of(account);
    auto found = find(report, local, account, keys.sought);
    if (!found) return found.error();
    std::int64_t happening = *found;
    const bool fresh = happening == 0;
    if (fresh) {
      auto insert = database_->prepare(
          "INSERT INTO happening(type, status, low_day, high_day, dated, place, country, latitude, longitude, story, mentions) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)");
      if (!insert) return insert.error();
      const auto text = [](const std::string& value) { return value.empty() ? std::nullopt : std::optional(value); };
      std::optional<std::string> place;
      for (const Place& p : record.places) {
        if (event.place && p.id == *event.place) place = p.name;
      }
      insert->all(name(event.type), name(event.status), account.days.low, account.days.high, account.dated, place,
                  text(account.place_country), account.latitude, account.longitude,
                  report.story ? std::optional(report.story) : std::nullopt);
      PARLEY_TRY(insert->run());
      happening = database_->last_row();
      young()[happening].clear();
    } else {
      // The happening takes the best-attested standing and the narrowest dates of its accounts.
      const auto list = accounts(happening);
      if (!list) return list.error();
      int best = 0;
      story::DayRange days;
      bool dated = false;
      bool first = true;
      const auto take = [&](const story::Account& other) {
        // Of equally narrow dates the one told first stays.
        const bool narrower = other.days.high - other.days.low < days.high - days.low;
        if (!first && !(other.dated && !dated) && !(other.dated == dated && narrower)) return;
        days = other.days;
        dated = other.dated;
        first = false;
      };
      for (const Known& known : **list) {
        best = std::max(best, rank(known.account.status));
        take(known.account);
      }
      take(account);
      std::set<std::string> said;
      for (const Known& known : **list) PARLEY_TRY(conflicts(report, local, account, known, said));
      auto update = database_->prepare(
          "UPDATE happening SET mentions = mentions + 1, low_day = ?2, high_day = ?3, dated = ?4, "
          "status = CASE WHEN ?5 THEN ?6 ELSE status END WHERE id = ?1");
      if (!update) return update.error();
      update->all(happening, days.low, days.high, dated, rank(event.status) > best, name(event.status));
      PARLEY_TRY(update->run());
      if (event.place) {
        auto place = database_->prepare(
            "UPDATE happening SET place = ?2, country = ?3, latitude = ?4, longitude = ?5 WHERE id = ?1 AND place IS NULL");
        if (!place) return place.error();
        for (const Place& p : record.places) {
          if (p.id != *event.place) continue;
          place->all(happening, p.name, p.country, p.latitude, p.longitude);
          PARLEY_TRY(place->run());
          break;
        }
      }
    }
    {
      auto insert = database_->prepare("INSERT OR IGNORE INTO happening_actor VALUES (?, ?, ?)");
      if (!insert) return insert.error();
      const auto put = [&](const std::vector<Id>& ids) -> Result<Done> {
        for (const Id& id : ids) {
          const auto index = static_cast<std::size_t>(local_of(id) - 1);
          if (index >= actors.size()) continue;
          insert->all(actors[index], account.days.low, happening);
          PARLEY_TRY(insert->run());
        }
        return Done{};
      };
      PARLEY_TRY(put(event.actors));
      PARLEY_TRY(put(event.recipients));
    }
    {
      auto update = database_->prepare("UPDATE event SET happening = ? WHERE report = ? AND local = ?");
      if (!update) return update.error();
      update->all(happening, report.id, local);
      PARLEY_TRY(update->run());
    }
    PARLEY_TRY(keep(happening, {std::move(account), report.id, local}, keys.own));
  }
  return Done{};
}

Result<Done> HappeningRows::remove(std::int64_t report) {
  std::vector<std::int64_t> affected;
  {
    auto query = database_->prepare("SELECT happening FROM event WHERE report = ? AND happening IS NOT NULL");
    if (!query) return query.error();
    query->bind(1, report);
    for (;;) {
      const auto row = query->step();
      if (!row) return row.error();
      if (!*row) break;
      affected.push_back(query->integer(0));
    }
  }
  const auto run = [&](std::string_view sql, std::int64_t value) -> Result<Done> {
    auto query = database_->prepare(sql);
    if (!query) return query.error();
    query->bind(1, value);
    return query->run();
  };
  PARLEY_TRY(run("UPDATE event SET happening = NULL WHERE report = ?", report));
  for (const std::int64_t happening : affected) {
    PARLEY_TRY(run("UPDATE happening SET mentions = mentions - 1 WHERE id = ?", happening));
    auto account = database_->prepare("DELETE FROM account WHERE happening = ? AND report = ?");
    if (!account) return account.error();
    account->all(happening, report);
    PARLEY_TRY(account->run());
    young_.erase(happening);
    old_.erase(happening);
  }
  std::sort(affected.begin(), affected.end());
  affected.erase(std::unique(affected.begin(), affected.end()), affected.end());
  for (const std::int64_t happening : affected) {
    auto left = database_->prepare("SELECT mentions FROM happening WHERE id = ?");
    if (!left) return left.error();
    left->bind(1, happening);
    const auto row = left->step();
    if (!row) return row.error();
    const bool none = *row && left->integer(0) <= 0;
    left->reset();
    if (!none) continue;
    PARLEY_TRY(run("DELETE FROM happening_actor WHERE happening = ?", happening));
    PARLEY_TRY(run("DELETE FROM happening WHERE id = ?", happening));
  }
  return run("UPDATE disagreement SET current = 0 WHERE report = ?1 OR other_report = ?1", report);
}

Result<Done> HappeningRows::index_again() {
  PARLEY_TRY(database_->execute("DELETE FROM account; DELETE FROM happening_key"));
  std::vector<std::pair<std::int64_t, std::int64_t>> reports;
  {
    auto query = database_->prepare("SELECT id, day FROM report WHERE current = 1");
    if (!query) return query.error();
    for (;;) {
      const auto row = query->step();
      if (!row) return row.error();
      if (!*row) break;
      reports.emplace_back(query->integer(0), query->integer(1));
    }
  }
  for (const auto& [report, day] : reports) {
    const auto record = load_record(*database_, report);
    if (!record) return record.error();
    for (const Event& event : record->events) {
      const std::int64_t local = local_of(event.id);
      std::int64_t happening = 0;
      {
        auto query = database_->prepare("SELECT happening FROM event WHERE report = ? AND local = ?");
        if (!query) return query.error();
        query->all(report, local);
        const auto row = query->step();
        if (!row) return row.error();
        happening = *row ? query->integer(0) : 0;
      }
      if (happening == 0) continue;
      story::Account account = story::account_of(*record, event, day);
      const story::AccountKeys keys = story::keys_of(account);
      PARLEY_TRY(keep(happening, {std::move(account), report, local}, keys.own));
    }
  }
  return Done{};
}

Result<Done> HappeningRows::compare_figures(const Record& record, const Report& report,
                                            const std::vector<std::int64_t>& series) {
  if (report.story == 0 || report.original != 0) return Done{};
  auto query = database_->prepare(
      "SELECT f.report, f.local, f.low, f.high, f.as_of, f.period_to, f.day FROM figure f JOIN report r ON r.id = f.report "
      "WHERE f.series = ? AND f.current = 1 AND f.day BETWEEN ? AND ? AND f.story = ? AND f.report <> ? AND f.part_of IS NULL "
      "AND r.original IS NULL ORDER BY f.day DESC LIMIT ?");
  if (!query) return query.error();
  struct Conflict {
    std::int64_t report, local;
    std::size_t figure;
    double weight;
    std::string note;
  };
  std::vector<Conflict> conflicts;
  for (std::size_t i = 0; i < record.figures.size(); ++i) {
    const Figure& figure = record.figures[i];
    if (figure.part_of || (!figure.low && !figure.high)) continue;
    const story::DayRange days = story::figure_days(figure, report.day);
    const story::Amount amount{figure.low, figure.high};
    query->all(series[i], report.day - 1, report.day + 1, report.story, report.id, kMostFigures);
    for (;;) {
      const auto row = query->step();
      if (!row) return row.error();
      if (!*row) break;
      Figure other;
      other.as_of = query->optional_text(4);
      other.period.to = query->optional_text(5);
      const story::DayRange when = story::figure_days(other, query->integer(6));
      if (when.low > days.high || days.low > when.high) continue;
      const story::Amount said{query->optional_real(2), query->optional_real(3)};
      if (!story::exclude(amount, said)) continue;
      conflicts.push_back({query->integer(0), query->integer(1), i, 0.5 + 0.5 * story::apart(amount, said),
                           fmt::format("{}: {} here, {} there", name(figure.measure), story::amount_text(amount),
                                       story::amount_text(said))});
    }
    query->reset();
  }
  std::set<std::string> said;
  for (const Conflict& c : conflicts) {
    if (!said.insert(c.note).second) continue;
    PARLEY_TRY(disagree("figure", report, record.figures[c.figure].id, c.report, fmt::format("f{}", c.local), c.weight, c.note));
  }
  return Done{};
}

}  // namespace parley::desk
