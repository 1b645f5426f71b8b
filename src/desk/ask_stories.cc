// Stories, search, what is new, a user's SQL.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "desk/ask_help.h"
#include "desk/record_rows.h"
#include "story/days.h"
#include "story/words.h"
#include "text/unicode.h"

namespace parley::desk {
namespace {

/// A passage around the first of the words asked for, cut at spaces.
std::string snippet(const std::string& text, const std::vector<std::string>& words) {
  constexpr std::size_t kBefore = 60;
  constexpr std::size_t kLong = 180;
  const std::string lower = to_lower(text);
  std::size_t at = std::string::npos;
  for (const std::string& word : words) {
    // Stems meet: the first five letters are enough to find the place.
    at = std::min(at, lower.find(word.substr(0, std::min<std::size_t>(word.size(), 5))));
  }
  if (at == std::string::npos || lower.size() != text.size()) at = 0;
  std::size_t begin = at > kBefore ? text.find(' ', at - kBefore) : 0;
  if (begin == std::string::npos || begin > at) begin = at;
  std::size_t end = begin + kLong < text.size() ? text.rfind(' ', begin + kLong) : text.size();
  if (end == std::string::npos || end <= begin) end = text.size();
  std::string out = begin > 0 ? "… " : "";
  for (std::size_t i = text[begin] == ' ' ? begin + 1 : begin; i < end; ++i) {
    const char c = text[i] == '\n' ? ' ' : text[i];
    if (c != ' ' || out.empty() || out.back() != ' ') out += c;
  }
  if (end < text.size()) out += " …";
  return out;
}

std::vector<std::string> plain_words(const std::string& query) {
  std::vector<std::string> out;
  story::for_each_word(query, [&](std::string_view word, bool) {
    if (word != "and" && word != "or" && word != "not" && word != "near" && word != "title" && word != "body") out.emplace_back(word);
  });
  return out;
}

}  // namespace

Result<Table> stories(Database& database, const Filter& filter, bool by_report) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  Table out;
  if (by_report) {
    out.counts = "reports";
    out.columns = {"id", "story"};
    Sql sql;
    sql.add("SELECT r.key, r.story FROM report r WHERE r.current = 1");
    if (scope->from) sql.add(" AND r.day >= ").value(*scope->from);
    if (scope->to) sql.add(" AND r.day <= ").value(*scope->to);
    report_conditions(sql, filter);
    sql.add(" ORDER BY r.id");
    auto query = sql.prepare(database);
    if (!query) return query.error();
    for (;;) {
      const auto row = query->step();
      if (!row) return row.error();
      if (!*row) return out;
      out.rows.push_back({cell(std::string(query->text(0))), Cell(query->integer(1))});
    }
  }
  out.counts = "stories; copies counts reports that repeat another's words";
  out.columns = {"story", "title", "first", "last", "reports", "copies", "outlets", "events"};
  Sql sql;
  sql.add("SELECT s.id, s.title, s.first_day, s.last_day FROM story s ");
  // The narrowest way in; the others are then looked up for each story.
  const bool by_actor = filter.story == 0 && scope->actors;
  const bool by_country = filter.story == 0 && !by_actor && !filter.countries.empty();
  const bool by_outlet = filter.story == 0 && !by_actor && !by_country && !filter.outlet.empty();
  if (filter.story != 0) {
    sql.add("WHERE s.id = ").value(filter.story);
  } else if (by_actor) {
    sql.add("WHERE s.id IN (SELECT h.story FROM happening_actor a CROSS JOIN happening h ON h.id = a.happening WHERE a.actor")
        .numbers(*scope->actors)
        .add(")");
  } else if (by_country) {
    sql.add("WHERE s.id IN (SELECT r.story FROM event_party p CROSS JOIN report r ON r.id = p.report WHERE r.current = 1 AND p.country IN ")
        .list(filter.countries)
        .add(")");
  } else if (by_outlet) {
    sql.add("WHERE s.id IN (SELECT r.story FROM report r INDEXED BY report_publisher WHERE r.current = 1 AND r.publisher = ")
        .value(filter.outlet)
        .add(" COLLATE NOCASE)");
  } else {
    sql.add("INDEXED BY story_last WHERE s.merged_into IS NULL AND s.last_day > -10000000");
  }
  sql.add(" AND s.merged_into IS NULL AND s.reports > 0");
  if (scope->from) sql.add(" AND s.last_day >= ").value(*scope->from);
  if (scope->to) sql.add(" AND s.first_day <= ").value(*scope->to);
  if (!filter.countries.empty() && !by_country) {
    sql.add(" AND EXISTS (SELECT 1 FROM happening h JOIN happening_actor a ON a.happening = h.id JOIN actor c ON c.id = a.actor "
            "WHERE h.story = s.id AND c.country IN ")
        .list(filter.countries)
        .add(")");
  }
  if (!filter.roles.empty() || !filter.place.empty()) {
    Filter rest = filter;
    rest.countries.clear();
    Scope around = *scope;
    around.actors.reset();
    sql.add(" AND EXISTS (SELECT 1 FROM report r WHERE r.story = s.id AND r.current = 1");
    mention_conditions(sql, rest, around, "r.id");
    sql.add(")");
  }
  if (!filter.outlet.empty() && !by_outlet) {
    sql.add(" AND EXISTS (SELECT 1 FROM report r WHERE r.story = s.id AND r.current = 1 AND r.publisher = ")
        .value(filter.outlet)
        .add(" COLLATE NOCASE)");
  }
  sql.add(" ORDER BY s.last_day DESC, s.id DESC LIMIT ").value(static_cast<std::int64_t>(filter.limit) + 1);
  auto query = sql.prepare(database);
  if (!query) return query.error();
  auto counts = database.prepare(
      "SELECT count(*), count(original), count(DISTINCT CASE WHEN original IS NULL THEN ifnull(publisher, key) END) FROM report "
      "WHERE story = ? AND current = 1");
  if (!counts) return counts.error();
  auto happenings = database.prepare("SELECT count(*) FROM happening WHERE story = ? AND mentions > 0");
  if (!happenings) return happenings.error();
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    if (out.rows.size() == filter.limit) {
      out.more = true;
      break;
    }
    counts->bind(1, query->integer(0));
    happenings->bind(1, query->integer(0));
    const auto counted = counts->step();
    if (!counted) return counted.error();
    const auto told = happenings->step();
    if (!told) return told.error();
    out.rows.push_back({Cell(query->integer(0)), cell(std::string(query->text(1))), cell(story::day_text(query->integer(2))),
                        cell(story::day_text(query->integer(3))), Cell(counts->integer(0)), Cell(counts->integer(1)),
                        Cell(counts->integer(2)), Cell(happenings->integer(0))});
    counts->reset();
    happenings->reset();
  }
  return out;
}

