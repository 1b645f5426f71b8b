// The named characters of HTML.
#pragma once

#include <string>
#include <string_view>

namespace parley::page {

/// What "&name;" stands for, one character or two, in UTF-8; empty when there is no such name. Case counts.
/// Some microseconds: ask once for each name.
std::string named_characters(std::string_view name);
inline constexpr std::size_t kLongestEntityName = 31;

}  // namespace parley::page
