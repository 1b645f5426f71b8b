// Statements, figures in series, deals, channels, discrepancies.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "desk/ask_help.h"
#include "desk/record_rows.h"
#include "story/days.h"
#include "story/figures.h"
#include "text/unicode.h"

namespace parley::desk {
namespace {

struct Around {
  const Scope& scope;
  const Filter& filter;
  /// Day range, outlet and story; `day` is the column.
  void conditions(Sql& sql, const char* day) const {
    if (scope.from) sql.add(fmt::format(" AND {} >= ", day)).value(*scope.from);
    if (scope.to) sql.add(fmt::format(" AND {} <= ", day)).value(*scope.to);
    report_conditions(sql, filter);
  }
};

/// FROM and WHERE for a table `t` of records with `current` and `day`: by story when one is asked, else by day.
void from_records(Sql& sql, const char* table, const char* index, const Filter& filter) {
  if (filter.story != 0) {
    sql.add(fmt::format("FROM report r CROSS JOIN {} t ON t.report = r.id WHERE r.story = ", table)).value(filter.story).add(" AND r.current = 1");
  } else if (!filter.outlet.empty()) {
    sql.add(fmt::format("FROM report r INDEXED BY report_publisher CROSS JOIN {} t ON t.report = r.id WHERE r.current = 1", table));
  } else {
    sql.add(fmt::format("FROM {} t INDEXED BY {} CROSS JOIN report r ON r.id = t.report WHERE t.current = 1", table, index));
  }
}

std::string joined(const std::vector<std::string>& list) { return fmt::format("{}", fmt::join(list, ", ")); }

/// Of proposals and channels: the parties of `t`.
std::string parties_of(const std::string& table) {
  return table + "_party q JOIN entity n ON n.report = q.report AND n.local = q.entity WHERE q.report = t.report AND q." + table + " = t.local";
}

}  // namespace

Result<Table> statements(Database& database, const Filter& filter) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  Table out;
  out.counts = "statements as told";
  out.columns = {"report", "id", "date", "speaker", "act", "kind", "addressees", "words", "outlet", "story"};
  Sql sql;
  sql.add("SELECT t.report, t.local, t.speaker, t.act, t.kind, t.day, r.key, r.publisher, r.story ");
  if (scope->actors) {
    sql.add("FROM statement t INDEXED BY statement_actor CROSS JOIN report r ON r.id = t.report WHERE t.actor").numbers(*scope->actors).add(" AND t.current = 1");
  } else if (filter.countries.size() == 1) {
    sql.add("FROM statement t INDEXED BY statement_country CROSS JOIN report r ON r.id = t.report WHERE t.country = ")
        .value(filter.countries.front())
        .add(" AND t.current = 1");
  } else if (filter.story == 0 && filter.types.size() == 1) {
    sql.add("FROM statement t INDEXED BY statement_act CROSS JOIN report r ON r.id = t.report WHERE t.act = ")
        .value(filter.types.front())
        .add(" AND t.current = 1");
  } else {
    from_records(sql, "statement", "statement_day", filter);
  }
  Around{*scope, filter}.conditions(sql, "t.day");
  if (!filter.types.empty()) sql.add(" AND t.act IN ").list(filter.types);
  if (!filter.countries.empty()) sql.add(" AND t.country IN ").list(filter.countries);
  if (!filter.roles.empty()) {
    sql.add(" AND EXISTS (SELECT 1 FROM actor_role a WHERE a.actor = t.actor AND a.role IN ").list(filter.roles).add(")");
  }
  place_condition(sql, filter, *scope, "t.report");
  sql.add(" ORDER BY t.day DESC");
  auto query = sql.prepare(database);
  if (!query) return query.error();
  Words words(database);
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return out;
    if (out.rows.size() == filter.limit) {
      out.more = true;
      return out;
    }
    const std::int64_t report = query->integer(0);
    const std::int64_t local = query->integer(1);
    std::string said;
    {
      auto content = database.prepare("SELECT \"begin\", \"end\" FROM statement_content WHERE report = ? AND statement = ? ORDER BY position");
      if (!content) return content.error();
      content->all(report, local);
      for (;;) {
        const auto part = content->step();
        if (!part) return part.error();
        if (!*part) break;
        if (!said.empty()) said += " … ";
        said += words.slice(report, content->integer(0), content->integer(1));
      }
    }
    out.rows.push_back({cell(std::string(query->text(6))), cell(fmt::format("s{}", local)), cell(story::day_text(query->integer(5))),
                        query->is_null(2) ? Cell() : cell(words.entity(report, query->integer(2))), cell(std::string(query->text(3))),
                        cell(std::string(query->text(4))),
                        words.list("SELECT n.name FROM statement_addressee a JOIN entity n ON n.report = a.report AND n.local = a.entity "
                                   "WHERE a.report = ? AND a.statement = ? ORDER BY a.position",
                                   report, local),
                        cell(said), cell(query->optional_text(7)), Cell(query->integer(8))});
  }
}

