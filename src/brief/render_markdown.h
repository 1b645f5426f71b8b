// A record as Markdown (CommonMark), for notes and wikis.
#pragma once

#include <string>

#include "parley/record.h"

namespace parley {

/// The sections of the terminal rendering as headings, lists and tables; the report's words in
/// quotation marks, with Markdown's own characters escaped. Linear in the size of the record.
std::string to_markdown(const Record& record);

}  // namespace parley