Result<Table> search(Database& database, const std::string& words, const Filter& filter) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  const std::vector<std::string> plain = plain_words(words);
  if (plain.empty()) return Error{Error::Code::usage, "search needs at least one word", ""};
  Table out;
  out.counts = "reports";
  out.columns = {"id", "title", "outlet", "published", "passage", "story"};
  const auto ask = [&](const std::string& match) -> Result<Done> {
    out.rows.clear();
    Sql sql;
    sql.add("SELECT r.id, r.key, r.title, r.publisher, r.published, r.story FROM search CROSS JOIN report r ON r.id = search.rowid "
            "WHERE search MATCH ")
        .value(match);
    if (scope->from) sql.add(" AND r.day >= ").value(*scope->from);
    if (scope->to) sql.add(" AND r.day <= ").value(*scope->to);
    report_conditions(sql, filter);
    mention_conditions(sql, filter, *scope, "r.id");
    if (!filter.types.empty() || !filter.statuses.empty()) {
      sql.add(" AND EXISTS (SELECT 1 FROM event e WHERE e.report = r.id");
      if (!filter.types.empty()) sql.add(" AND e.type IN ").list(filter.types);
      if (!filter.statuses.empty()) sql.add(" AND e.status IN ").list(filter.statuses);
      sql.add(")");
    }
    sql.add(" ORDER BY search.rank LIMIT ").value(static_cast<std::int64_t>(filter.limit) + 1);
    auto query = sql.prepare(database);
    if (!query) return query.error();
    for (;;) {
      const auto row = query->step();
      if (!row) return row.error();
      if (!*row) return Done{};
      if (out.rows.size() == filter.limit) {
        out.more = true;
        return Done{};
      }
      const auto text = load_text(database, query->integer(0));
      if (!text) return text.error();
      out.rows.push_back({cell(std::string(query->text(1))), cell(query->optional_text(2)), cell(query->optional_text(3)),
                          cell(query->optional_text(4)), cell(snippet(*text, plain)), Cell(query->integer(5))});
    }
  };
  auto asked = ask(words);
  if (!asked && asked.error().code == Error::Code::usage) {
    // "U.S. envoy's visit" is no expression of FTS5's; its words are.
    std::string quoted;
    for (const std::string& word : plain) quoted += (quoted.empty() ? "\"" : " \"") + word + "\"";
    asked = ask(quoted);
  }
  if (!asked) return asked.error();
  return out;
}