Result<Table> figures(Database& database, const Filter& filter) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  Table out;
  out.counts = "figures as told; repetitions within a report are left out";
  out.columns = {"series", "measure", "of", "place", "unit", "date", "low", "high", "change", "counts", "source", "outlet", "report", "id", "words", "story"};
  Sql sql;
  sql.add("SELECT t.report, t.local, t.low, t.high, t.measure, t.of, t.unit, t.place, t.as_of, t.period_from, t.period_to, "
          "t.attributed_to, t.series, t.day, r.key, r.publisher, r.story, t.\"begin\", t.\"end\" ");
  if (filter.story == 0 && filter.types.size() == 1) {
    sql.add("FROM figure t INDEXED BY figure_measure CROSS JOIN report r ON r.id = t.report WHERE t.measure = ")
        .value(filter.types.front())
        .add(" AND t.current = 1");
  } else {
    from_records(sql, "figure", "figure_day", filter);
  }
  Around{*scope, filter}.conditions(sql, "t.day");
  if (!filter.types.empty()) sql.add(" AND t.measure IN ").list(filter.types);
  party_conditions(sql, filter, *scope, "entity n WHERE n.report = t.report AND n.local IN (t.of_entity, t.attributed_to)", true);
  sql.add(" AND t.part_of IS NULL ORDER BY t.day DESC");
  auto query = sql.prepare(database);
  if (!query) return query.error();
  Words words(database);
  // Of one kind of people and one place a series goes on from story to story; without a place only within a story: the
  // dead of one disaster are no more or fewer of those of another.
  using Series = std::pair<std::int64_t, std::int64_t>;
  struct Point {
    Series series;
    std::int64_t day;
    story::Amount amount;
    std::vector<Cell> cells;
  };
  std::vector<Point> points;
  std::map<Series, std::int64_t> numbers;  // series in the order they are met
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    const std::int64_t report = query->integer(0);
    const auto found = place_row(database, report, query->optional_integer(7));
    if (!found) return found.error();
    if (!near(*scope, filter, found->name, found->latitude, found->longitude)) continue;
    const std::optional<std::string>& place = found->name;
    if (points.size() == filter.limit) {
      out.more = true;
      break;
    }
    Figure figure;
    figure.as_of = query->optional_text(8);
    figure.period = {query->optional_text(9), query->optional_text(10)};
    const std::int64_t day = story::figure_days(figure, query->integer(13)).high;
    // A figure for a day is no running total ("12 people were killed on Monday"), unless it was counted later: then it
    // is the toll of what happened that day, as far as it is known.
    const bool daily = figure.period.from && figure.period.from == figure.period.to && figure.period.from->size() >= 10 &&
                       (!figure.as_of || figure.as_of->substr(0, 10) == figure.period.from->substr(0, 10));
    Point point{{daily ? ~query->integer(12) : query->integer(12), place ? 0 : query->integer(16)}, day, {query->optional_real(2), query->optional_real(3)}, {}};
    point.cells = {Cell(), cell(std::string(query->text(4))), cell(query->optional_text(5)), cell(place), cell(query->optional_text(6)),
                   cell(story::day_text(day)), cell(query->optional_real(2)), cell(query->optional_real(3)), Cell(),
                   cell(daily ? "the day" : "in all"), query->is_null(11) ? Cell() : cell(words.entity(report, query->integer(11))),
                   cell(query->optional_text(15)), cell(std::string(query->text(14))), cell(fmt::format("f{}", query->integer(1))),
                   cell(words.slice(report, std::max<std::int64_t>(0, query->integer(17) - 40), query->integer(18) + 40)),
                   Cell(query->integer(16))};
    numbers.try_emplace(point.series, static_cast<std::int64_t>(numbers.size()) + 1);
    points.push_back(std::move(point));
  }
  std::stable_sort(points.begin(), points.end(), [&](const Point& a, const Point& b) {
    if (a.series != b.series) return numbers[a.series] < numbers[b.series];
    return a.day < b.day;
  });
  const auto middle = [](const story::Amount& a) { return a.low ? *a.low : a.high.value_or(0.0); };
  for (std::size_t i = 0; i < points.size(); ++i) {
    Point& point = points[i];
    point.cells[0] = numbers[point.series];
    if (i > 0 && points[i - 1].series == point.series) {
      const story::Amount& before = points[i - 1].amount;
      const double step = middle(point.amount) - middle(before);
      const bool same_day = points[i - 1].day == point.day;
      point.cells[8] = cell(std::string(step == 0.0                                        ? "same"
                                        : same_day && story::exclude(before, point.amount) ? "disputed"
                                        : step > 0.0                                       ? "raised"
                                                                                           : "lowered"));
    } else {
      point.cells[8] = cell("first");
    }
    out.rows.push_back(std::move(point.cells));
  }
  return out;
}

