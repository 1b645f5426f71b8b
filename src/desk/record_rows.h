// A record as rows of the desk's tables, and back. What comes back is what went in, field for field.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "desk/sqlite.h"
#include "parley/record.h"

namespace parley::desk {

/// The n of "ev<n>": how a record's ids stand in tables. 0 where there is no number.
std::int64_t local_of(std::string_view id);

/// What the desk knows of a report besides its record.
struct ReportRow {
  std::int64_t id = 0;
  std::int64_t day = 0;  ///< days since 1970-01-01: of publication, else of storing
  std::int64_t version = 1;
  std::int64_t previous = 0;  ///< 0: none
  std::int64_t story = 0;     ///< 0: none
  std::int64_t original = 0;  ///< 0: no copy of another report
  double similarity = 0.0;
  std::string fingerprint;
  std::string stored_at;
};

/// Days an event may have happened on; what its date says or, without one, the report's day.
struct EventDays {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// Writes the report, under `key`, and its records. Gives each entity's actor, in the record's order.
/// REQUIRES: a transaction; `days` has one element for each event, `series` one for each figure.
Result<std::vector<std::int64_t>> insert_record(Database& database, const ReportRow& row, const std::string& key,
                                                const Record& record, const std::vector<EventDays>& days,
                                                const std::vector<std::int64_t>& series);

/// Errors: not_found, mismatch (damaged).
Result<Record> load_record(Database& database, std::int64_t report);
/// The document alone: text, sections and what is known of it.
Result<Document> load_document(Database& database, std::int64_t report);
Result<std::string> load_text(Database& database, std::int64_t report);

}  // namespace parley::desk
