#include "brief/desk_brief.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "desk/ask_help.h"
#include "story/figures.h"

namespace parley {
namespace {

using desk::Cell;
using desk::Table;

/// Rows by their columns' names.
class Rows {
 public:
  explicit Rows(const Table& table) : table_(table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) at_[table.columns[i]] = i;
  }
  std::string text(const std::vector<Cell>& row, const char* column) const {
    const Cell& c = row[at_.at(column)];
    if (const auto* s = std::get_if<std::string>(&c)) return *s;
    if (const auto* n = std::get_if<std::int64_t>(&c)) return std::to_string(*n);
    if (const auto* l = std::get_if<std::vector<std::string>>(&c)) return fmt::format("{}", fmt::join(*l, ", "));
    return {};
  }
  std::optional<double> real(const std::vector<Cell>& row, const char* column) const {
    const auto* d = std::get_if<double>(&row[at_.at(column)]);
    return d ? std::optional(*d) : std::nullopt;
  }
  std::int64_t integer(const std::vector<Cell>& row, const char* column) const {
    const auto* n = std::get_if<std::int64_t>(&row[at_.at(column)]);
    return n ? *n : 0;
  }
  std::vector<std::string> list(const std::vector<Cell>& row, const char* column) const {
    const auto* l = std::get_if<std::vector<std::string>>(&row[at_.at(column)]);
    return l ? *l : std::vector<std::string>{};
  }