Result<Table> deals(Database& database, const Filter& filter) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  Table out;
  out.counts = "terms as told; change says what a report added to those before it";
  out.columns = {"deal", "date", "state", "term", "by", "for", "quantity", "phase", "condition", "change", "positions", "words", "outlet", "report", "story"};
  Sql sql;
  sql.add("SELECT t.report, t.local, t.name, t.state, t.day, r.key, r.publisher, r.story ");
  from_records(sql, "proposal", "proposal_day", filter);
  Around{*scope, filter}.conditions(sql, "t.day");
  if (!filter.statuses.empty()) sql.add(" AND t.state IN ").list(filter.statuses);
  party_conditions(sql, filter, *scope, parties_of("proposal"));
  place_condition(sql, filter, *scope, "t.report");
  sql.add(" ORDER BY t.day DESC");
  auto query = sql.prepare(database);
  if (!query) return query.error();
  struct Told {
    std::int64_t report, local, day, story;
    std::string name, state, key;
    std::optional<std::string> outlet;
  };
  std::vector<Told> told;
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    if (told.size() == filter.limit) {
      out.more = true;
      break;
    }
    told.push_back({query->integer(0), query->integer(1), query->integer(4), query->integer(7), std::string(query->text(2)),
                    std::string(query->text(3)), std::string(query->text(5)), query->optional_text(6)});
  }
  std::stable_sort(told.begin(), told.end(), [](const Told& a, const Told& b) {
    return a.story != b.story ? a.story < b.story : a.day < b.day;
  });
  Words words(database);
  // By story, action and doer: the quantity told last, so that a revised offer shows.
  std::map<std::string, std::string> last;
  constexpr const char* kTermParties =
      "SELECT n.name FROM term_party p JOIN entity n ON n.report = p.report AND n.local = p.entity WHERE p.report = ? AND "
      "p.term = ? AND p.role = '{}' ORDER BY p.position";
  const std::string by_sql = fmt::format(fmt::runtime(kTermParties), "by");
  const std::string for_sql = fmt::format(fmt::runtime(kTermParties), "for");
  for (const Told& t : told) {
    const auto positions = [&](std::optional<std::int64_t> term) -> std::vector<std::string> {
      std::vector<std::string> lines;
      auto ask = database.prepare("SELECT party, stance, term FROM position WHERE report = ? AND proposal = ? ORDER BY position");
      if (!ask) return lines;
      ask->all(t.report, t.local);
      for (;;) {
        const auto row = ask->step();
        if (!row || !*row) return lines;
        if (ask->is_null(2) == term.has_value() || (term && ask->integer(2) != *term)) continue;
        lines.push_back(fmt::format("{} {}", words.entity(t.report, ask->integer(0)), ask->text(1)));
      }
    };
    const auto row_of = [&](std::vector<Cell> middle) {
      std::vector<Cell> cells{cell(t.name), cell(story::day_text(t.day)), cell(t.state)};
      cells.insert(cells.end(), middle.begin(), middle.end());
      cells.insert(cells.end(), {cell(t.outlet), cell(t.key), Cell(t.story)});
      out.rows.push_back(std::move(cells));
    };
    const auto whole = positions(std::nullopt);
    auto terms = database.prepare(
        "SELECT local, action, quantity, phase, condition, \"begin\", \"end\" FROM term WHERE report = ? AND proposal = ? ORDER BY position");
    if (!terms) return terms.error();
    terms->all(t.report, t.local);
    bool any = false;
    for (;;) {
      const auto row = terms->step();
      if (!row) return row.error();
      if (!*row) break;
      any = true;
      const auto by = words.list(by_sql, t.report, terms->integer(0));
      const auto to = words.list(for_sql, t.report, terms->integer(0));
      const std::string key = fmt::format("{}|{}|{}", t.story, terms->text(1), fold_case(joined(by)));
      const std::string quantity(terms->text(2));
      const auto found = last.find(key);
      std::string change = "new";
      if (found != last.end()) {
        change = quantity.empty() || found->second == quantity ? "again"
                 : found->second.empty()                       ? "quantity given"
                                                               : fmt::format("revised from {}", found->second);
      }
      if (!quantity.empty() || found == last.end()) last[key] = quantity;
      auto stances = positions(terms->integer(0));
      stances.insert(stances.end(), whole.begin(), whole.end());
      row_of({cell(std::string(terms->text(1))), by, to, cell(terms->optional_text(2)), cell(terms->optional_text(3)),
              cell(terms->optional_text(4)), cell(change), stances,
              cell(words.slice(t.report, terms->integer(5), terms->integer(6)))});
    }
    if (!any) row_of({Cell(), Cell(), Cell(), Cell(), Cell(), Cell(), Cell(), whole, Cell()});
  }
  return out;
}

