#include "text/utf8.h"

#include <cstring>

namespace parley {
namespace {

constexpr CodePoint invalid(std::uint32_t size) { return {0xFFFD, size, false}; }

// Advances over ASCII, eight bytes at a time.
std::size_t skip_ascii(std::string_view text, std::size_t pos) {
  while (pos + 8 <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + pos, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
    pos += 8;
  }
  while (pos < text.size() && static_cast<unsigned char>(text[pos]) < 0x80) ++pos;
  return pos;
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t pos) {
  if (pos >= text.size()) return {0xFFFD, 0, false};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[pos + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  // The range of the second byte depends on the lead (table 3-7): no overlong forms, no surrogates,
  // nothing above U+10FFFF.
  std::uint32_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  char32_t value = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
    value = lead & 0x1FU;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    value = lead & 0x0FU;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    value = lead & 0x07U;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return invalid(1);
  }
  for (std::uint32_t i = 1; i < length; ++i) {
    if (pos + i >= text.size() || byte(i) < low || byte(i) > high) return invalid(i);
    value = (value << 6) | (byte(i) & 0x3FU);
    low = 0x80;
    high = 0xBF;
  }
  return {value, length, true};
}

CodePoint decode_utf8_before(std::string_view text, std::size_t pos) {
  if (pos == 0 || text.empty()) return {0xFFFD, 0, false};
  if (pos > text.size()) pos = text.size();
  std::size_t start = pos - 1;
  while (start > 0 && pos - start < 4 && is_continuation(text[start])) --start;
  const CodePoint found = decode_utf8(text, start);
  if (found.valid && start + found.size == pos) return found;
  return invalid(1);
}

void append_utf8(std::string& out, char32_t value) {
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = 0xFFFD;
  if (value < 0x80) {
    out += static_cast<char>(value);
  } else if (value < 0x800) {
    out += static_cast<char>(0xC0 | (value >> 6));
    out += static_cast<char>(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    out += static_cast<char>(0xE0 | (value >> 12));
    out += static_cast<char>(0x80 | ((value >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (value & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (value >> 18));
    out += static_cast<char>(0x80 | ((value >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((value >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (value & 0x3F));
  }
}

bool is_ascii(std::string_view text) { return skip_ascii(text, 0) == text.size(); }

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t pos = skip_ascii(text, 0);
  while (pos < text.size()) {
    const CodePoint c = decode_utf8(text, pos);
    if (!c.valid) return pos;
    pos += c.size;
    if (pos < text.size() && static_cast<unsigned char>(text[pos]) < 0x80) pos = skip_ascii(text, pos);
  }
  return std::string_view::npos;
}

bool is_valid_utf8(std::string_view text) {
  return first_invalid_utf8(text) == std::string_view::npos;
}

std::string repair_utf8(std::string text) {
  std::size_t pos = first_invalid_utf8(text);
  if (pos == std::string_view::npos) return text;
  std::string out;
  out.reserve(text.size() + 16);
  std::string_view rest = text;
  for (;;) {
    out.append(rest.substr(0, pos));
    append_utf8(out, 0xFFFD);
    rest.remove_prefix(pos + decode_utf8(rest, pos).size);
    pos = first_invalid_utf8(rest);
    if (pos == std::string_view::npos) break;
  }
  out.append(rest);
  return out;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += !is_continuation(c);
  return count;
}

}  // namespace parley
