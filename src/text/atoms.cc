#include "text/atoms.h"

namespace parley {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

/// What the bytes of a character that is no ASCII stand for.
struct Special {
  std::uint32_t size = 0;   // 0: a letter
  std::string_view key;     // empty: white space
};

Special special_at(std::string_view text, std::uint32_t at) {
  const auto byte = [&](std::uint32_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  if (byte(0) == 0xC2) {
    switch (byte(1)) {
      case 0xA0: return {2, ""};
      case 0xA2: case 0xA3: case 0xA5: return {2, text.substr(at, 2)};  // cent, pound, yen
      case 0xA7: case 0xB0: case 0xB7: case 0xBC: case 0xBD: case 0xBE: return {2, text.substr(at, 2)};
      case 0xAB: case 0xBB: return {2, "\""};
      default: return {};
    }
  }
  if (byte(0) == 0xE2) {
    if (byte(1) == 0x80) {
      const unsigned c = byte(2);
      if (c >= 0x80 && c <= 0x8A) return {3, ""};
      if (c >= 0x90 && c <= 0x95) return {3, "-"};
      if (c == 0x98 || c == 0x99 || c == 0x9A || c == 0x9B || c == 0xB2) return {3, "'"};
      if (c >= 0x9C && c <= 0x9F) return {3, "\""};
      if (c == 0xAF) return {3, ""};
      return {3, text.substr(at, 3)};
    }
    if (byte(1) == 0x81 || byte(1) == 0x82 || byte(1) == 0x88) return {3, text.substr(at, 3)};
  }
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return {3, ""};
  return {};
}

/// The end of the number that begins at `at`: digits, groups of three after commas, one decimal part.
std::uint32_t number_end(std::string_view text, std::uint32_t at, std::uint32_t end) {
  std::uint32_t i = at;
  while (i < end && is_digit(text[i])) ++i;
  const auto group_at = [&](std::uint32_t j) {
    return j + 3 < end + 0u && text[j] == ',' && is_digit(text[j + 1]) && is_digit(text[j + 2]) &&
           is_digit(text[j + 3]) && (j + 4 >= end || !is_digit(text[j + 4]));
  };
  if (i - at <= 3) {
    while (i < end && group_at(i)) i += 4;
  }
  if (i + 1 < end && text[i] == '.' && is_digit(text[i + 1])) {
    ++i;
    while (i < end && is_digit(text[i])) ++i;
  }
  return i;
}

}  // namespace

void Atoms::split(std::string_view text, ByteRange bytes) {
  atoms_.clear();
  keys_.clear();
  bool spaced = true;
  std::uint32_t i = bytes.begin;
  const std::uint32_t end = bytes.end;
  const auto add = [&](AtomKind kind, std::uint32_t stop, std::string_view key, bool capital) {
    atoms_.push_back({{i, stop}, static_cast<std::uint32_t>(keys_.size()),
                      static_cast<std::uint32_t>(key.size()), kind, spaced, capital});
    keys_ += key;
    spaced = false;
    i = stop;
  };
  std::string lower;
  while (i < end) {
    const char c = text[i];
    if (is_space(c)) {
      spaced = true;
      ++i;
    } else if (is_digit(c)) {
      const std::uint32_t stop = number_end(text, i, end);
      add(AtomKind::number, stop, text.substr(i, stop - i), false);
    } else if (is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80) {
      if (static_cast<unsigned char>(c) >= 0x80) {
        const Special special = special_at(text, i);
        if (special.size > 0) {
          if (special.key.empty()) {
            spaced = true;
            i += special.size;
          } else {
            add(AtomKind::symbol, i + special.size, special.key, false);
          }
          continue;
        }
      }
      std::uint32_t stop = i;
      lower.clear();
      while (stop < end) {
        const char d = text[stop];
        if (is_ascii_letter(d)) {
          lower += d >= 'A' && d <= 'Z' ? static_cast<char>(d - 'A' + 'a') : d;
        } else if (static_cast<unsigned char>(d) >= 0x80 && special_at(text, stop).size == 0) {
          lower += d;
        } else {
          break;
        }
        ++stop;
      }
      add(AtomKind::word, stop, lower, c >= 'A' && c <= 'Z');
    } else {
      add(AtomKind::symbol, i + 1, text.substr(i, 1), false);
    }
  }
}

void Atoms::phrase(std::size_t first, std::size_t last, std::string& out) const {
  out.clear();
  for (std::size_t i = first; i < last; ++i) {
    if (i > first) out += ' ';
    out += key(i);
  }
}

std::string atom_phrase(std::string_view phrase) {
  Atoms atoms;
  atoms.split(phrase, {0, static_cast<std::uint32_t>(phrase.size())});
  std::string out;
  atoms.phrase(0, atoms.size(), out);
  return out;
}

}  // namespace parley
