// Events as told, and happenings in time.
#include <fmt/format.h>

#include <algorithm>

#include "desk/ask_help.h"
#include "desk/record_rows.h"
#include "story/days.h"
#include "text/unicode.h"

namespace parley::desk {
namespace {

constexpr std::size_t kBothSides = 100;  // more than any side has parties

constexpr const char* kEventColumns =
    "e.report, e.local, e.type, e.status, e.low_day, e.high_day, e.date, e.place, e.evidence_begin, e.evidence_end, "
    "e.confidence, e.happening, r.key, r.publisher, r.story, e.cameo, e.quad, e.score ";

/// Events by the index that the filter makes the narrowest, in that index's order: newest first.
void from_events(Sql& sql, const Filter& filter, const Scope& scope) {
  const auto days = [&](std::string_view column) {
    if (scope.from) sql.add(fmt::format(" AND {} >= ", column)).value(*scope.from);
    if (scope.to) sql.add(fmt::format(" AND {} <= ", column)).value(*scope.to);
  };
  sql.add("SELECT ").add(kEventColumns);
  std::string order = "e.low_day";
  const bool by_party = scope.actors || !filter.countries.empty();
  if (by_party) {
    sql.add("FROM event_party p CROSS JOIN event e ON e.report = p.report AND e.local = p.event "
            "CROSS JOIN report r ON r.id = e.report WHERE ");
    if (scope.actors) {
      sql.add("p.actor").numbers(*scope.actors);
    } else {
      sql.add("p.country");
      if (filter.countries.size() == 1) {
        sql.add(" = ").value(filter.countries.front());
      } else {
        sql.add(" IN ").list(filter.countries);
      }
    }
    if (scope.actors && !filter.countries.empty()) sql.add(" AND p.country IN ").list(filter.countries);
    days("p.low_day");
    sql.add(" AND e.current = 1");
    order = "p.low_day";
  } else if (filter.story != 0) {
    sql.add("FROM report r CROSS JOIN event e ON e.report = r.id WHERE r.story = ").value(filter.story).add(" AND r.current = 1");
    days("e.low_day");
  } else if (!filter.outlet.empty()) {
    sql.add("FROM report r INDEXED BY report_publisher CROSS JOIN event e ON e.report = r.id WHERE r.current = 1");
    days("e.low_day");
  } else if (!filter.place.empty() && filter.km == 0.0) {
    sql.add("FROM place l CROSS JOIN event e ON e.report = l.report AND e.place = l.local CROSS JOIN report r ON r.id = e.report "
            "WHERE l.name = ")
        .value(filter.place)
        .add(" COLLATE NOCASE AND e.current = 1");
    days("e.low_day");
  } else if (filter.types.size() == 1) {
    sql.add("FROM event e INDEXED BY event_type CROSS JOIN report r ON r.id = e.report WHERE e.type = ")
        .value(filter.types.front())
        .add(" AND e.current = 1");
    days("e.low_day");
  } else if (filter.statuses.size() == 1) {
    sql.add("FROM event e INDEXED BY event_status CROSS JOIN report r ON r.id = e.report WHERE e.status = ")
        .value(filter.statuses.front())
        .add(" AND e.current = 1");
    days("e.low_day");
  } else {
    sql.add("FROM event e INDEXED BY event_day CROSS JOIN report r ON r.id = e.report WHERE e.current = 1");
    days("e.low_day");
  }
  if (!filter.types.empty()) sql.add(" AND e.type IN ").list(filter.types);
  if (!filter.statuses.empty()) sql.add(" AND e.status IN ").list(filter.statuses);
  if (filter.min_confidence > 0.0) sql.add(" AND e.confidence >= ").value(filter.min_confidence);
  if (!filter.roles.empty()) {
    sql.add(" AND EXISTS (SELECT 1 FROM event_party q JOIN actor_role a ON a.actor = q.actor WHERE q.report = e.report AND "
            "q.event = e.local AND a.role IN ")
        .list(filter.roles)
        .add(")");
  }
  report_conditions(sql, filter);
  sql.add(" ORDER BY ").add(order).add(" DESC");
}

constexpr const char* kParties =
    "SELECT n.name FROM event_party p JOIN entity n ON n.report = p.report AND n.local = p.entity "
    "WHERE p.report = ? AND p.event = ? AND p.role = '{}' ORDER BY p.position";
const std::string kActors = fmt::format(fmt::runtime(kParties), "actor");
const std::string kRecipients = fmt::format(fmt::runtime(kParties), "recipient");
constexpr const char* kModes =
    "SELECT value FROM event_tag WHERE report = ? AND event = ? AND kind = 'mode' ORDER BY position";

std::string range_text(std::int64_t low, std::int64_t high) {
  return low == high ? story::day_text(low) : story::day_text(low) + ".." + story::day_text(high);
}

}  // namespace

Result<Table> events(Database& database, const Filter& filter) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  Table out;
  out.counts = "events as told; happenings are counted by timeline";
  out.columns = {"report", "id",    "date",   "type",       "status",    "mode",  "actors",   "recipients",
                 "place",  "words", "outlet", "confidence", "happening", "story", "cameo"};
  Sql sql;
  from_events(sql, filter, *scope);
  auto query = sql.prepare(database);
  if (!query) return query.error();
  Words words(database);
  std::set<std::pair<std::int64_t, std::int64_t>> seen;
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    const std::int64_t report = query->integer(0);
    const std::int64_t local = query->integer(1);
    if (!seen.emplace(report, local).second) continue;
    const auto place = place_row(database, report, query->optional_integer(7));
    if (!place) return place.error();
    if (!near(*scope, filter, place->name, place->latitude, place->longitude)) continue;
    if (out.rows.size() == filter.limit) {
      out.more = true;
      break;
    }
    out.rows.push_back({cell(std::string(query->text(12))), cell(fmt::format("ev{}", local)), cell(query->optional_text(6)),
                        cell(std::string(query->text(2))), cell(std::string(query->text(3))), words.list(kModes, report, local),
                        words.list(kActors, report, local), words.list(kRecipients, report, local), cell(place->name),
                        cell(words.slice(report, query->integer(8), query->integer(9))), cell(query->optional_text(13)),
                        Cell(query->real(10)), Cell(query->integer(11)), Cell(query->integer(14)), cell(query->optional_text(15))});
  }
  return out;
}

