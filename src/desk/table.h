// Answers as rows: what every question to a desk gives, whatever it is printed as.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace parley::desk {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string, std::vector<std::string>>;

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
  /// What a row is, and so what counting rows counts: "events", "happenings", "reports".
  std::string counts;
  /// There are more rows than the limit asked for.
  bool more = false;
};

}  // namespace parley::desk
