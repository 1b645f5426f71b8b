// A report as one HTML page with its records marked in the text.
#pragma once

#include <string>

#include "parley/record.h"

namespace parley {

/// A whole page that needs nothing else: style inside, no script. Records' spans become `<mark>`s;
/// where they cross, marks are closed and opened again, so the page is always well formed. Each mark
/// names the ids it stands for in `data-ids` and says them in its title. O(n log n) in the spans.
std::string to_html(const Record& record);

}  // namespace parley
