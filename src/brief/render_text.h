// A record for a terminal.
#pragma once

#include <cstddef>
#include <string>

#include "parley/record.h"

namespace parley {

struct TextOptions {
  bool colour = false;     ///< ANSI escapes; the caller decides (a terminal, and no NO_COLOR)
  std::size_t width = 100; ///< columns, at least 40
};

/// Sections by kind: the brief, who, events, statements, figures, the deal, times. The report's words
/// stand in quotes. Linear in the size of the record.
std::string to_text(const Record& record, const TextOptions& options = {});

}  // namespace parley
