// Phrases to values, by longest match over atoms. One hash look-up for each length that some phrase
// with the same first atom has; the number of phrases does not matter.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/atoms.h"

namespace parley {

template <typename T>
class PhraseTable {
 public:
  struct Match {
    const std::vector<T>* values = nullptr;
    std::size_t size = 0;  ///< atoms
    explicit operator bool() const { return values != nullptr; }
  };

  /// A phrase may stand for several things: "second" is a unit and an ordinal.
  void add(std::string_view phrase, T value) {
    std::string key = atom_phrase(phrase);
    if (key.empty()) return;
    const std::size_t atoms =
        1 + static_cast<std::size_t>(std::count(key.begin(), key.end(), ' '));
    std::size_t& longest = longest_[key.substr(0, key.find(' '))];
    longest = std::max(longest, atoms);
    phrases_[std::move(key)].push_back(std::move(value));
  }

  bool empty() const { return phrases_.empty(); }

  /// The longest phrase that begins at atom `i` and has at most `limit` atoms.
  Match find(const Atoms& atoms, std::size_t i, std::size_t limit = 8) const {
    if (i >= atoms.size()) return {};
    std::string key(atoms.key(i));
    const auto longest = longest_.find(key);
    if (longest == longest_.end()) return {};
    for (std::size_t n = std::min({longest->second, limit, atoms.size() - i}); n > 0; --n) {
      atoms.phrase(i, i + n, key);
      if (const auto found = phrases_.find(key); found != phrases_.end()) return {&found->second, n};
    }
    return {};
  }

  /// The values of one word or phrase as a whole, or nullptr.
  const std::vector<T>* find(std::string_view phrase) const {
    const auto found = phrases_.find(atom_phrase(phrase));
    return found == phrases_.end() ? nullptr : &found->second;
  }

 private:
  std::unordered_map<std::string, std::vector<T>> phrases_;
  std::unordered_map<std::string, std::size_t> longest_;
};

}  // namespace parley
