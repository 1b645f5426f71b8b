#include "language/wordpiece.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>

#include "language/model_file.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::size_t kLongestRun = 100;  // code points, as in BERT

bool is_cjk(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) ||
         (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) ||
         (c >= 0x2B920 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

bool is_ascii_punctuation(char32_t c) {
  return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
}

bool stands_alone(char32_t c) {
  if (c < 0x80) return is_ascii_punctuation(c);
  return u_ispunct(static_cast<UChar32>(c)) || is_cjk(c);
}

bool is_dropped(char32_t c) {
  if (c == 0 || c == 0xFFFD) return true;
  if (c == '\t' || c == '\n' || c == '\r') return false;
  const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  return (mask & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK | U_GC_CO_MASK)) != 0;
}

/// Accents off: canonical decomposition without the nonspacing marks.
std::string without_accents(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&status);
  std::string out;
  std::vector<UChar> decomposed(32);
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = decode_utf8(word, at);
    at += std::max<std::uint32_t>(c.size, 1);
    if (is_dropped(c.value)) continue;
    const auto value = static_cast<UChar32>(c.value);
    UErrorCode own = U_ZERO_ERROR;
    const std::int32_t length =
        U_SUCCESS(status) ? unorm2_getDecomposition(nfd, value, decomposed.data(),
                                                    static_cast<std::int32_t>(decomposed.size()), &own)
                          : -1;
    if (length < 0 || U_FAILURE(own)) {
      if (u_charType(value) != U_NON_SPACING_MARK) append_utf8(out, c.value);
      continue;
    }
    for (std::int32_t i = 0; i < length;) {
      UChar32 part = 0;
      U16_NEXT(decomposed.data(), i, length, part);
      if (u_charType(part) != U_NON_SPACING_MARK) append_utf8(out, static_cast<char32_t>(part));
    }
  }
  return out;
}

}  // namespace

Result<WordPiece> WordPiece::make(std::string_view vocabulary, const ModelFile& file) {
  WordPiece out;
  Piece id = 0;
  while (!vocabulary.empty()) {
    const std::size_t end = vocabulary.find('\n');
    std::string_view line = vocabulary.substr(0, end);
    vocabulary = end == std::string_view::npos ? std::string_view{} : vocabulary.substr(end + 1);
    const bool inside = line.size() > 2 && line.starts_with("##");
    if (inside) line.remove_prefix(2);
    (inside ? out.inside_ : out.first_).emplace(line, id++);
    out.longest_ = std::max(out.longest_, line.size());
  }
  out.size_ = id;
  const auto special = [&out](std::string_view name, Piece& piece) {
    const auto found = out.first_.find(name);
    if (found == out.first_.end()) return false;
    piece = found->second;
    return true;
  };
  if (!special("[CLS]", out.cls_) || !special("[SEP]", out.sep_) || !special("[UNK]", out.unknown_)) {
    return file.damaged("its vocabulary lacks [CLS], [SEP] or [UNK]");
  }
  return out;
}

void WordPiece::append(std::string_view word, std::size_t most, std::vector<Piece>& out) const {
  const std::size_t before = out.size();
  std::string changed;
  std::string_view text = word;
  if (is_ascii(word)) {
    bool as_it_is = true;
    for (char c : word) {
      as_it_is = as_it_is && !(c >= 'A' && c <= 'Z') && static_cast<unsigned char>(c) > ' ' && c != 0x7F;
    }
    if (!as_it_is) {
      for (char c : word) {
        if ((static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) continue;
        changed += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      }
      text = changed;
    }
  } else {
    changed = to_lower(without_accents(word));
    text = changed;
  }

  std::size_t run = 0;
  const auto end_run = [&](std::size_t end) {
    if (end > run && out.size() - before < most) {
      append_run(text.substr(run, end - run), most - (out.size() - before), out);
    }
  };
  for (std::size_t at = 0; at < text.size() && out.size() - before < most;) {
    const CodePoint c = decode_utf8(text, at);
    const std::size_t next = at + std::max<std::uint32_t>(c.size, 1);
    if (is_space(c.value)) {
      end_run(at);
      run = next;
    } else if (stands_alone(c.value)) {
      end_run(at);
      run = at;
      end_run(next);
      run = next;
    }
    at = next;
  }
  end_run(text.size());
  if (out.size() == before) out.push_back(unknown_);
}

void WordPiece::append_run(std::string_view run, std::size_t most, std::vector<Piece>& out) const {
  const std::size_t before = out.size();
  if (run.size() > kLongestRun && count_code_points(run) > kLongestRun) {
    out.push_back(unknown_);
    return;
  }
  for (std::size_t at = 0; at < run.size();) {
    const auto& pieces = at == 0 ? first_ : inside_;
    std::size_t size = std::min(longest_, run.size() - at);
    auto found = pieces.end();
    for (; size > 0; --size) {
      if (at + size < run.size() && is_continuation(run[at + size])) continue;
      found = pieces.find(run.substr(at, size));
      if (found != pieces.end()) break;
    }
    if (found == pieces.end()) {
      out.resize(before);
      out.push_back(unknown_);
      return;
    }
    out.push_back(found->second);
    at += size;
  }
  if (out.size() - before > most) out.resize(before + most);
}

std::uint8_t case_of(std::string_view word) {
  std::size_t letters = 0;
  std::size_t upper = 0;
  bool first_upper = false;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = decode_utf8(word, at);
    at += std::max<std::uint32_t>(c.size, 1);
    if (!is_letter(c.value)) continue;
    const bool is_up = c.value < 0x80 ? c.value <= 'Z' : u_isUUppercase(static_cast<UChar32>(c.value)) != 0;
    if (letters == 0) first_upper = is_up;
    ++letters;
    upper += is_up ? 1 : 0;
  }
  if (upper == 0) return 0;
  if (upper == letters && letters > 1) return 2;
  return first_upper && upper == 1 ? 1 : 3;
}

}  // namespace parley
