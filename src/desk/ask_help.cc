#include "desk/ask_help.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "desk/compress.h"
#include "desk/record_rows.h"
#include "story/days.h"
#include "story/happenings.h"
#include "text/unicode.h"

namespace parley::desk {
namespace {

constexpr int kMostActors = 5000;

Result<std::int64_t> day(const std::string& text, const char* option, bool last) {
  const auto days = story::days_of(text);
  if (!days) {
    return Error{Error::Code::usage, fmt::format("{} takes a date like 2024-05-01 or 2024-05, not '{}'", option, text), ""};
  }
  return last ? days->high : days->low;
}

}  // namespace

Sql& Sql::value(std::int64_t v) {
  text_ += '?';
  values_.emplace_back(v);
  return *this;
}
Sql& Sql::value(double v) {
  text_ += '?';
  values_.emplace_back(v);
  return *this;
}
Sql& Sql::value(const std::string& v) {
  text_ += '?';
  values_.emplace_back(v);
  return *this;
}
Sql& Sql::list(const std::vector<std::string>& values) {
  text_ += '(';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text_ += ", ";
    value(values[i]);
  }
  text_ += ')';
  return *this;
}
Sql& Sql::numbers(const std::vector<std::int64_t>& values) {
  if (values.size() == 1) {  // an equality lets SQLite follow an index in its order
    text_ += " = ";
    return value(values.front());
  }
  text_ += " IN (SELECT value FROM json_each(";
  value(fmt::format("[{}]", fmt::join(values, ",")));
  text_ += "))";
  return *this;
}

Result<Query> Sql::prepare(Database& database) const {
  auto query = database.prepare(text_);
  if (!query) return query.error();
  int index = 0;
  for (const Cell& v : values_) {
    ++index;
    if (const auto* n = std::get_if<std::int64_t>(&v)) query->bind(index, *n);
    if (const auto* d = std::get_if<double>(&v)) query->bind(index, *d);
    if (const auto* s = std::get_if<std::string>(&v)) query->bind(index, *s);
  }
  return query;
}

Result<Scope> scope_of(Database& database, const Filter& filter) {
  Scope out;
  if (!filter.from.empty()) {
    const auto from = day(filter.from, "--from", false);
    if (!from) return from.error();
    out.from = *from;
  }
  if (!filter.to.empty()) {
    const auto to = day(filter.to, "--to", true);
    if (!to) return to.error();
    out.to = *to;
  }
  if (!filter.actors.empty()) {
    std::set<std::int64_t> found;
    for (const std::string& wanted : filter.actors) {
      Sql sql;
      sql.add("SELECT id FROM actor WHERE code = ").value(wanted);
      const std::string folded = fold_case(wanted);
      std::vector<std::string> words;
      for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        if (end > at) words.push_back(folded.substr(at, end - at));
        at = end + 1;
      }
      sql.add(" UNION SELECT actor FROM (");
      for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) sql.add(" INTERSECT ");
        sql.add("SELECT actor FROM actor_word WHERE word = ").value(words[i]);
      }
      sql.add(") LIMIT ").value(std::int64_t{kMostActors});
      auto query = sql.prepare(database);
      if (!query) return query.error();
      for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        found.insert(query->integer(0));
      }
    }
    out.actors.emplace(found.begin(), found.end());
  }
  if (!filter.place.empty() && filter.km > 0.0) {
    auto query = database.prepare(
        "SELECT latitude, longitude FROM place WHERE name = ? COLLATE NOCASE AND latitude IS NOT NULL LIMIT 1");
    if (!query) return query.error();
    query->bind(1, filter.place);
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) {
      return Error{Error::Code::not_found, fmt::format("no report gives '{}' with coordinates; leave out --km", filter.place), ""};
    }
    out.latitude = query->real(0);
    out.longitude = query->real(1);
  }
  return out;
}

const Document* Words::document(std::int64_t report) {
  const auto found = documents_.find(report);
  if (found != documents_.end()) return found->second.get();
  auto text = load_text(database_, report);
  std::unique_ptr<Document> made;
  if (text) {
    made = std::make_unique<Document>();
    made->set_text(std::move(*text));
  }
  if (documents_.size() > 200) documents_.clear();
  return (documents_[report] = std::move(made)).get();
}

std::string Words::slice(std::int64_t report, std::int64_t begin, std::int64_t end) {
  const Document* of = document(report);
  if (!of) return {};
  return single_spaced(of->slice(Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}));
}

std::vector<std::string> Words::list(std::string_view sql, std::int64_t report, std::int64_t local) {
  std::vector<std::string> out;
  auto query = database_.prepare(sql);
  if (!query) return out;
  query->all(report, local);
  for (;;) {
    const auto row = query->step();
    if (!row || !*row) return out;
    out.emplace_back(query->text(0));
  }
}