Result<Table> news(Database& database, const Filter& filter) {
  const auto scope = scope_of(database, filter);
  if (!scope) return scope.error();
  if (!scope->from) return Error{Error::Code::usage, "--since takes a date like 2024-05-01", ""};
  Table out;
  out.counts = "things that no report before said";
  out.columns = {"what", "date", "note", "report", "story"};
  const auto full = [&] {
    out.more = out.rows.size() >= filter.limit;
    return out.more;
  };
  const auto each = [&](Sql& sql, auto row) -> Result<Done> {
    auto query = sql.prepare(database);
    if (!query) return query.error();
    for (;;) {
      const auto more = query->step();
      if (!more) return more.error();
      if (!*more || full()) return Done{};
      row(*query);
    }
  };
  const std::int64_t since = *scope->from;
  {
    Sql sql;
    sql.add("SELECT s.title, s.first_day, s.id, s.reports FROM story s INDEXED BY story_last WHERE s.merged_into IS NULL AND "
            "s.last_day >= ")
        .value(since)
        .add(" AND s.first_day >= ")
        .value(since)
        .add(" AND s.reports > 0");
    if (filter.story != 0) sql.add(" AND s.id = ").value(filter.story);
    if (!filter.outlet.empty()) {
      sql.add(" AND EXISTS (SELECT 1 FROM report r WHERE r.story = s.id AND r.current = 1 AND r.publisher = ").value(filter.outlet).add(" COLLATE NOCASE)");
    }
    sql.add(" ORDER BY s.last_day");
    PARLEY_TRY(each(sql, [&](const Query& q) {
      out.rows.push_back({cell("story"), cell(story::day_text(q.integer(1))), cell(std::string(q.text(0))), Cell(), Cell(q.integer(2))});
    }));
  }
  {
    Sql sql;
    sql.add("SELECT c.note, r.day, r.key, r.story FROM report r INDEXED BY report_day CROSS JOIN change c ON c.report = r.id "
            "WHERE r.current = 1 AND r.day >= ")
        .value(since);
    report_conditions(sql, filter);
    sql.add(" ORDER BY r.day");
    PARLEY_TRY(each(sql, [&](const Query& q) {
      out.rows.push_back({cell("update"), cell(story::day_text(q.integer(1))), cell(std::string(q.text(0))),
                          cell(std::string(q.text(2))), Cell(q.integer(3))});
    }));
  }
  Words words(database);
  {
    Sql sql;
    sql.add("SELECT e.report, e.type, e.status, e.evidence_begin, e.evidence_end, r.day, r.key, r.story, e.happening FROM report r "
            "INDEXED BY report_day CROSS JOIN event e ON e.report = r.id WHERE r.current = 1 AND r.day >= ")
        .value(since);
    report_conditions(sql, filter);
    sql.add(" AND NOT EXISTS (SELECT 1 FROM event o CROSS JOIN report b ON b.id = o.report WHERE o.happening = e.happening AND b.day < ")
        .value(since)
        .add(") ORDER BY r.day");
    std::set<std::int64_t> seen;
    PARLEY_TRY(each(sql, [&](const Query& q) {
      if (!seen.insert(q.integer(8)).second) return;
      out.rows.push_back({cell("happening"), cell(story::day_text(q.integer(5))),
                          cell(fmt::format("{} ({}): {}", q.text(1), q.text(2), words.slice(q.integer(0), q.integer(3), q.integer(4)))),
                          cell(std::string(q.text(6))), Cell(q.integer(7))});
    }));
  }
  {
    Sql sql;
    sql.add("SELECT d.kind, d.note, d.day, r.key, d.story FROM disagreement d INDEXED BY disagreement_day CROSS JOIN report r ON "
            "r.id = d.report WHERE d.current = 1 AND d.day >= ")
        .value(since);
    if (filter.story != 0) sql.add(" AND d.story = ").value(filter.story);
    if (!filter.outlet.empty()) sql.add(" AND r.publisher = ").value(filter.outlet).add(" COLLATE NOCASE");
    sql.add(" ORDER BY d.day");
    PARLEY_TRY(each(sql, [&](const Query& q) {
      out.rows.push_back({cell("discrepancy"), cell(story::day_text(q.integer(2))), cell(fmt::format("{}: {}", q.text(0), q.text(1))),
                          cell(std::string(q.text(3))), Cell(q.integer(4))});
    }));
  }
  return out;
}

Result<Table> sql(Database& database, const std::string& statement, std::size_t limit) {
  auto query = database.prepare_once(statement);
  if (!query) return query.error();
  Table out;
  out.counts = "rows";
  for (int i = 0; i < query->columns(); ++i) out.columns.push_back(query->column_name(i));
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return out;
    if (out.rows.size() == limit) {
      out.more = true;
      return out;
    }
    std::vector<Cell> cells;
    for (int i = 0; i < query->columns(); ++i) {
      switch (query->kind(i)) {
        case Query::Kind::null: cells.emplace_back(); break;
        case Query::Kind::integer: cells.emplace_back(query->integer(i)); break;
        case Query::Kind::real: cells.emplace_back(query->real(i)); break;
        case Query::Kind::text: cells.emplace_back(std::string(query->text(i))); break;
        case Query::Kind::blob: cells.emplace_back(fmt::format("({} bytes)", query->blob(i).size())); break;
      }
    }
    out.rows.push_back(std::move(cells));
  }
}

Result<std::int64_t> report_number(Database& database, const std::string& key) {
  auto query = database.prepare("SELECT id FROM report WHERE key = ? ORDER BY version DESC LIMIT 1");
  if (!query) return query.error();
  query->bind(1, key);
  const auto row = query->step();
  if (!row) return row.error();
  if (!*row) return Error{Error::Code::not_found, fmt::format("no report '{}'; parley search finds ids", key), database.path()};
  return query->integer(0);
}

}  // namespace parley::desk
