// From bytes to clean characters: encodings, entities, spaces, what cannot be seen.
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>

#include "page/draft.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

// --- encodings -------------------------------------------------------------------------------------

// The encodings' names that are not what they say, as browsers read them (WHATWG Encoding, 4.2).
std::string converter_name(std::string_view label) {
  std::string name = fold_case(trim(label));
  if (name == "iso-8859-1" || name == "latin1" || name == "latin-1" || name == "ascii" ||
      name == "us-ascii" || name == "iso8859-1" || name == "iso_8859-1" || name == "l1") {
    return "windows-1252";
  }
  if (name == "iso-8859-9") return "windows-1254";
  if (name == "gb2312" || name == "gbk" || name == "gb_2312-80" || name == "x-gbk") return "gb18030";
  if (name == "shift_jis" || name == "shift-jis" || name == "sjis" || name == "x-sjis") return "ibm-943";
  if (name == "euc-kr" || name == "ks_c_5601-1987" || name == "ksc5601") return "windows-949";
  if (name == "tis-620") return "windows-874";
  if (name == "utf-16") return "utf-16le";
  return name;
}

std::optional<std::string> convert(std::string_view bytes, const std::string& from) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(from.c_str(), &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  out.reserve(bytes.size() * 2);
  const char* source = bytes.data();
  const char* source_end = bytes.data() + bytes.size();
  std::array<UChar, 4096> units{};
  char32_t lead = 0;
  for (;;) {
    UChar* target = units.data();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &target, units.data() + units.size(), &source, source_end, nullptr, 1,
                   &status);
    for (const UChar* unit = units.data(); unit < target; ++unit) {
      const char32_t u = static_cast<char16_t>(*unit);
      if (lead != 0 && u >= 0xDC00 && u <= 0xDFFF) {
        append_utf8(out, 0x10000 + ((lead - 0xD800) << 10) + (u - 0xDC00));
        lead = 0;
        continue;
      }
      if (lead != 0) append_utf8(out, 0xFFFD);
      lead = u >= 0xD800 && u <= 0xDBFF ? u : 0;
      if (lead == 0) append_utf8(out, u);
    }
    if (status != U_BUFFER_OVERFLOW_ERROR) break;
  }
  if (lead != 0) append_utf8(out, 0xFFFD);
  ucnv_close(converter);
  if (U_FAILURE(status)) return std::nullopt;
  return out;
}

std::optional<std::string> detected_encoding(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector* detector = ucsdet_open(&status);
  if (U_FAILURE(status)) return std::nullopt;
  // The first quarter of a megabyte tells as much as all of it.
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size(), 1U << 18));
  ucsdet_setText(detector, bytes.data(), size, &status);
  ucsdet_enableInputFilter(detector, 1);
  const UCharsetMatch* match = ucsdet_detect(detector, &status);
  std::optional<std::string> found;
  if (U_SUCCESS(status) && match != nullptr) {
    const char* label = ucsdet_getName(match, &status);
    const std::int32_t confidence = ucsdet_getConfidence(match, &status);
    if (U_SUCCESS(status) && confidence >= 20) found = label;
  }
  ucsdet_close(detector);
  return found;
}

// How many bytes are no valid UTF-8, of all that are above ASCII.
bool mostly_utf8(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t pos = 0; pos < bytes.size();) {
    const CodePoint c = decode_utf8(bytes, pos);
    if (!c.valid) {
      ++bad;
    } else if (c.size > 1) {
      ++good;
    }
    pos += std::max<std::uint32_t>(c.size, 1);
  }
  return bad == 0 || good >= 2 * bad;
}

// UTF-16 without a byte-order mark: text in a Latin or Cyrillic script has a constant byte in every
// second place.
std::string_view utf16_by_shape(std::string_view bytes) {
  const std::size_t size = std::min<std::size_t>(bytes.size(), 4096) & ~std::size_t{1};
  if (size < 8) return {};
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < size; i += 2) {
    even += bytes[i] == '\0';
    odd += bytes[i + 1] == '\0';
  }
  if (odd * 2 > size * 7 / 10 && even * 20 < size) return "utf-16le";
  if (even * 2 > size * 7 / 10 && odd * 20 < size) return "utf-16be";
  return {};
}

// --- entities --------------------------------------------------------------------------------------

