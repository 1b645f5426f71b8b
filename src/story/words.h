// The words of a text as stories and copies count them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::story {

/// How many values two sorted lists without repetitions share. Linear.
template <typename Value>
std::size_t shared_values(const std::vector<Value>& a, const std::vector<Value>& b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i] == b[k]) {
      ++shared;
      ++i;
      ++k;
    } else if (a[i] < b[k]) {
      ++i;
    } else {
      ++k;
    }
  }
  return shared;
}

/// Calls `see(word, capital)` for each run of letters and digits, in lower case; an apostrophe ends it ("Israel's"
/// is "israel"; the "s" behind it is passed over). `capital`: it begins with an upper-case letter. Linear.
template <typename See>
void for_each_word(std::string_view text, See see) {
  std::string word;
  bool ascii = true;
  bool capital = false;
  bool after_apostrophe = false;
  const auto end = [&] {
    if (word.empty()) return;
    if (!(after_apostrophe && word.size() <= 2)) {
      if (ascii) {
        see(std::string_view(word), capital);
      } else {
        const std::string lower = to_lower(word);
        see(std::string_view(lower), capital);
      }
    }
    word.clear();
    ascii = true;
    after_apostrophe = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++at;
      const bool upper = c >= 'A' && c <= 'Z';
      if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        if (word.empty()) capital = upper;
        word += upper ? static_cast<char>(c + ('a' - 'A')) : c;
      } else {
        end();
        after_apostrophe = c == '\'';
      }
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    const std::size_t size = point.size > 0 ? point.size : 1;
    if (point.valid && (is_letter(point.value) || is_digit(point.value))) {
      if (word.empty()) capital = is_upper(point.value);
      word.append(text.substr(at, size));
      ascii = false;
    } else {
      end();
      after_apostrophe = point.value == 0x2019;
    }
    at += size;
  }
  end();
}

}  // namespace parley::story
