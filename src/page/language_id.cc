// Which language a text is in, by CLD2's tables of letter groups.
#include <cstdio>
#include <string>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>

#include "page/draft.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

constexpr std::size_t kSample = std::size_t{1} << 14;  // tells as much as all of it
constexpr int kLeastBytes = 50;                        // of letters: fewer are guessed at
constexpr int kLeastShare = 60;                        // per cent of the text

}  // namespace

std::optional<std::string> language_of(std::string_view text) {
  std::size_t size = std::min(text.size(), kSample);
  while (size < text.size() && size > 0 && is_continuation(text[size])) --size;
  CLD2::Language three[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE};
  int shares[3] = {0, 0, 0};
  int letters = 0;
  bool reliable = false;
  const CLD2::Language found = CLD2::DetectLanguageSummary(text.data(), static_cast<int>(size), true, nullptr,
                                                           CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE, three,
                                                           shares, &letters, &reliable);
  if (found == CLD2::UNKNOWN_LANGUAGE || !reliable || letters < kLeastBytes) return std::nullopt;
  if (found != three[0] || shares[0] < kLeastShare) return std::nullopt;
  std::string code = CLD2::LanguageCode(found);
  // Codes that BCP 47 has replaced.
  if (code == "iw") code = "he";
  if (code == "jw") code = "jv";
  if (code == "mo") code = "ro";
  if (code.rfind("xx", 0) == 0 || code == "un") return std::nullopt;
  return code;
}

std::optional<std::string> language_tag(std::string_view declared) {
  std::string tag;
  std::size_t part = 0;
  std::size_t parts = 0;
  for (const char raw : declared.substr(0, 36)) {
    const char c = raw == '_' ? '-' : raw;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (c == '-') {
      if (part == 0) return std::nullopt;
      part = 0;
      ++parts;
    } else if (letter || (digit && parts > 0)) {
      if (++part > 8) return std::nullopt;
    } else {
      return std::nullopt;
    }
    tag += c;
  }
  const std::size_t first = tag.find('-') == std::string::npos ? tag.size() : tag.find('-');
  if (part == 0 || first < 2 || first > 3) return std::nullopt;
  for (std::size_t i = 0; i < first; ++i) {
    if (tag[i] >= 'A' && tag[i] <= 'Z') tag[i] = static_cast<char>(tag[i] + ('a' - 'A'));
  }
  return tag;
}

}  // namespace parley::page
