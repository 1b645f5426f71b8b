// Lines of plain text into blocks.
#pragma once

#include <string_view>
#include <vector>

#include "page/draft.h"

namespace parley::page {

/// The paragraphs, lines and list items of cleaned text (`clean_characters`), wrapped lines joined.
std::vector<Block> blocks_from_text(std::string_view text);

}  // namespace parley::page
