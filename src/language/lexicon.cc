#include "language/lexicon.h"

#include <algorithm>
#include <charconv>

#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {

std::size_t SortedLines::lower_bound(std::string_view prefix) const {
  // Halves the text, then goes to the next line's begin. [low, high) are begins of lines.
  std::size_t low = 0;
  std::size_t high = text_.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    std::size_t begin = middle == 0 ? std::string_view::npos : text_.rfind('\n', middle - 1);
    begin = begin == std::string_view::npos ? 0 : begin + 1;
    begin = std::max(begin, low);
    std::size_t end = text_.find('\n', begin);
    end = end == std::string_view::npos ? text_.size() : end + 1;
    if (text_.substr(begin, end - begin) < prefix) {
      low = end;
    } else {
      high = begin;
    }
  }
  return low;
}

std::string_view SortedLines::find(std::string_view key, std::string_view second) const {
  std::string prefix;
  prefix.reserve(key.size() + second.size() + 2);
  prefix.append(key).append(1, '\t').append(second).append(1, '\t');
  const std::size_t at = lower_bound(prefix);
  if (!text_.substr(at).starts_with(prefix)) return {};
  const std::size_t begin = at + prefix.size();
  const std::size_t end = text_.find('\n', begin);
  return text_.substr(begin, end == std::string_view::npos ? end : end - begin);
}

std::vector<std::string_view> SortedLines::find_all(std::string_view key) const {
  std::vector<std::string_view> out;
  const std::string prefix = std::string(key) + '\t';
  std::size_t at = lower_bound(prefix);
  while (text_.substr(at).starts_with(prefix)) {
    std::size_t end = text_.find('\n', at);
    if (end == std::string_view::npos) end = text_.size();
    const std::string_view line = text_.substr(at, end - at);
    const std::size_t tab = line.find('\t', prefix.size());
    if (tab != std::string_view::npos) out.push_back(line.substr(tab + 1));
    at = std::min(end + 1, text_.size());
  }
  return out;
}

LemmaRule LemmaRule::parse(std::string_view script) {
  LemmaRule rule;
  if (script.starts_with('*')) {
    rule.whole_ = true;
    rule.prefix_ = script.substr(1);
    return rule;
  }
  std::string_view fields[5];
  std::size_t n = 0;
  for (std::string_view rest = script; n < 5; ++n) {
    const std::size_t at = n == 4 ? std::string_view::npos : rest.find(';');
    fields[n] = rest.substr(0, at);
    if (at == std::string_view::npos) {
      ++n;
      break;
    }
    rest.remove_prefix(at + 1);
  }
  if (n != 5) return rule;
  const auto number = [](std::string_view s, std::uint32_t& out) {
    return std::from_chars(s.data(), s.data() + s.size(), out).ec == std::errc();
  };
  LemmaRule read;
  if (!number(fields[1], read.prefix_cut_) || !number(fields[3], read.suffix_cut_)) return rule;
  read.lower_ = fields[0] != "k";
  read.prefix_ = fields[2];
  read.suffix_ = fields[4];
  return read;
}

std::string LemmaRule::apply(std::string_view form) const {
  if (whole_) return prefix_;
  const std::string base = lower_ ? to_lower(form) : std::string(form);
  std::size_t begin = 0;
  std::size_t end = base.size();
  for (std::uint32_t i = 0; i < prefix_cut_; ++i) {
    if (begin >= end) return base;
    do ++begin;
    while (begin < end && is_continuation(base[begin]));
  }
  for (std::uint32_t i = 0; i < suffix_cut_; ++i) {
    if (end <= begin) return base;
    do --end;
    while (end > begin && is_continuation(base[end]));
  }
  std::string out = prefix_ + base.substr(begin, end - begin) + suffix_;
  return out.empty() ? base : out;
}

void SenseLexicon::append(std::string_view list, std::vector<std::uint32_t>& out) const {
  while (!list.empty()) {
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(list.data(), list.data() + list.size(), index);
    if (error != std::errc()) return;
    if (index < senses_) out.push_back(index);
    list.remove_prefix(static_cast<std::size_t>(end - list.data()));
    if (!list.empty()) list.remove_prefix(1);
  }
}

std::vector<std::uint32_t> SenseLexicon::candidates(std::string_view lemma, Upos upos) const {
  std::string_view pos = "x";
  if (upos == Upos::VERB || upos == Upos::AUX) pos = "v";
  else if (upos == Upos::NOUN || upos == Upos::PROPN) pos = "n";
  else if (upos == Upos::ADJ) pos = "j";
  else if (upos == Upos::ADV) pos = "r";
  std::vector<std::uint32_t> out;
  append(lines_.find(lemma, pos), out);
  if (out.empty()) {
    for (std::string_view list : lines_.find_all(lemma)) append(list, out);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
  }
  return out;
}

}  // namespace parley
