#include "brief/desk_brief.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "brief/plot.h"
#include "desk/ask_help.h"
#include "story/days.h"
#include "story/figures.h"
#include "text/unicode.h"

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
  std::size_t cite(const std::string& key) {
    const auto [found, fresh] = numbers_.try_emplace(key, order_.size());
    if (fresh) order_.push_back(key);
    return found->second;
  }
  /// "report/ev3" is of the report.
  std::size_t cite_item(const std::string& item) { return cite(item.substr(0, std::min(item.rfind('/'), item.size()))); }
  std::vector<std::size_t> cite_items(const std::vector<std::string>& told_by) {
    std::vector<std::size_t> out;
    std::set<std::size_t> seen;
    for (const std::string& one : told_by) {
      const std::size_t cited = cite_item(one);
      if (seen.insert(cited).second) out.push_back(cited);
    }
    return out;
  }
  const std::vector<std::string>& order() const { return order_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> order_;
};

/// One brief while it is made: each part asks the desk and adds its section, if there is something to tell.
class BriefMaker {
 public:
  BriefMaker(desk::Database& database, const desk::Filter& filter) : database_(database), filter_(filter) {}

  Result<DeskBrief> make(const std::string& title) {
    out_.title = title;
    PARLEY_TRY(happened());
    PARLEY_TRY(said());
    PARLEY_TRY(counted());
    PARLEY_TRY(offered());
    PARLEY_TRY(ways_in());
    PARLEY_TRY(disputed());
    PARLEY_TRY(new_since());
    PARLEY_TRY(matters());
    PARLEY_TRY(reports());
    return std::move(out_);
  }

 private:
  Result<desk::Done> happened() {
    const auto table = desk::timeline(database_, filter_);
    if (!table) return table.error();
    const Rows rows(*table);
    BriefSection section{"What happened", {}, {}, {}};
    for (const auto& row : table->rows) {
      const std::string actors = rows.text(row, "actors");
      const std::string recipients = rows.text(row, "recipients");
      const std::string status = rows.text(row, "status");
      BriefText line{{rows.text(row, "date"), true, {}},
                     {fmt::format(" {}{}{}{}{}: {}", rows.text(row, "type"), status == "actual" ? "" : " (" + status + ")",
                                  actors.empty() ? "" : ", " + actors, recipients.empty() ? "" : " to " + recipients,
                                  rows.text(row, "place").empty() ? "" : ", " + rows.text(row, "place"), rows.text(row, "words")),
                      false, sources_.cite_items(rows.list(row, "told_by"))}};
      std::string more;
      const auto outlets = rows.integer(row, "outlets");
      if (outlets > 1) more += fmt::format(" ({} outlets)", outlets);
      const std::string differs = rows.text(row, "differs");
      if (!differs.empty()) more += fmt::format("; others say: {}", differs);
      if (!more.empty()) line.push_back({more, false, {}});
      section.lines.push_back(std::move(line));
    }
    if (table->rows.empty()) section.lines.push_back({{"Nothing is told.", false, {}}});
    out_.sections.push_back(std::move(section));
    return desk::Done{};
  }

  Result<desk::Done> said() {
    const auto table = desk::statements(database_, filter_);
    if (!table) return table.error();
    const Rows rows(*table);
    BriefSection section{"Who says what", {}, {}, {}};
    for (auto row = table->rows.rbegin(); row != table->rows.rend(); ++row) {
      const std::string speaker = rows.text(*row, "speaker");
      if (speaker.empty() || rows.text(*row, "words").empty()) continue;
      BriefText line{{rows.text(*row, "date") + ": ", false, {}},
                     {speaker, true, {}},
                     {fmt::format(" ({}): {}", rows.text(*row, "act"), rows.text(*row, "words")), false, {}}};
      add_once(section, std::move(line), rows.text(*row, "report"));
    }
    return add(std::move(section));
  }

  Result<desk::Done> counted() {
    const auto table = desk::figures(database_, filter_);
    if (!table) return table.error();
    const Rows rows(*table);
    BriefSection section{"The figures", {}, {"date", "what", "how many", "change", "who counts", "from"}, {}};
    for (const auto& row : table->rows) {
      std::string what = rows.text(row, "measure");
      for (const char* more : {"of", "place"}) {
        if (!rows.text(row, more).empty()) what += ", " + rows.text(row, more);
      }
      std::string amount = story::amount_text({rows.real(row, "low"), rows.real(row, "high")});
      if (!rows.text(row, "unit").empty()) amount += " " + rows.text(row, "unit");
      section.rows.push_back(cells({rows.text(row, "date"), what, amount, rows.text(row, "change"), rows.text(row, "source")},
                                   rows.text(row, "report")));
    }
    if (!section.rows.empty()) {
      out_.chart = plot_svg(*table);
      out_.series = plot_changes(*table);
    }
    return add(std::move(section));
  }

  Result<desk::Done> offered() {
    const auto table = desk::deals(database_, filter_);
    if (!table) return table.error();
    const Rows rows(*table);
    BriefSection section{"The state of the deal",
                         {},
                         {"date", "proposal", "state", "term", "by", "quantity", "change", "positions", "from"},
                         {}};
    for (const auto& row : table->rows) {
      section.rows.push_back(cells({rows.text(row, "date"), rows.text(row, "deal"), rows.text(row, "state"), rows.text(row, "term"),
                                    rows.text(row, "by"), rows.text(row, "quantity"), rows.text(row, "change"),
                                    rows.text(row, "positions")},
                                   rows.text(row, "report")));
    }
    return add(std::move(section));
  }