Result<Table> timeline(Database& database, const Filter& filter) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  Table out;
  out.counts = "happenings; accounts, reports and outlets that tell of each stand beside it";
  out.columns = {"happening", "date",    "type",    "status",  "actors", "recipients", "place", "words",
                 "accounts",  "reports", "outlets", "differs", "told_by", "story"};
  Sql sql;
  sql.add("SELECT h.id, h.type, h.status, h.low_day, h.high_day, h.place, h.latitude, h.longitude, h.story ");
  std::string day = "h.low_day";
  const auto days = [&](std::string_view column) {
    if (scope->from) sql.add(fmt::format(" AND {} >= ", column)).value(*scope->from);
    if (scope->to) sql.add(fmt::format(" AND {} <= ", column)).value(*scope->to);
  };
  if (scope->actors) {
    sql.add("FROM happening_actor a CROSS JOIN happening h ON h.id = a.happening WHERE a.actor").numbers(*scope->actors);
    day = "a.low_day";
  } else if (!filter.countries.empty()) {
    sql.add("FROM event_party p CROSS JOIN event e ON e.report = p.report AND e.local = p.event "
            "CROSS JOIN happening h ON h.id = e.happening WHERE p.country");
    if (filter.countries.size() == 1) {
      sql.add(" = ").value(filter.countries.front());
    } else {
      sql.add(" IN ").list(filter.countries);
    }
    sql.add(" AND e.current = 1");
    day = "p.low_day";
  } else if (filter.story != 0) {
    sql.add("FROM happening h INDEXED BY happening_story WHERE h.story = ").value(filter.story);
  } else if (filter.types.size() == 1) {
    sql.add("FROM happening h INDEXED BY happening_type WHERE h.type = ").value(filter.types.front());
  } else {
    sql.add("FROM happening h INDEXED BY happening_day WHERE h.low_day > -10000000");
  }
  days(day);
  if (filter.story != 0) sql.add(" AND h.story = ").value(filter.story);
  if (!filter.types.empty()) sql.add(" AND h.type IN ").list(filter.types);
  if (!filter.statuses.empty()) sql.add(" AND h.status IN ").list(filter.statuses);
  if (!filter.roles.empty()) {
    sql.add(" AND EXISTS (SELECT 1 FROM happening_actor x JOIN actor_role y ON y.actor = x.actor WHERE x.happening = h.id AND "
            "y.role IN ")
        .list(filter.roles)
        .add(")");
  }
  sql.add(" ORDER BY ").add(day).add(" DESC");
  auto query = sql.prepare(database);
  if (!query) return query.error();
  Words words(database);
  const std::string wanted_outlet = fold_case(filter.outlet);
  std::set<std::int64_t> seen;
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    const std::int64_t id = query->integer(0);
    if (!seen.insert(id).second) continue;
    if (!near(*scope, filter, query->optional_text(5), query->optional_real(6), query->optional_real(7))) continue;
    // Its accounts: the fullest speaks for all, what others say differently stands beside it.
    auto accounts = database.prepare(
        "SELECT e.report, e.local, e.status, e.low_day, e.high_day, e.date, e.place, e.evidence_begin, e.evidence_end, e.confidence, "
        "r.key, r.publisher, r.original FROM event e JOIN report r ON r.id = e.report WHERE e.happening = ? "
        "ORDER BY r.published, e.report, e.local");
    if (!accounts) return accounts.error();
    accounts->bind(1, id);
    std::int64_t mentions = 0;
    std::set<std::string> reports;
    std::set<std::string> outlets;
    std::set<std::string> differs;
    std::vector<std::string> actors;
    std::vector<std::string> recipients;
    std::vector<std::string> told_by;
    std::string line;
    std::size_t fullest = 0;
    bool confident = filter.min_confidence <= 0.0;
    bool outlet = filter.outlet.empty();
    std::optional<std::int64_t> first_place;
    std::string place_name;
    for (;;) {
      const auto account = accounts->step();
      if (!account) return account.error();
      if (!*account) break;
      ++mentions;
      const std::int64_t report = accounts->integer(0);
      const std::int64_t local = accounts->integer(1);
      const std::string key(accounts->text(10));
      reports.insert(key);
      // A copy is nobody's own account.
      if (accounts->is_null(12)) outlets.insert(accounts->is_null(11) ? key : std::string(accounts->text(11)));
      confident = confident || accounts->real(9) >= filter.min_confidence;
      outlet = outlet || fold_case(accounts->text(11)) == wanted_outlet;
      if (accounts->text(2) != query->text(2)) differs.insert(fmt::format("status {}", accounts->text(2)));
      if (!accounts->is_null(5) && (accounts->integer(3) > query->integer(4) || accounts->integer(4) < query->integer(3))) {
        differs.insert(fmt::format("date {}", accounts->text(5)));
      }
      if (!accounts->is_null(6)) {
        const std::string name = words.place(report, accounts->integer(6));
        if (!query->is_null(5) && name != query->text(5)) differs.insert("place " + name);
      }
      auto doers = words.list(kActors, report, local);
      auto others = words.list(kRecipients, report, local);
      // Who and to whom says more than many of one side; what was done more than its denial.
      const std::size_t full = 1 + doers.size() + others.size() + (doers.empty() || others.empty() ? 0 : kBothSides) +
                               (accounts->text(2) == query->text(2) ? 2 * kBothSides : 0);
      if (full > fullest) {
        fullest = full;
        actors = std::move(doers);
        recipients = std::move(others);
        line = words.slice(report, accounts->integer(7), accounts->integer(8));
      }
      told_by.push_back(fmt::format("{}/ev{}", key, local));
    }
    if (mentions == 0 || !confident || !outlet) continue;
    if (out.rows.size() == filter.limit) {
      out.more = true;
      break;
    }
    out.rows.push_back({Cell(id), cell(range_text(query->integer(3), query->integer(4))), cell(std::string(query->text(1))),
                        cell(std::string(query->text(2))), actors, recipients, cell(query->optional_text(5)), cell(line),
                        Cell(mentions), Cell(static_cast<std::int64_t>(reports.size())),
                        Cell(static_cast<std::int64_t>(outlets.size())),
                        std::vector<std::string>(differs.begin(), differs.end()), told_by, Cell(query->integer(8))});
  }
  std::reverse(out.rows.begin(), out.rows.end());
  return out;
}

}  // namespace parley::desk
