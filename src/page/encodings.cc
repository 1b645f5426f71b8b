// From bytes in any usual encoding to UTF-8.
//
// Idea: what is certain goes first: a byte-order mark, zeros in every second place, valid UTF-8. Then what was
// declared, if what it gives looks like text. Then ICU's guesses, the first that looks like text. Text looks like
// text when it has no control characters or unknown ones where letters should be, no capitals in the middle of
// words, and its ideographs do not stand one by one between Latin letters. Example: bytes of windows-1251 on a
// page that says iso-8859-1 would give words of accented letters only, so the guess windows-1251 is taken.
// Counter-example: a French page that says iso-8859-1 has an accent in a word here and there. Cost: linear; only
// what is no UTF-8 is looked at twice. Covered by tests/page/encodings_test.cc. Sources: WHATWG Encoding; ICU.
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

constexpr std::size_t kSample = std::size_t{1} << 16;

struct Encoding {
  std::string name;       // the standard's
  std::string converter;  // ICU's
};

// What a label means; without lists of labels, itself.
Encoding encoding_of(std::string_view label, const Cues* cues) {
  Encoding out;
  out.name = fold_case(trim(label));
  if (cues == nullptr || cues->encodings.empty()) {
    out.converter = out.name;
    return out;
  }
  const auto found = cues->encodings.find(out.name);
  if (found == cues->encodings.end()) return {};
  out.name = found->second;
  const auto converter = cues->converters.find(out.name);
  out.converter = converter == cues->converters.end() ? out.name : converter->second;
  return out;
}

std::optional<std::string> convert(std::string_view bytes, const std::string& from) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(from.c_str(), &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
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

bool is_ideograph(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF);
}
bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// What speaks against a text having been read in the right encoding, from 0 (nothing) to 1.
double oddity(std::string_view text) {
  std::size_t foreign = 0;    // characters above ASCII
  std::size_t odd = 0;
  std::size_t latin = 0;      // Latin letters above ASCII
  std::size_t ascii = 0;      // ASCII letters
  char32_t previous = ' ';
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    pos += std::max<std::uint32_t>(c.size, 1);
    const char32_t v = c.value;
    ascii += is_ascii_letter(v);
    if (v >= 0x80) {
      ++foreign;
      latin += v < 0x250 && is_letter(v);
      const bool unknown = v == 0xFFFD || (v < 0xA0) || (v >= 0xE000 && v < 0xF900);
      // "дЕ": a capital behind a small letter; "Mo中day": an ideograph inside a Latin word.
      const bool capital = is_upper(v) && previous >= 0x80 && is_lower(previous);
      const bool inside = is_ideograph(v) && is_ascii_letter(previous);
      // Box drawings and letters of the private use are no neighbours of letters.
      const bool drawing = v >= 0x2500 && v < 0x2600 && is_letter(previous);
      odd += unknown || capital || inside || drawing;
    } else if (is_ascii_letter(v) && is_ideograph(previous)) {
      ++odd;
    }
    previous = v;
  }
  if (foreign == 0) return 0;
  double out = static_cast<double>(odd) / static_cast<double>(foreign);
  // No language is written in accented letters alone.
  if (latin * 2 > ascii + latin && latin > 8) out += 0.5;
  return std::min(out, 1.0);
}

struct Guess {
  std::string label;
  int confidence = 0;
};

std::vector<Guess> guesses(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector* detector = ucsdet_open(&status);
  if (U_FAILURE(status)) return {};
  ucsdet_setText(detector, bytes.data(), static_cast<std::int32_t>(std::min(bytes.size(), 4 * kSample)), &status);
  ucsdet_enableInputFilter(detector, 1);
  std::int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector, &count, &status);
  std::vector<Guess> out;
  for (std::int32_t i = 0; U_SUCCESS(status) && i < count && i < 8; ++i) {
    const char* label = ucsdet_getName(matches[i], &status);
    const std::int32_t confidence = ucsdet_getConfidence(matches[i], &status);
    if (U_SUCCESS(status) && confidence >= 10) out.push_back({label, confidence});
  }
  ucsdet_close(detector);
  return out;
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

// Replaced at the sample's edge, since a character may be cut there.
std::string_view sample_of(std::string_view bytes) { return bytes.substr(0, std::min(bytes.size(), kSample)); }

}  // namespace

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

std::string to_utf8(std::string bytes, std::string_view declared, const Cues* cues) {
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
  const Encoding said = encoding_of(declared, cues);
  if (is_valid_utf8(bytes) && said.name != "iso-2022-jp") return bytes;
  const bool single = said.name == "windows-1252" || said.name == "iso-8859-1";
  if (mostly_utf8(bytes) && (said.name.empty() || said.name == "utf-8" || single)) return repair_utf8(std::move(bytes));
  const bool usable = !said.name.empty() && said.name != "utf-8" && said.name.rfind("utf-16", 0) != 0;
  std::string best;
  double least = 2;
  if (usable) {
    if (std::optional<std::string> text = convert(sample_of(bytes), said.converter)) {
      best = said.converter;
      // A declaration is worth more than a guess.
      least = oddity(*text) - 0.1;
    }
  }
  if (least > 0.02) {
    for (const Guess& guess : guesses(bytes)) {
      const Encoding found = encoding_of(guess.label, cues);
      if (found.name.empty() || found.name == "utf-8" || found.name.rfind("utf-", 0) == 0) continue;
      const std::optional<std::string> text = convert(sample_of(bytes), found.converter);
      if (!text) continue;
      const double against = oddity(*text) + (100 - guess.confidence) * 0.002;
      if (against < least) {
        least = against;
        best = found.converter;
      }
    }
  }
  if (best.empty() && !mostly_utf8(bytes)) best = "windows-1252";
  if (!best.empty()) {
    if (std::optional<std::string> text = convert(bytes, best)) return *std::move(text);
  }
  return repair_utf8(std::move(bytes));
}

}  // namespace parley::page
