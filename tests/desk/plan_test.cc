// No question walks over the desk: every table is entered through an index.
#include <sqlite3.h>

#include <functional>

#include "desk/ask.h"
#include "support.h"

namespace parley::testing {
namespace {

int remember(unsigned, void* to, void*, void* text) {
  const char* sql = static_cast<const char*>(text);
  if (sql && std::string_view(sql).starts_with("SELECT")) static_cast<std::vector<std::string>*>(to)->push_back(sql);
  return 0;
}

/// Lines of the plans of all statements that `ask` ran which read a table from one end to the other.
std::vector<std::string> scans(desk::Database& database, const std::function<void()>& ask) {
  std::vector<std::string> statements;
  sqlite3_trace_v2(database.handle(), SQLITE_TRACE_STMT, remember, &statements);
  ask();
  sqlite3_trace_v2(database.handle(), 0, nullptr, nullptr);
  EXPECT_FALSE(statements.empty());
  std::vector<std::string> out;
  for (const std::string& sql : statements) {
    auto plan = database.prepare_once("EXPLAIN QUERY PLAN " + sql);
    EXPECT_TRUE(plan) << sql;
    if (!plan) continue;
    for (auto row = plan->step(); row && *row; row = plan->step()) {
      const std::string line(plan->text(3));
      // Lists of values, subqueries, and FTS5's own index, which it calls a scan.
      const bool small = line.find("json_each") != std::string::npos || line.find("CONSTANT ROW") != std::string::npos ||
                         line.find("VIRTUAL TABLE") != std::string::npos || line.find("search_config") != std::string::npos || line.starts_with("SCAN (subquery") ||
                         line.starts_with("SCAN (sub");
      if (line.starts_with("SCAN") && !small) out.push_back(line + " in " + sql);
    }
  }
  return out;
}

TEST(Plans, NoQuestionScansTheDesk) {
  const Folder folder;
  {
    desk::Writer writer = open_writer(folder.desk());
    for (int n = 0; n < 20; ++n) {
      Record r = report(fmt::format("r{}", n), fmt::format("The Northern Army shelled Kardo, killing {} people in town {}.", n, n));
      const Id army = entity(r, EntityKind::organisation, "Northern Army", "XAA");
      const Id town = entity(r, EntityKind::place, "Kardo", "XBB");
      event(r, EventType::assault, {army}, {town}, "shelled", "2031-02-03");
      figure(r, Measure::killed, n, fmt::format("{}", n), "people");
      r.document.publisher = "Coast Wire";
      ASSERT_TRUE(writer.store(r, true));
    }
    ASSERT_TRUE(writer.finish());
  }
  auto database = desk::open_for_reading(folder.desk());
  ASSERT_TRUE(database);
  const auto narrowed = [](auto change) {
    desk::Filter out;
    change(out);
    return out;
  };
  using F = desk::Filter;
  const std::vector<F> filters{
      {},
      narrowed([](F& f) { f.actors = {"Northern Army"}; }),
      narrowed([](F& f) { f.actors = {"northern", "kardo"}; }),
      narrowed([](F& f) { f.countries = {"XAA"}; }),
      narrowed([](F& f) { f.story = 1; }),
      narrowed([](F& f) { f.from = "2031-02"; f.to = "2031-03"; }),
      narrowed([](F& f) { f.statuses = {"actual"}; }),
      narrowed([](F& f) { f.roles = {"REB"}; f.from = "2031-02"; }),
      narrowed([](F& f) { f.outlet = "Coast Wire"; }),
      narrowed([](F& f) { f.place = "Kardo"; }),
  };
  using Question = Result<desk::Table> (*)(desk::Database&, const F&);
  const std::pair<const char*, Question> questions[] = {
      {"stories", [](desk::Database& d, const F& f) { return desk::stories(d, f, false); }},
      {"timeline", desk::timeline},
      {"events", desk::events},
      {"statements", desk::statements},
      {"figures", desk::figures},
      {"deals", desk::deals},
      {"channels", desk::channels},
      {"discrepancies", desk::discrepancies},
      {"search", [](desk::Database& d, const F& f) { return desk::search(d, "shelled AND kardo", f); }},
      {"diff", [](desk::Database& d, const F& f) { F g = f; g.from = "2031-02"; return desk::news(d, g); }},
  };
  for (const auto& [name, question] : questions) {
    for (std::size_t i = 0; i < filters.size(); ++i) {
      const auto found = scans(*database, [&] {
        const auto table = question(*database, filters[i]);
        EXPECT_TRUE(table) << name << " " << i << ": " << (table ? "" : table.error().text());
      });
      EXPECT_TRUE(found.empty()) << name << ", filter " << i << ": " << (found.empty() ? "" : found.front());
    }
  }
}

}  // namespace
}  // namespace parley::testing