// HTML 4's names of Latin-1, U+00A0 to U+00FF in order.
constexpr const char* kLatin1Names[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",
    "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",
    "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12",
    "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil",
    "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde",
    "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",
    "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",
    "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",
    "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

struct NamedCharacter {
  const char* name;
  char32_t value;
};
constexpr NamedCharacter kOtherNames[] = {
    {"amp", '&'},         {"lt", '<'},          {"gt", '>'},          {"quot", '"'},
    {"apos", '\''},       {"OElig", 0x0152},    {"oelig", 0x0153},    {"Scaron", 0x0160},
    {"scaron", 0x0161},   {"Yuml", 0x0178},     {"fnof", 0x0192},     {"circ", 0x02C6},
    {"tilde", 0x02DC},    {"ensp", 0x2002},     {"emsp", 0x2003},     {"thinsp", 0x2009},
    {"zwnj", 0x200C},     {"zwj", 0x200D},      {"lrm", 0x200E},      {"rlm", 0x200F},
    {"ndash", 0x2013},    {"mdash", 0x2014},    {"lsquo", 0x2018},    {"rsquo", 0x2019},
    {"sbquo", 0x201A},    {"ldquo", 0x201C},    {"rdquo", 0x201D},    {"bdquo", 0x201E},
    {"dagger", 0x2020},   {"Dagger", 0x2021},   {"bull", 0x2022},     {"hellip", 0x2026},
    {"permil", 0x2030},   {"prime", 0x2032},    {"Prime", 0x2033},    {"lsaquo", 0x2039},
    {"rsaquo", 0x203A},   {"euro", 0x20AC},     {"trade", 0x2122},    {"rarr", 0x2192},
    {"larr", 0x2190},     {"minus", 0x2212},    {"infin", 0x221E},    {"ne", 0x2260},
    {"le", 0x2264},       {"ge", 0x2265},       {"hyphen", 0x2010},   {"dash", 0x2010},
    {"nbhy", 0x2011},     {"comma", ','},       {"period", '.'},      {"colon", ':'},
    {"lpar", '('},        {"rpar", ')'},        {"num", '#'},         {"percnt", '%'},
    {"dollar", '$'},      {"excl", '!'},        {"quest", '?'},       {"sol", '/'},
};

const std::unordered_map<std::string_view, char32_t>& entity_names() {
  static const auto names = [] {
    std::unordered_map<std::string_view, char32_t> out;
    char32_t value = 0xA0;
    for (const char* latin : kLatin1Names) out[latin] = value++;
    for (const NamedCharacter& other : kOtherNames) out[other.name] = other.value;
    return out;
  }();
  return names;
}

// References to U+0080 to U+009F mean what Windows-1252 has there (HTML, 13.2.5.80).
constexpr char32_t kWindows1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

struct Reference {
  char32_t value = 0;
  std::size_t size = 0;  // 0: none here
};

// The reference that begins at '&' `pos`; it must end with a semicolon, or the text means an ampersand.
Reference read_reference(std::string_view text, std::size_t pos) {
  const std::size_t semicolon = text.substr(0, std::min(text.size(), pos + 12)).find(';', pos);
  if (semicolon == std::string_view::npos || semicolon == pos + 1) return {};
  std::string_view name = text.substr(pos + 1, semicolon - pos - 1);
  if (name[0] != '#') {
    const auto found = entity_names().find(name);
    return found == entity_names().end() ? Reference{} : Reference{found->second, semicolon + 1 - pos};
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
  return {value, semicolon + 1 - pos};
}

// Joiners belong to words of scripts that join and to emoji; between Latin letters they are stray.
bool joins_nothing(std::string_view text, std::size_t pos, std::size_t size) {
  const CodePoint before = decode_utf8_before(text, pos);
  const CodePoint after = decode_utf8(text, pos + size);
  return before.value < 0x250 || after.value < 0x250 || before.size == 0 || after.size == 0;
}

}  // namespace

std::string to_utf8(std::string bytes, std::string_view declared) {
  const auto starts = [&](const char* mark, std::size_t size) {
    return bytes.size() >= size && std::memcmp(bytes.data(), mark, size) == 0;
  };
  const auto rest = [&](std::size_t size) { return std::string_view(bytes).substr(size); };
  if (starts("\xEF\xBB\xBF", 3)) return repair_utf8(bytes.substr(3));
  if (starts("\xFF\xFE", 2)) return convert(rest(2), "utf-16le").value_or(std::string());
  if (starts("\xFE\xFF", 2)) return convert(rest(2), "utf-16be").value_or(std::string());
  if (const std::string_view wide = utf16_by_shape(bytes); !wide.empty()) {
    return convert(bytes, std::string(wide)).value_or(std::string());
  }
  // Valid UTF-8 with a byte above ASCII is UTF-8, whatever the page says: chance makes none of it. The
  // exception are encodings that have only ASCII bytes, of which ISO-2022-JP alone is alive.
  const std::string name = converter_name(declared);
  if (is_valid_utf8(bytes) && name != "iso-2022-jp") return bytes;
  if (mostly_utf8(bytes) && (name.empty() || name == "utf-8" || name == "utf8" || name == "windows-1252")) {
    return repair_utf8(std::move(bytes));
  }
  if (!name.empty() && name != "utf-8" && name != "utf8" && name.rfind("utf-16", 0) != 0) {
    if (std::optional<std::string> text = convert(bytes, name)) return *std::move(text);
  }
  if (const std::optional<std::string> found = detected_encoding(bytes)) {
    if (std::optional<std::string> text = convert(bytes, converter_name(*found))) return *std::move(text);
  }
  return repair_utf8(std::move(bytes));
}

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
  const std::string_view sample = bytes.substr(0, 1U << 16);
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
      Reference found = read_reference(text, pos);
      if (found.size != 0) {
        put(found.value, {}, false);
        pos += found.size;
        continue;
      }
    }
    const CodePoint c = decode_utf8(text, pos);
    const std::uint32_t size = std::max<std::uint32_t>(c.size, 1);
    const bool joiner = c.value == 0x200C || c.value == 0x200D;
    put(c.value, text.substr(pos, size), joiner && joins_nothing(text, pos, size));
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
  if (bytes.size() > options.max_bytes) {
    return Error{Error::Code::too_large,
                 "the report has " + std::to_string(bytes.size()) + " bytes, over the limit of " +
                     std::to_string(options.max_bytes) + ": raise the limit or split the input",
                 options.source};
  }
  if (bytes.empty()) return Error{Error::Code::empty, "there is nothing in it", options.source};
  if (is_binary(bytes)) {
    return Error{Error::Code::not_text,
                 "binary data: give a text, an HTML page or JSON lines (unpack archives first)",
                 options.source};
  }
  return std::nullopt;
}

}  // namespace parley::page