Result<Table> channels(Database& database, const Filter& filter) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  Table out;
  out.counts = "channels as told; repetitions within a report are left out";
  out.columns = {"name", "kind", "state", "date", "by", "what", "place", "words", "outlet", "report", "id", "story"};
  Sql sql;
  sql.add("SELECT t.report, t.local, t.name, t.kind, t.state, t.date, t.what, t.place, t.\"begin\", t.\"end\", t.day, r.key, r.publisher, r.story ");
  from_records(sql, "channel", "channel_day", filter);
  Around{*scope, filter}.conditions(sql, "t.day");
  if (!filter.types.empty()) sql.add(" AND t.kind IN ").list(filter.types);
  if (!filter.statuses.empty()) sql.add(" AND t.state IN ").list(filter.statuses);
  party_conditions(sql, filter, *scope, parties_of("channel"), true);
  sql.add(" ORDER BY t.day DESC, t.report DESC, t.local DESC");
  auto query = sql.prepare(database);
  if (!query) return query.error();
  Words words(database);
  std::set<std::tuple<std::int64_t, std::string, std::string, std::string>> told;  // report, name, state, date
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return out;
    const std::int64_t report = query->integer(0);
    const auto found = place_row(database, report, query->optional_integer(7));
    if (!found) return found.error();
    if (!near(*scope, filter, found->name, found->latitude, found->longitude)) continue;
    const std::optional<std::string>& place = found->name;
    const std::string date = query->optional_text(5).value_or(story::day_text(query->integer(10)));
    // The headline's and the body's.
    if (!told.emplace(report, fold_case(query->text(2)), query->text(4), date).second) continue;
    if (out.rows.size() == filter.limit) {
      out.more = true;
      return out;
    }
    out.rows.push_back({cell(std::string(query->text(2))), cell(std::string(query->text(3))), cell(std::string(query->text(4))),
                        cell(date),
                        words.list("SELECT n.name FROM channel_party p JOIN entity n ON n.report = p.report AND n.local = p.entity "
                                   "WHERE p.report = ? AND p.channel = ? ORDER BY p.position",
                                   report, query->integer(1)),
                        cell(query->optional_text(6)), cell(place), cell(words.slice(report, query->integer(8), query->integer(9))),
                        cell(query->optional_text(12)), cell(std::string(query->text(11))), cell(fmt::format("ch{}", query->integer(1))),
                        Cell(query->integer(13))});
  }
}

