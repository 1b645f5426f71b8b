// Questions to a desk. Each answer costs what its rows cost, not what the desk holds: it follows one index in
// the answer's order and stops at the limit (tests/desk/plan_test.cc looks at every plan).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "desk/sqlite.h"
#include "desk/table.h"

namespace parley::desk {

/// What the answer is narrowed to; what is empty narrows nothing.
struct Filter {
  std::vector<std::string> actors;     ///< names, parts of names, or codes like USAGOV
  std::vector<std::string> roles;      ///< GOV, MIL, REB …
  std::vector<std::string> countries;  ///< ISO 3166 alpha-3, of the actors
  std::string place;                   ///< a name …
  double km = 0.0;                     ///< … and how far around it, where it has coordinates
  std::string from;                    ///< ISO dates, both ends included
  std::string to;
  std::vector<std::string> types;      ///< events: ASSAULT …; statements: acts; figures: measures; channels: kinds
  std::vector<std::string> statuses;
  std::int64_t story = 0;
  std::string outlet;
  double min_confidence = 0.0;
  std::size_t limit = 100;
};

/// Stories, the ones told last first; `by_report`: a row for each report, {id, story}, without limit.
Result<Table> stories(Database& database, const Filter& filter, bool by_report);
/// Happenings in time, each once, with how many accounts, reports and independent outlets tell of it.
Result<Table> timeline(Database& database, const Filter& filter);
/// Events as the reports tell them: a happening that two reports tell is two rows.
Result<Table> events(Database& database, const Filter& filter);
Result<Table> statements(Database& database, const Filter& filter);
/// Figures by series and date, with what each changed.
Result<Table> figures(Database& database, const Filter& filter);
/// Terms of proposals, version by version, with the parties' positions.
Result<Table> deals(Database& database, const Filter& filter);
Result<Table> channels(Database& database, const Filter& filter);
/// What reports disagree about, weightiest first.
Result<Table> discrepancies(Database& database, const Filter& filter);
/// Reports with these words: FTS5's AND, OR, NOT, NEAR, "phrases" and prefix*.
Result<Table> search(Database& database, const std::string& words, const Filter& filter);
/// What reports published on or after `filter.from` brought that was not known before.
Result<Table> news(Database& database, const Filter& filter);
/// A user's SELECT.
Result<Table> sql(Database& database, const std::string& statement, std::size_t limit);

/// "ev3" of report "a", as the desk knows it: the report's number, or not_found with what to do.
Result<std::int64_t> report_number(Database& database, const std::string& key);

}  // namespace parley::desk
