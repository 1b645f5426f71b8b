// Report texts as the desk keeps them: zstd, a frame each, with the size in front.
#pragma once

#include <string>
#include <string_view>

#include "parley/result.h"

namespace parley::desk {

std::string compress(std::string_view text);
/// Errors: mismatch (damaged), too_large (over 1 GiB, which no report is).
Result<std::string> decompress(std::string_view bytes);

}  // namespace parley::desk
