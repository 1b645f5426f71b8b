#include "text/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include "text/utf8.h"

namespace parley {
namespace {

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

// Below U+0300 nothing combines and nothing composes with what stands before it, so text whose lead
// bytes all lie under 0xCC is in NFC as it stands.
bool is_plainly_nfc(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0xCC) return false;
  }
  return true;
}

const icu::Normalizer2* nfc_instance() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFCInstance(status);
  return U_SUCCESS(status) ? instance : nullptr;
}

UChar32 as_icu(char32_t c) { return static_cast<UChar32>(c); }

}  // namespace

bool is_nfc(std::string_view text) {
  if (is_plainly_nfc(text)) return true;
  const icu::Normalizer2* instance = nfc_instance();
  UErrorCode status = U_ZERO_ERROR;
  return instance == nullptr || instance->isNormalizedUTF8(piece(text), status);
}

std::string nfc(std::string text) {
  if (is_nfc(text)) return text;
  const icu::Normalizer2* instance = nfc_instance();
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  instance->normalizeUTF8(0, piece(text), sink, nullptr, status);
  return U_SUCCESS(status) ? out : text;
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  if (is_ascii(text)) {
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
    return out;
  }
  std::string lowered;
  lowered.reserve(text.size());
  icu::StringByteSink<std::string> sink(&lowered);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, piece(text), sink, nullptr, status);
  return U_SUCCESS(status) ? lowered : out;
}

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) return to_lower(text);
  std::string folded;
  folded.reserve(text.size());
  icu::StringByteSink<std::string> sink(&folded);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(0, piece(text), sink, nullptr, status);
  return nfc(U_SUCCESS(status) ? std::move(folded) : std::string(text));
}

bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  return u_isUWhiteSpace(as_icu(c)) != 0;
}

bool is_line_end(char32_t c) {
  return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_invisible(char32_t c) {
  if (c < 0x80) return (c < 0x20 && !(c >= 0x09 && c <= 0x0D)) || c == 0x7F;
  if (c < 0xA0) return c != 0x85;
  switch (c) {
    case 0x00AD:  // soft hyphen
    case 0x034F:  // combining grapheme joiner
    case 0x061C:  // Arabic letter mark
    case 0x180E:  // Mongolian vowel separator
    case 0x200B:  // zero-width space
    case 0x200E:  // left-to-right mark
    case 0x200F:  // right-to-left mark
    case 0xFEFF:  // byte-order mark
      return true;
    default:
      break;
  }
  return (c >= 0x202A && c <= 0x202E) ||  // embeddings and overrides
         (c >= 0x2060 && c <= 0x206F) ||  // word joiner, invisible operators, isolates
         (c >= 0xFFF9 && c <= 0xFFFB) ||  // interlinear annotation
         (c >= 0xE0000 && c <= 0xE001F);  // language tags
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return u_isUAlphabetic(as_icu(c)) != 0;
}

bool is_digit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return u_isdigit(as_icu(c)) != 0;
}

bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return u_isUUppercase(as_icu(c)) != 0 || u_istitle(as_icu(c)) != 0;
}

bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return u_isULowercase(as_icu(c)) != 0;
}

std::string without_invisible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    if (!is_invisible(c.value)) out.append(text.substr(pos, c.size));
    pos += c.size;
  }
  return out;
}

std::string spelling(std::string_view text) {
  // Out before composing: an invisible character may stand between a letter and its accent.
  return nfc(is_ascii(text) ? std::string(text) : without_invisible(text));
}

std::string single_spaced(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      space = !out.empty();
    } else {
      if (space) out += ' ';
      space = false;
      out += c;
    }
  }
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text, 0);
    if (!is_space(c.value)) break;
    text.remove_prefix(c.size);
  }
  while (!text.empty()) {
    const CodePoint c = decode_utf8_before(text, text.size());
    if (!is_space(c.value)) break;
    text.remove_suffix(c.size);
  }
  return text;
}

}  // namespace parley
