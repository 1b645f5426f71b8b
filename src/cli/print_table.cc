#include "cli/print_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/terminal.h"
#include "text/utf8.h"

namespace parley::cli {
namespace {

using desk::Cell;
using Json = nlohmann::ordered_json;

constexpr std::size_t kWidest = 60;

std::string text_of(const Cell& cell) {
  if (const auto* n = std::get_if<std::int64_t>(&cell)) return std::to_string(*n);
  if (const auto* d = std::get_if<double>(&cell)) return fmt::format("{:.12g}", *d);
  if (const auto* s = std::get_if<std::string>(&cell)) return *s;
  if (const auto* l = std::get_if<std::vector<std::string>>(&cell)) return fmt::format("{}", fmt::join(*l, "; "));
  return {};
}

Json json_of(const Cell& cell) {
  if (const auto* n = std::get_if<std::int64_t>(&cell)) return *n;
  if (const auto* d = std::get_if<double>(&cell)) return *d;
  if (const auto* s = std::get_if<std::string>(&cell)) return *s;
  if (const auto* l = std::get_if<std::vector<std::string>>(&cell)) return *l;
  return nullptr;
}

Json object_of(const desk::Table& table, const std::vector<Cell>& row) {
  Json out = Json::object();
  for (std::size_t i = 0; i < row.size(); ++i) out[table.columns[i]] = json_of(row[i]);
  return out;
}

/// At most `width` code points, the last a "…" where something was cut.
std::string fit(const std::string& text, std::size_t width) {
  if (count_code_points(text) <= width) return text;
  std::string out;
  std::size_t at = 0;
  for (std::size_t n = 0; n + 1 < width && at < text.size(); ++n) {
    const CodePoint point = decode_utf8(text, at);
    out.append(text, at, point.size);
    at += point.size;
  }
  return out + "…";
}

}  // namespace

std::string as_text(const desk::Table& table, std::size_t width) {
  if (table.rows.empty()) return "nothing found\n";
  const std::size_t columns = table.columns.size();
  std::vector<std::size_t> wide(columns, 0);
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : table.rows) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < columns; ++i) {
      texts.push_back(for_terminal(text_of(row[i])));
      wide[i] = std::max(wide[i], count_code_points(texts.back()));
    }
    cells.push_back(std::move(texts));
  }
  std::size_t total = 0;
  for (std::size_t i = 0; i < columns; ++i) {
    if (wide[i] == 0) continue;
    wide[i] = std::min(std::max(wide[i], table.columns[i].size()), kWidest);
    total += wide[i] + 2;
  }
  // The widest column gives way until all fit, each keeping what its name needs.
  while (total > width + 2) {
    const auto widest = std::max_element(wide.begin(), wide.end());
    if (*widest <= 12) break;
    --*widest;
    --total;
  }
  std::string out;
  const auto line = [&](const auto& texts) {
    std::string one;
    for (std::size_t i = 0; i < columns; ++i) {
      if (wide[i] == 0) continue;
      const std::string text = fit(texts[i], wide[i]);
      one += text;
      one.append(wide[i] - count_code_points(text) + 2, ' ');
    }
    while (!one.empty() && one.back() == ' ') one.pop_back();
    out += one + "\n";
  };
  line(table.columns);
  for (const auto& texts : cells) line(texts);
  out += fmt::format("{} rows: {}{}\n", table.rows.size(), table.counts, table.more ? "; there are more, see --limit" : "");
  return out;
}

std::string as_json(const desk::Table& table) {
  Json out = Json::array();
  for (const auto& row : table.rows) out.push_back(object_of(table, row));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string as_jsonl(const desk::Table& table) {
  std::string out;
  for (const auto& row : table.rows) out += object_of(table, row).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return out;
}

std::string as_csv(const desk::Table& table) {
  std::string out;
  const auto field = [](const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
      if (c == '"') quoted += '"';
      quoted += c;
    }
    return quoted + "\"";
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i) out += (i > 0 ? "," : "") + field(table.columns[i]);
  out += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i > 0 ? "," : "") + field(text_of(row[i]));
    out += "\r\n";
  }
  return out;
}

}  // namespace parley::cli
