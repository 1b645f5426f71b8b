// Tables for people and for programs.
#pragma once

#include <cstddef>
#include <string>

#include "desk/table.h"

namespace parley::cli {

/// Columns side by side within `width`; long cells are cut with "…". Columns that are empty throughout are left out.
std::string as_text(const desk::Table& table, std::size_t width);
/// One array of objects.
std::string as_json(const desk::Table& table);
/// One object a line.
std::string as_jsonl(const desk::Table& table);
/// RFC 4180; lists are joined by "; ".
std::string as_csv(const desk::Table& table);

}  // namespace parley::cli