  Result<desk::Done> ways_in() {
    const auto table = desk::channels(database_, filter_);
    if (!table) return table.error();
    const Rows rows(*table);
    BriefSection section{"Ways in", {}, {}, {}};
    for (auto row = table->rows.rbegin(); row != table->rows.rend(); ++row) {
      const std::string name = rows.text(*row, "name");
      const std::string words = rows.text(*row, "words");
      std::string line = fmt::format("{}: {} ({}): {}", rows.text(*row, "date"), name, rows.text(*row, "kind"), rows.text(*row, "state"));
      if (fold_case(words) != fold_case(name)) line += ". " + words;
      add_once(section, {{line, false, {}}}, rows.text(*row, "report"));
    }
    return add(std::move(section));
  }

  Result<desk::Done> disputed() {
    desk::Filter all = filter_;
    all.types.clear();
    const auto table = desk::discrepancies(database_, all);
    if (!table) return table.error();
    const Rows rows(*table);
    BriefSection section{"What is disputed", {}, {}, {}};
    for (const auto& row : table->rows) {
      section.lines.push_back(
          {{fmt::format("{}: {}. “{}”", rows.text(row, "kind"), rows.text(row, "note"), rows.text(row, "words")), false,
            {sources_.cite_item(rows.text(row, "report"))}},
           {fmt::format(" against “{}”", rows.text(row, "other_words")), false, {sources_.cite_item(rows.text(row, "other"))}}});
    }
    return add(std::move(section));
  }

  /// Since the date asked for; of a story without one, since its last day.
  Result<desk::Done> new_since() {
    desk::Filter since = filter_;
    if (since.from.empty() && since.story != 0) {
      auto query = database_.prepare("SELECT last_day FROM story WHERE id = ?");
      if (!query) return query.error();
      query->bind(1, since.story);
      const auto row = query->step();
      if (!row) return row.error();
      if (*row) since.from = story::day_text(query->integer(0));
    }
    if (since.from.empty()) return desk::Done{};
    const auto table = desk::news(database_, since);
    if (!table) return table.error();
    const Rows rows(*table);
    BriefSection section{"What is new since " + since.from, {}, {}, {}};
    for (const auto& row : table->rows) {
      if (rows.text(row, "report").empty()) continue;
      // Of a brief since a day the happenings and what is disputed stand above.
      const std::string what = rows.text(row, "what");
      if (!filter_.from.empty() && (what == "happening" || what == "discrepancy")) continue;
      section.lines.push_back({{fmt::format("{}: {}: {}", rows.text(row, "date"), what, rows.text(row, "note")), false,
                                {sources_.cite(rows.text(row, "report"))}}});
    }
    return add(std::move(section));
  }

  Result<desk::Done> matters() {
    if (filter_.story == 0 && filter_.from.empty()) return desk::Done{};
    const auto scope = desk::scope_of(database_, filter_);
    if (!scope) return scope.error();
    desk::Sql sql;
    sql.add("SELECT b.text, r.key FROM report r CROSS JOIN brief_line b ON b.report = r.id WHERE r.current = 1 AND b.kind = 'why_it_matters'");
    if (scope->from) sql.add(" AND r.day >= ").value(*scope->from);
    desk::report_conditions(sql, filter_);
    sql.add(" ORDER BY r.day DESC LIMIT 3");
    auto query = sql.prepare(database_);
    if (!query) return query.error();
    BriefSection section{"Why it matters", {}, {}, {}};
    for (;;) {
      const auto row = query->step();
      if (!row) return row.error();
      if (!*row) break;
      section.lines.push_back({{std::string(query->text(0)), false, {sources_.cite(std::string(query->text(1)))}}});
    }
    return add(std::move(section));
  }

  Result<desk::Done> reports() {
    for (const std::string& key : sources_.order()) {
      auto query = database_.prepare("SELECT title, publisher, published, uri FROM report WHERE key = ? AND current = 1");
      if (!query) return query.error();
      query->bind(1, key);
      const auto row = query->step();
      if (!row) return row.error();
      BriefSource source{key, {}, {}};
      for (int c = 0; *row && c < 3; ++c) {
        if (!query->is_null(c)) source.facts.emplace_back(query->text(c));
      }
      if (*row) source.uri = query->text(3);
      out_.sources.push_back(std::move(source));
    }
    return desk::Done{};
  }

  /// A line that another report gave already, case aside, is cited there.
  void add_once(BriefSection& section, BriefText line, const std::string& report) {
    const auto spelled = [](const BriefText& text) {
      std::string out;
      for (const auto& piece : text) out += fold_case(piece.text);
      return out;
    };
    const std::size_t cited = sources_.cite(report);
    const auto [at, fresh] = told_.try_emplace(section.heading + spelled(line), section.lines.size());
    if (fresh) section.lines.push_back(std::move(line));
    auto& cites = section.lines[at->second].back().cites;
    const auto place = std::lower_bound(cites.begin(), cites.end(), cited);
    if (place == cites.end() || *place != cited) cites.insert(place, cited);
  }

  /// A row of a table, the last cell the report.
  std::vector<BriefText> cells(const std::vector<std::string>& texts, const std::string& report) {
    std::vector<BriefText> out;
    for (const std::string& text : texts) out.push_back({{text, false, {}}});
    out.push_back({{"", false, {sources_.cite(report)}}});
    return out;
  }

  Result<desk::Done> add(BriefSection section) {
    if (!section.lines.empty() || !section.rows.empty()) out_.sections.push_back(std::move(section));
    return desk::Done{};
  }

  desk::Database& database_;
  const desk::Filter& filter_;
  DeskBrief out_;
  Sources sources_;
  std::map<std::string, std::size_t> told_;  // a line of a section, and where it stands in it
};

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

Result<DeskBrief> desk_brief(desk::Database& database, const desk::Filter& filter, const std::string& title) {
  return BriefMaker(database, filter).make(title);
}

}  // namespace parley