 private:
  const Table& table_;
  std::map<std::string, std::size_t> at_;
};

/// Numbers for reports, in the order they are cited.
class Sources {
 public:
  std::string cite(const std::string& report) {
    const std::string key = report.substr(0, report.find_last_of('/') == std::string::npos ? report.size() : report.find_last_of('/'));
    return cite_key(key);
  }
  std::string cite_key(const std::string& key) {
    const auto [found, fresh] = numbers_.try_emplace(key, order_.size() + 1);
    if (fresh) order_.push_back(key);
    return fmt::format("[{}]", found->second);
  }
  std::string cite_all(const std::vector<std::string>& told_by) {
    std::string out;
    std::set<std::string> seen;
    for (const std::string& one : told_by) {
      const std::string cited = cite(one);
      if (seen.insert(cited).second) out += cited;
    }
    return out;
  }
  const std::vector<std::string>& order() const { return order_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> order_;
};

std::string cell_text(std::string text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

Result<std::int64_t> story_about(desk::Database& database, const std::string& words) {
  desk::Filter filter;
  filter.limit = 50;
  const auto found = desk::search(database, words, filter);
  if (!found) return found.error();
  std::map<std::int64_t, int> votes;
  const Rows rows(*found);
  for (const auto& row : found->rows) ++votes[rows.integer(row, "story")];
  if (votes.empty()) return Error{Error::Code::not_found, fmt::format("no report says '{}'; try fewer words", words), ""};
  return std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
}

Result<std::string> desk_brief(desk::Database& database, const desk::Filter& filter, const std::string& title) {
  Sources sources;
  std::string out = fmt::format("# {}\n\n", title);
  {
    const auto table = desk::timeline(database, filter);
    if (!table) return table.error();
    const Rows rows(*table);
    out += "## What happened\n\n";
    for (const auto& row : table->rows) {
      const std::string actors = rows.text(row, "actors");
      const std::string recipients = rows.text(row, "recipients");
      const std::string status = rows.text(row, "status");
      out += fmt::format("- **{}** {}{}{}{}{}: {} {}", rows.text(row, "date"), rows.text(row, "type"),
                         status == "actual" ? "" : " (" + status + ")", actors.empty() ? "" : ", " + actors,
                         recipients.empty() ? "" : " to " + recipients, rows.text(row, "place").empty() ? "" : ", " + rows.text(row, "place"),
                         rows.text(row, "words"), sources.cite_all(rows.list(row, "told_by")));
      const auto outlets = rows.integer(row, "outlets");
      if (outlets > 1) out += fmt::format(" ({} outlets)", outlets);
      const std::string differs = rows.text(row, "differs");
      if (!differs.empty()) out += fmt::format("; others say: {}", differs);
      out += "\n";
    }
    if (table->rows.empty()) out += "Nothing is told.\n";
  }
  {
    const auto table = desk::statements(database, filter);
    if (!table) return table.error();
    const Rows rows(*table);
    std::string said;
    for (auto row = table->rows.rbegin(); row != table->rows.rend(); ++row) {
      const std::string speaker = rows.text(*row, "speaker");
      if (speaker.empty() || rows.text(*row, "words").empty()) continue;
      said += fmt::format("- {}: **{}** ({}): {} {}\n", rows.text(*row, "date"), speaker, rows.text(*row, "act"), rows.text(*row, "words"),
                          sources.cite_key(rows.text(*row, "report")));
    }
    if (!said.empty()) out += "\n## Who says what\n\n" + said;
  }
  {
    const auto table = desk::figures(database, filter);
    if (!table) return table.error();
    const Rows rows(*table);
    if (!table->rows.empty()) {
      out += "\n## The figures\n\n| date | what | how many | change | who counts | from |\n|---|---|---|---|---|---|\n";
    }
    for (const auto& row : table->rows) {
      std::string what = rows.text(row, "measure");
      for (const char* more : {"of", "place"}) {
        if (!rows.text(row, more).empty()) what += ", " + rows.text(row, more);
      }
      std::string amount = story::amount_text({rows.real(row, "low"), rows.real(row, "high")});
      if (!rows.text(row, "unit").empty()) amount += " " + rows.text(row, "unit");
      out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", rows.text(row, "date"), cell_text(what), amount, rows.text(row, "change"),
                         cell_text(rows.text(row, "source")), sources.cite_key(rows.text(row, "report")));
    }
  }
  {
    const auto table = desk::deals(database, filter);
    if (!table) return table.error();
    const Rows rows(*table);
    if (!table->rows.empty()) {
      out += "\n## The state of the deal\n\n| date | proposal | state | term | by | quantity | change | positions | from |\n"
             "|---|---|---|---|---|---|---|---|---|\n";
    }
    for (const auto& row : table->rows) {
      out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", rows.text(row, "date"), cell_text(rows.text(row, "deal")),
                         rows.text(row, "state"), rows.text(row, "term"), cell_text(rows.text(row, "by")), rows.text(row, "quantity"),
                         rows.text(row, "change"), cell_text(rows.text(row, "positions")), sources.cite_key(rows.text(row, "report")));
    }
  }
  {
    const auto table = desk::channels(database, filter);
    if (!table) return table.error();
    const Rows rows(*table);
    if (!table->rows.empty()) out += "\n## Ways in\n\n";
    for (auto row = table->rows.rbegin(); row != table->rows.rend(); ++row) {
      out += fmt::format("- {}: {} ({}): {}. {} {}\n", rows.text(*row, "date"), rows.text(*row, "name"), rows.text(*row, "kind"),
                         rows.text(*row, "state"), rows.text(*row, "words"), sources.cite_key(rows.text(*row, "report")));
    }
  }
  {
    desk::Filter all = filter;
    all.types.clear();
    const auto table = desk::discrepancies(database, all);
    if (!table) return table.error();
    const Rows rows(*table);
    if (!table->rows.empty()) out += "\n## What is disputed\n\n";
    for (const auto& row : table->rows) {
      out += fmt::format("- {}: {}. “{}” {} against “{}” {}\n", rows.text(row, "kind"), rows.text(row, "note"), rows.text(row, "words"),
                         sources.cite(rows.text(row, "report")), rows.text(row, "other_words"), sources.cite(rows.text(row, "other")));
    }
  }
  if (filter.story != 0 || !filter.from.empty()) {
    const auto scope = desk::scope_of(database, filter);
    if (!scope) return scope.error();
    desk::Sql sql;
    sql.add("SELECT b.text, r.key FROM report r CROSS JOIN brief_line b ON b.report = r.id WHERE r.current = 1 AND b.kind = 'why_it_matters'");
    if (scope->from) sql.add(" AND r.day >= ").value(*scope->from);
    desk::report_conditions(sql, filter);
    sql.add(" ORDER BY r.day DESC LIMIT 3");
    auto query = sql.prepare(database);
    if (!query) return query.error();
    bool first = true;
    for (;;) {
      const auto row = query->step();
      if (!row) return row.error();
      if (!*row) break;
      if (first) out += "\n## Why it matters\n\n";
      first = false;
      out += fmt::format("- {} {}\n", query->text(0), sources.cite_key(std::string(query->text(1))));
    }
  }
  out += "\n## Reports\n\n";
  for (std::size_t i = 0; i < sources.order().size(); ++i) {
    const std::string& key = sources.order()[i];
    auto query = database.prepare("SELECT title, publisher, published, uri FROM report WHERE key = ? AND current = 1");
    if (!query) return query.error();
    query->bind(1, key);
    const auto row = query->step();
    if (!row) return row.error();
    std::string line = key;
    if (*row) {
      for (int c = 0; c < 4; ++c) {
        if (!query->is_null(c)) line += fmt::format("; {}", query->text(c));
      }
    }
    out += fmt::format("{}. {}\n", i + 1, line);
  }
  return out;
}

}  // namespace parley
