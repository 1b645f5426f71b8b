// The brief of a story, or of what is new: cited, from a desk.
#pragma once

#include <string>

#include "desk/ask.h"

namespace parley {

/// Markdown: what happened, who says what, the figures, the deal, what is disputed, why it matters, the sources. Each
/// line ends with the numbers of the reports it rests on. `filter` says of what; `title` stands on top.
Result<std::string> desk_brief(desk::Database& database, const desk::Filter& filter, const std::string& title);

/// The story that most of the reports with these words tell. Errors: not_found.
Result<std::int64_t> story_about(desk::Database& database, const std::string& words);

}  // namespace parley