Result<Table> discrepancies(Database& database, const Filter& filter) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  Table out;
  out.counts = "pairs of accounts that cannot both be right";
  out.columns = {"kind", "note", "weight", "date", "report", "outlet", "words", "other", "other_outlet", "other_words", "story"};
  Sql sql;
  sql.add("SELECT d.kind, d.note, d.weight, d.day, r.id, r.key, r.publisher, d.item, o.id, o.key, o.publisher, d.other_item, d.story FROM disagreement d ");
  sql.add(filter.story != 0 ? "INDEXED BY disagreement_story" : "INDEXED BY disagreement_day");
  sql.add(" CROSS JOIN report r ON r.id = d.report CROSS JOIN report o ON o.id = d.other_report WHERE d.current = 1");
  if (filter.story != 0) sql.add(" AND d.story = ").value(filter.story);
  if (scope->from) sql.add(" AND d.day >= ").value(*scope->from);
  if (scope->to) sql.add(" AND d.day <= ").value(*scope->to);
  if (!filter.types.empty()) sql.add(" AND d.kind IN ").list(filter.types);
  mention_conditions(sql, filter, *scope, "d.report");
  if (!filter.outlet.empty()) {
    sql.add(" AND (r.publisher = ").value(filter.outlet).add(" COLLATE NOCASE OR o.publisher = ").value(filter.outlet).add(" COLLATE NOCASE)");
  }
  sql.add(filter.story != 0 ? " ORDER BY d.weight DESC" : " ORDER BY d.day DESC").add(" LIMIT ").value(static_cast<std::int64_t>(filter.limit) + 1);
  auto query = sql.prepare(database);
  if (!query) return query.error();
  Words words(database);
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    if (out.rows.size() == filter.limit) {
      out.more = true;
      break;
    }
    const std::string item(query->text(7));
    const std::string other(query->text(11));
    out.rows.push_back({cell(std::string(query->text(0))), cell(std::string(query->text(1))), Cell(query->real(2)),
                        cell(story::day_text(query->integer(3))), cell(fmt::format("{}/{}", query->text(5), item)),
                        cell(query->optional_text(6)), cell(words.item(query->integer(4), item)),
                        cell(fmt::format("{}/{}", query->text(9), other)), cell(query->optional_text(10)),
                        cell(words.item(query->integer(8), other)), Cell(query->integer(12))});
  }
  std::stable_sort(out.rows.begin(), out.rows.end(), [](const auto& a, const auto& b) { return std::get<double>(a[2]) > std::get<double>(b[2]); });
  return out;
}

}  // namespace parley::desk
