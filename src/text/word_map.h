// Sets and maps of words that are asked with a view, without a string being made for it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace parley {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using WordSet = std::unordered_set<std::string, TextHash, std::equal_to<>>;
template <typename T>
using WordMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

}  // namespace parley
