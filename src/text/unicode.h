// What is known of characters: case, composition, spaces, invisible characters. All functions take
// and give valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace parley {

/// Normalisation form C. Text that is composed already (nearly all) is only looked at.
std::string nfc(std::string text);
bool is_nfc(std::string_view text);

/// Lower case, without a language's special rules; ASCII takes a short way.
std::string to_lower(std::string_view text);
/// For comparing without case: full case folding and NFC ("STRASSE" and "Straße" fold alike).
std::string fold_case(std::string_view text);

/// White space of any kind: Unicode's White_Space, no-break spaces included.
bool is_space(char32_t c);
/// White space that ends a line: LF, VT, FF, CR, NEL, LINE and PARAGRAPH SEPARATOR.
bool is_line_end(char32_t c);
/// Characters that take part in no word and are not seen: soft hyphen, zero-width space, word joiner,
/// byte-order mark, marks of writing direction, interlinear marks, and the C0 and C1 controls that are
/// no white space. Not the joiners ZWJ and ZWNJ, which belong to the spelling of Persian, Hindi and
/// emoji, nor variation selectors.
bool is_invisible(char32_t c);
bool is_letter(char32_t c);
bool is_digit(char32_t c);  ///< any script's decimal digit
bool is_upper(char32_t c);  ///< upper or title case
bool is_lower(char32_t c);

/// The text without its invisible characters.
std::string without_invisible(std::string_view text);
/// The spelling of a stretch of raw text: NFC, invisible characters out. What a word is looked up by.
std::string spelling(std::string_view text);

/// Each run of spaces, tabs, LF and CR as one space, none at either end: a stretch of a text told in one line.
std::string single_spaced(std::string_view text);

/// Without white space at either end.
std::string_view trim(std::string_view text);

}  // namespace parley
