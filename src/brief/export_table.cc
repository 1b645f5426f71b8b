// One of the desk's tables as CSV.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "brief/escape.h"
#include "brief/export.h"

namespace parley {

Result<desk::Done> export_table(desk::Database& database, const std::string& table,
                                const std::function<void(std::string_view)>& write) {
  // Not those of the search index, nor what stories are found by.
  auto names = database.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%' "
      "AND name NOT IN ('content', 'vector', 'term_count', 'minhash', 'watched') ORDER BY name");
  if (!names) return names.error();
  std::vector<std::string> all;
  for (;;) {
    const auto row = names->step();
    if (!row) return row.error();
    if (!*row) break;
    all.emplace_back(names->text(0));
  }
  if (std::find(all.begin(), all.end(), table) == all.end()) {
    return Error{Error::Code::usage, fmt::format("no table '{}'; the tables are {}", table, fmt::join(all, ", ")), ""};
  }
  auto query = database.prepare_once(fmt::format("SELECT * FROM \"{}\"", table));
  if (!query) return query.error();
  std::string line;
  for (int i = 0; i < query->columns(); ++i) line += (i > 0 ? "," : "") + csv_field(query->column_name(i));
  write(line + "\r\n");
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return desk::Done{};
    line.clear();
    for (int i = 0; i < query->columns(); ++i) {
      if (i > 0) line += ',';
      const auto kind = query->kind(i);
      // An empty field is no value; an empty text has its quotes.
      if (kind == desk::Query::Kind::text) line += csv_field(query->text(i));
      if (kind == desk::Query::Kind::integer) line += std::to_string(query->integer(i));
      if (kind == desk::Query::Kind::real) line += fmt::format("{}", query->real(i));
    }
    write(line + "\r\n");
  }
}

}  // namespace parley
