#include "page/html_names.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace parley::page {
namespace {

// Of words themselves, besides the traits of elements.
constexpr std::uint32_t kNegation = 1U << 30;
constexpr std::uint32_t kBox = 1U << 31;
constexpr std::uint32_t kMarks = kNegation | kBox;

constexpr std::size_t kMostWords = 12;      // of one name that are looked at
constexpr std::size_t kLongestName = 120;   // bytes

bool is_lower_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit_char(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string squashed(std::string_view phrase) {
  std::string out;
  for (const char c : phrase) {
    if (is_upper_letter(c)) out += static_cast<char>(c + ('a' - 'A'));
    if (is_lower_letter(c) || is_digit_char(c)) out += c;
  }
  return out;
}

}  // namespace

void NameTable::add(std::string_view phrase, std::uint32_t traits) {
  std::string key = squashed(phrase);
  if (key.empty()) return;
  longest_ = std::max(longest_, key.size());
  words_[std::move(key)] |= traits;
}

void NameTable::add_negation(std::string_view word) { add(word, kNegation); }
void NameTable::add_box(std::string_view word) { add(word, kBox); }

std::uint32_t NameTable::traits(std::string_view names) const {
  std::uint32_t out = 0;
  for (std::size_t pos = 0; pos < names.size();) {
    while (pos < names.size() && is_blank(names[pos])) ++pos;
    const std::size_t begin = pos;
    while (pos < names.size() && !is_blank(names[pos])) ++pos;
    if (pos > begin) out |= of_word(names.substr(begin, pos - begin));
  }
  return out;
}

std::uint32_t NameTable::of_word(std::string_view name) const {
  if (name.size() > kLongestName) return 0;
  // Style compilers put a hash behind: "Layout_main__2pNav".
  if (const std::size_t at = name.rfind("__"); at != std::string_view::npos && at > 0 && name.size() - at <= 10) {
    const std::string_view rest = name.substr(at + 2);
    const bool hash = std::any_of(rest.begin(), rest.end(), is_digit_char) && rest.find_first_of("-_") == std::string_view::npos;
    if (hash) name = name.substr(0, at);
  }
  // The name's letters, and where its words begin in them.
  std::array<char, kLongestName> letters;
  std::array<std::size_t, kMostWords + 1> starts;
  std::size_t size = 0;
  std::size_t count = 0;
  char before = '-';
  for (const char c : name) {
    const bool upper = is_upper_letter(c);
    if (!upper && !is_lower_letter(c) && !is_digit_char(c)) {
      before = '-';
      continue;
    }
    const bool begins = before == '-' || (upper && (is_lower_letter(before) || is_digit_char(before)));
    if (begins) {
      if (count == kMostWords) break;
      starts[count++] = size;
    }
    letters[size++] = upper ? static_cast<char>(c + ('a' - 'A')) : c;
    before = c;
  }
  starts[count] = size;
  const auto part = [&](std::size_t first, std::size_t last) {
    return std::string_view(letters.data() + starts[first], starts[last] - starts[first]);
  };
  const auto find = [&](std::string_view word) {
    if (word.size() > longest_) return std::uint32_t{0};
    const auto found = words_.find(word);
    return found == words_.end() ? 0 : found->second;
  };
  std::uint32_t out = 0;
  if (count > 1) out |= find(part(0, count));
  if (out != 0) return out & ~kMarks;
  for (std::size_t first = 0; first < count; ++first) {
    for (std::size_t last = first + 1; last <= std::min(count, first + 3); ++last) {
      std::uint32_t found = find(part(first, last));
      if (last == first + 1 && (found & kNegation) != 0) return out;
      if ((found & kBodyNamed) != 0) {
        for (std::size_t rest = last; rest < count; ++rest) {
          const std::string_view word = part(rest, rest + 1);
          const bool number = std::any_of(word.begin(), word.end(), is_digit_char);
          if (!number && (find(word) & kBox) == 0) found &= ~std::uint32_t{kBodyNamed};
        }
      }
      out |= found & ~kMarks;
    }
  }
  return out;
}

}  // namespace parley::page
