// What the questions share: filters as SQL, names and words of rows.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "desk/ask.h"
#include "parley/document.h"

namespace parley::desk {

/// A SELECT put together from parts, with its values.
class Sql {
 public:
  Sql& add(std::string_view text) {
    text_ += text;
    return *this;
  }
  /// A "?" and its value.
  Sql& value(std::int64_t v);
  Sql& value(double v);
  Sql& value(const std::string& v);
  /// "(?, ?, …)".
  Sql& list(const std::vector<std::string>& values);
  /// A set of numbers, given as one JSON array however many they are.
  Sql& numbers(const std::vector<std::int64_t>& values);
  const std::string& text() const { return text_; }
  Result<Query> prepare(Database& database) const;

 private:
  std::string text_;
  std::vector<Cell> values_;
};

/// Filters resolved against a desk.
struct Scope {
  std::optional<std::vector<std::int64_t>> actors;  ///< numbers of the actors that are meant
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;
  std::optional<double> latitude;  ///< of the place, when a distance is asked
  std::optional<double> longitude;
};
Result<Scope> scope_of(Database& database, const Filter& filter);

/// Names and words, kept while one answer is made.
class Words {
 public:
  explicit Words(Database& database) : database_(database) {}
  /// The words of a span of a report, in one line.
  std::string slice(std::int64_t report, std::int64_t begin, std::int64_t end);
  std::string entity(std::int64_t report, std::int64_t local);
  std::string place(std::int64_t report, std::int64_t local);
  /// One column of text, for a query with `report` and `local`.
  std::vector<std::string> list(std::string_view sql, std::int64_t report, std::int64_t local);
  /// The words of an item like "ev3" or "f2".
  std::string item(std::int64_t report, const std::string& id);

 private:
  const Document* document(std::int64_t report);
  Database& database_;
  std::map<std::int64_t, std::unique_ptr<Document>> documents_;
};

/// Whether the event's or figure's place is the one asked for.
bool near(const Scope& scope, const Filter& filter, const std::optional<std::string>& name,
          const std::optional<double>& latitude, const std::optional<double>& longitude);

Cell cell(const std::optional<std::string>& value);
Cell cell(const std::optional<double>& value);
inline Cell cell(std::string value) { return Cell(std::move(value)); }
inline Cell cell(const char* value) { return Cell(std::string(value)); }

/// Conditions on the report `r` that every question has: outlet and story.
void report_conditions(Sql& sql, const Filter& filter, bool with_story = true);

/// The report `report` (a column) speaks of the actors, countries, roles and place asked for.
void mention_conditions(Sql& sql, const Filter& filter, const Scope& scope, const std::string& report);
/// The place alone.
void place_condition(Sql& sql, const Filter& filter, const Scope& scope, const std::string& report);
/// One of `rows` (FROM and WHERE of a subquery over entities `n`) is an actor, of a country, in a role asked for;
/// `placed`: the country may also be that of the place of `t`.
void party_conditions(Sql& sql, const Filter& filter, const Scope& scope, const std::string& rows, bool placed = false);

struct PlaceRow {
  std::optional<std::string> name;
  std::optional<double> latitude;
  std::optional<double> longitude;
};
/// A report's place, or one without a name for none.
Result<PlaceRow> place_row(Database& database, std::int64_t report, const std::optional<std::int64_t>& local);

}  // namespace parley::desk
