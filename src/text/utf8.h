// UTF-8: decoding, validation, repair. Unicode 15, 3.9, tables 3-7 and 3-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

/// What stands at one place of a text.
struct CodePoint {
  char32_t value = 0xFFFD;  ///< U+FFFD where the bytes are no code point
  std::uint32_t size = 0;   ///< bytes; of the maximal subpart when invalid; 0 at the text's end
  bool valid = false;
};

/// The code point that begins at byte `pos`. Never reads beyond the text. A place behind a lead byte
/// gives an invalid code point of one byte.
CodePoint decode_utf8(std::string_view text, std::size_t pos);

/// The code point that ends before byte `pos` (which must be a boundary or the end).
CodePoint decode_utf8_before(std::string_view text, std::size_t pos);

/// Appends `value`; U+FFFD for what is no scalar value.
void append_utf8(std::string& out, char32_t value);

/// Whether every byte is below 0x80.
bool is_ascii(std::string_view text);

bool is_valid_utf8(std::string_view text);
/// The first byte that is not part of valid UTF-8, or npos.
std::size_t first_invalid_utf8(std::string_view text);

/// The text with U+FFFD in place of each maximal subpart of an ill-formed sequence (Unicode 15, 3.9,
/// "U+FFFD substitution of maximal subparts", as browsers do it). Valid text comes back as it is.
std::string repair_utf8(std::string text);

/// How many code points valid UTF-8 has.
std::size_t count_code_points(std::string_view text);

/// Whether the byte continues a code point.
constexpr bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace parley
