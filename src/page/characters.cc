// Clean characters: entities, spaces, what cannot be seen; and what is no text at all.
#include <algorithm>
#include <unordered_map>

#include "page/draft.h"
#include "page/entity_names.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

// References to U+0080 to U+009F mean what Windows-1252 has there (HTML, 13.2.5.80).
constexpr char32_t kWindows1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

// Names that a text has had, with what they stand for.
constexpr std::size_t kMostNames = 4000;  // there are some 2,100; a text with more has other things in mind
using KnownNames = std::unordered_map<std::string_view, std::string>;

struct Reference {
  char32_t value = 0;          // of a number
  std::string_view named;      // of a name
  std::size_t size = 0;        // 0: none here
};

// The reference that begins at '&' `pos`; it must end with a semicolon, or the text means an ampersand.
Reference read_reference(std::string_view text, std::size_t pos, KnownNames& known_names) {
  const std::size_t semicolon = text.substr(0, std::min(text.size(), pos + kLongestEntityName + 2)).find(';', pos);
  if (semicolon == std::string_view::npos || semicolon == pos + 1) return {};
  std::string_view name = text.substr(pos + 1, semicolon - pos - 1);
  if (name[0] != '#') {
    if (known_names.size() > kMostNames && known_names.count(name) == 0) return {};
    const auto [known, added] = known_names.emplace(name, std::string());
    if (added) known->second = named_characters(name);
    return known->second.empty() ? Reference{} : Reference{0, known->second, semicolon + 1 - pos};
  }
  name.remove_prefix(1);
  const bool hex = !name.empty() && (name[0] == 'x' || name[0] == 'X');
  if (hex) name.remove_prefix(1);
  if (name.empty()) return {};
  char32_t value = 0;
  for (const char c : name) {
    char32_t digit = 99;
    if (c >= '0' && c <= '9') digit = static_cast<char32_t>(c - '0');
    if (hex && c >= 'a' && c <= 'f') digit = static_cast<char32_t>(c - 'a' + 10);
    if (hex && c >= 'A' && c <= 'F') digit = static_cast<char32_t>(c - 'A' + 10);
    if (digit == 99) return {};
    value = value * (hex ? 16 : 10) + digit;
  }
  if (value >= 0x80 && value < 0xA0) value = kWindows1252[value - 0x80];
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = 0xFFFD;
  return {value, {}, semicolon + 1 - pos};
}

// Joiners belong to words of scripts that join and to emoji; between Latin letters they are stray.
bool joins_nothing(std::string_view text, std::size_t pos, std::size_t size) {
  const CodePoint before = decode_utf8_before(text, pos);
  const CodePoint after = decode_utf8(text, pos + size);
  return before.value < 0x250 || after.value < 0x250 || before.size == 0 || after.size == 0;
}

}  // namespace

bool is_binary(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 1024);
  const auto begins = [&](std::string_view magic) { return head.substr(0, magic.size()) == magic; };
  using namespace std::string_view_literals;
  for (const std::string_view magic :
       {"\x89PNG"sv, "GIF8"sv, "\xFF\xD8\xFF"sv, "%PDF-"sv, "PK\x03\x04"sv, "\x7F" "ELF"sv, "\x1F\x8B"sv,
        "BZh"sv, "\xFD" "7zXZ"sv, "\x28\xB5\x2F\xFD"sv, "7z\xBC\xAF"sv, "Rar!"sv, "SQLite format 3"sv,
        "RIFF"sv, "OggS"sv, "ID3"sv, "\xD0\xCF\x11\xE0"sv, "MZ\x90"sv, "\xCA\xFE\xBA\xBE"sv}) {
    if (begins(magic)) return true;
  }
  if (begins("\xFF\xFE") || begins("\xFE\xFF") || !utf16_by_shape(bytes).empty()) return false;
  // Text has no control characters but white space; one in fifty is more than damage.
  const std::string_view sample = bytes.substr(0, 1U << 14);
  std::size_t controls = 0;
  for (const char c : sample) {
    const auto byte = static_cast<unsigned char>(c);
    controls += (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0D) && byte != 0x1B) || byte == 0x7F;
  }
  return controls * 50 > sample.size();
}

std::string clean_characters(std::string_view text, bool entities) {
  std::string out;
  out.reserve(text.size());
  KnownNames known_names;
  const auto put = [&](char32_t value, std::string_view bytes, bool joiner_is_stray) {
    if (value == '\r' || is_line_end(value)) {
      out += '\n';
    } else if (is_space(value)) {
      out += value == '\t' ? '\t' : ' ';
    } else if (is_invisible(value) || ((value == 0x200C || value == 0x200D) && joiner_is_stray)) {
      return;
    } else if (bytes.empty()) {
      append_utf8(out, value);
    } else {
      out.append(bytes);
    }
  };
  for (std::size_t pos = 0; pos < text.size();) {
    const auto byte = static_cast<unsigned char>(text[pos]);
    if (byte >= 0x20 && byte < 0x7F && byte != '&') {  // the common case
      out += text[pos++];
      continue;
    }
    if (byte == '\r' && pos + 1 < text.size() && text[pos + 1] == '\n') {
      ++pos;
      continue;
    }
    if (byte == '&' && entities) {
      // "&amp;nbsp;" was escaped twice; "&amp;" alone is an ampersand.
      const Reference found = read_reference(text, pos, known_names);
      if (found.size != 0) {
        if (found.named.empty()) put(found.value, {}, false);
        for (std::size_t at = 0; at < found.named.size();) {
          const CodePoint c = decode_utf8(found.named, at);
          put(c.value, {}, false);
          at += std::max<std::uint32_t>(c.size, 1);
        }
        pos += found.size;
        continue;
      }
    }
    const CodePoint c = decode_utf8(text, pos);
    const std::uint32_t size = std::max<std::uint32_t>(c.size, 1);
    const bool joiner = c.value == 0x200C || c.value == 0x200D;
    // The HTML parser writes bytes that are no UTF-8 for a reference such as "&#99999999999999999999;".
    put(c.value, c.valid ? text.substr(pos, size) : std::string_view(), joiner && joins_nothing(text, pos, size));
    pos += size;
  }
  return nfc(std::move(out));
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n';
    words += !space && !inside;
    inside = !space;
  }
  return words;
}

std::optional<Error> check_bytes(std::string_view bytes, const ReadOptions& options) {
  const bool fixed = options.max_bytes > kLargestReport;
  const std::size_t limit = fixed ? kLargestReport : options.max_bytes;
  if (bytes.size() > limit) {
    return Error{Error::Code::too_large,
                 "the report has " + std::to_string(bytes.size()) + " bytes, over the limit of " + std::to_string(limit) +
                     (fixed ? ", which is fixed: split the input" : ": raise the limit or split the input"),
                 options.source};
  }
  if (bytes.empty()) return Error{Error::Code::empty, "there is nothing in it: fetch it again, or leave it out", options.source};
  if (is_binary(bytes)) {
    return Error{Error::Code::not_text,
                 "binary data: give a text, an HTML page or JSON lines (unpack archives first)",
                 options.source};
  }
  return std::nullopt;
}

}  // namespace parley::page