std::string Words::entity(std::int64_t report, std::int64_t local) {
  const auto names = list("SELECT name FROM entity WHERE report = ? AND local = ?", report, local);
  return names.empty() ? std::string() : names.front();
}

std::string Words::place(std::int64_t report, std::int64_t local) {
  const auto names = list("SELECT name FROM place WHERE report = ? AND local = ?", report, local);
  return names.empty() ? std::string() : names.front();
}

std::string Words::item(std::int64_t report, const std::string& id) {
  const bool event = id.starts_with("ev");
  auto query = database_.prepare(event ? "SELECT evidence_begin, evidence_end FROM event WHERE report = ? AND local = ?"
                                       : "SELECT \"begin\", \"end\" FROM figure WHERE report = ? AND local = ?");
  if (!query) return {};
  query->all(report, local_of(id));
  const auto row = query->step();
  if (!row || !*row) return {};
  std::int64_t begin = query->integer(0);
  std::int64_t end = query->integer(1);
  if (!event) {
    // A number alone says little: with the words around it.
    const Document* of = document(report);
    begin = std::max<std::int64_t>(0, begin - 50);
    end = std::min<std::int64_t>(of ? of->code_points() : end, end + 50);
  }
  return slice(report, begin, end);
}

bool near(const Scope& scope, const Filter& filter, const std::optional<std::string>& name,
          const std::optional<double>& latitude, const std::optional<double>& longitude) {
  if (filter.place.empty()) return true;
  if (name && fold_case(*name) == fold_case(filter.place)) return true;
  return scope.latitude && latitude && longitude &&
         story::distance_km(*scope.latitude, *scope.longitude, *latitude, *longitude) <= filter.km;
}

Cell cell(const std::optional<std::string>& value) { return value ? Cell(*value) : Cell(); }
Cell cell(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }

void report_conditions(Sql& sql, const Filter& filter, bool with_story) {
  if (!filter.outlet.empty()) sql.add(" AND r.publisher = ").value(filter.outlet).add(" COLLATE NOCASE");
  if (with_story && filter.story != 0) sql.add(" AND r.story = ").value(filter.story);
}

Result<PlaceRow> place_row(Database& database, std::int64_t report, const std::optional<std::int64_t>& local) {
  PlaceRow out;
  if (!local) return out;
  auto query = database.prepare("SELECT name, latitude, longitude FROM place WHERE report = ? AND local = ?");
  if (!query) return query.error();
  query->all(report, *local);
  const auto row = query->step();
  if (!row) return row.error();
  if (*row) out = {query->optional_text(0), query->optional_real(1), query->optional_real(2)};
  return out;
}

void place_condition(Sql& sql, const Filter& filter, const Scope& scope, const std::string& report) {
  if (filter.place.empty()) return;
  sql.add(" AND EXISTS (SELECT 1 FROM place l WHERE l.report = " + report + " AND (l.name = ").value(filter.place).add(" COLLATE NOCASE");
  if (scope.latitude && scope.longitude) {
    // Flat within the distances that are asked: a degree of longitude is as long as at the place itself.
    constexpr double kDegree = 111.195;  // km
    const double across = kDegree * std::cos(*scope.latitude * std::numbers::pi / 180.0);
    sql.add(" OR ((l.latitude - ").value(*scope.latitude).add(") * ").value(kDegree).add(") * ((l.latitude - ").value(*scope.latitude);
    sql.add(") * ").value(kDegree).add(") + ((l.longitude - ").value(*scope.longitude).add(") * ").value(across).add(") * ((l.longitude - ");
    sql.value(*scope.longitude).add(") * ").value(across).add(") <= ").value(filter.km * filter.km);
  }
  sql.add("))");
}

void party_conditions(Sql& sql, const Filter& filter, const Scope& scope, const std::string& rows, bool placed) {
  if (scope.actors) sql.add(" AND EXISTS (SELECT 1 FROM " + rows + " AND n.actor").numbers(*scope.actors).add(")");
  if (!filter.countries.empty()) {
    sql.add(" AND (EXISTS (SELECT 1 FROM " + rows + " AND n.country IN ").list(filter.countries).add(")");
    if (placed) {
      sql.add(" OR EXISTS (SELECT 1 FROM place l WHERE l.report = t.report AND l.local = t.place AND l.country IN ").list(filter.countries).add(")");
    }
    sql.add(")");
  }
  if (!filter.roles.empty()) {
    sql.add(" AND EXISTS (SELECT 1 FROM " + rows + " AND EXISTS (SELECT 1 FROM actor_role x WHERE x.actor = n.actor AND x.role IN ")
        .list(filter.roles)
        .add("))");
  }
}

void mention_conditions(Sql& sql, const Filter& filter, const Scope& scope, const std::string& report) {
  party_conditions(sql, filter, scope, "entity n WHERE n.report = " + report);
  place_condition(sql, filter, scope, report);
}

}  // namespace parley::desk
