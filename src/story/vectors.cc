#include "story/vectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>

#include "story/words.h"
#include "text/hash.h"

namespace parley::story {

Result<Background> Background::load(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return Error{Error::Code::not_found, "cannot be read; is Parley's data folder whole?", file.string()};
  Background out;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
    const std::string_view kind = std::string_view(line).substr(0, first);
    const std::string_view value =
        first == std::string::npos ? std::string_view() : std::string_view(line).substr(first + 1, second == std::string::npos ? second : second - first - 1);
    const auto whole = [](std::string_view text, auto& target) {
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), target);
      return error == std::errc() && end == text.data() + text.size();
    };
    bool good = !value.empty();
    if (kind == "documents") {
      good = good && whole(value, out.documents_);
    } else if (kind == "least") {
      good = good && whole(value, out.least_);
    } else if (kind == "ending") {
      out.endings_.emplace_back(value);
    } else if (kind == "stem" && second != std::string::npos) {
      std::uint32_t count = 0;
      good = good && whole(std::string_view(line).substr(second + 1), count);
      out.counts_[static_cast<std::uint32_t>(hash64(value))] += count;
    } else {
      good = false;
    }
    if (!good) {
      return Error{Error::Code::malformed, "expected documents, least, ending or stem, a tab and a value",
                   fmt::format("{}:{}", file.string(), number)};
    }
  }
  if (out.documents_ == 0) return Error{Error::Code::malformed, "says nothing of how many documents were counted", file.string()};
  return out;
}

std::uint32_t Background::term(std::string_view word) const {
  for (const std::string& ending : endings_) {
    if (word.size() >= ending.size() + least_ && word.ends_with(ending)) {
      word.remove_suffix(ending.size());
      break;
    }
  }
  return static_cast<std::uint32_t>(hash64(word));
}

std::uint32_t Background::count(std::uint32_t term) const {
  const auto found = counts_.find(term);
  return found == counts_.end() ? 0 : found->second;
}

namespace {

using Counts = std::unordered_map<std::uint32_t, std::uint32_t>;

void count_words(Counts& counts, std::string_view text, const Background& background) {
  for_each_word(text, [&](std::string_view word, bool) { ++counts[background.term(word)]; });
}

void put(std::vector<TermCount>& out, const Counts& counts, Field field) {
  std::vector<TermCount> list;
  list.reserve(counts.size());
  for (const auto& [term, count] : counts) {
    list.push_back({term, field, static_cast<std::uint8_t>(std::min<std::uint32_t>(count, 255))});
  }
  const auto before = [](const TermCount& a, const TermCount& b) {
    return a.count != b.count ? a.count > b.count : a.term < b.term;
  };
  if (list.size() > kMostTerms) {
    std::nth_element(list.begin(), list.begin() + kMostTerms, list.end(), before);
    list.resize(kMostTerms);
  }
  std::sort(list.begin(), list.end(), [](const TermCount& a, const TermCount& b) { return a.term < b.term; });
  out.insert(out.end(), list.begin(), list.end());
}

bool read_section(SectionKind kind) {
  return kind != SectionKind::label && kind != SectionKind::boilerplate && kind != SectionKind::byline &&
         kind != SectionKind::dateline;
}

}  // namespace

std::string_view title_of(const Document& document) {
  constexpr std::size_t kMostTitle = 200;
  for (const Section& section : document.sections) {
    if (section.kind == SectionKind::headline) return document.slice(section.span);
  }
  if (document.title && !document.title->empty()) return *document.title;
  for (const Section& section : document.sections) {
    if (!read_section(section.kind)) continue;
    std::string_view text = document.slice(section.span);
    text = text.substr(0, std::min(text.find('\n'), text.size()));
    if (text.size() > kMostTitle) text = text.substr(0, text.find(' ', kMostTitle));
    return text;
  }
  return {};
}

std::vector<TermCount> count_terms(const Record& record, const Background& background) {
  const Document& document = record.document;
  std::vector<TermCount> out;
  Counts counts;
  count_words(counts, title_of(document), background);
  put(out, counts, Field::title);
  counts.clear();
  for (const Section& section : document.sections) {
    if (read_section(section.kind)) count_words(counts, document.slice(section.span), background);
  }
  put(out, counts, Field::body);
  counts.clear();
  // Names: the words of each entity's name, as often as it is mentioned by any name.
  Counts one;
  for (const Entity& entity : record.entities) {
    std::uint32_t named = 0;
    for (const EntityMention& mention : entity.mentions) {
      named += mention.form == MentionForm::name || mention.form == MentionForm::adjective;
    }
    if (named == 0) continue;
    one.clear();
    count_words(one, entity.name, background);
    for (const auto& [term, count] : one) counts[term] += named;
  }
  put(out, counts, Field::names);
  return out;
}

std::string pack(const std::vector<TermCount>& terms) {
  std::string out;
  out.reserve(terms.size() * 6);
  for (const TermCount& t : terms) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>((t.term >> shift) & 0xFF);
    out += static_cast<char>(t.field);
    out += static_cast<char>(t.count);
  }
  return out;
}

std::vector<TermCount> unpack(std::string_view bytes) {
  std::vector<TermCount> out;
  out.reserve(bytes.size() / 6);
  for (std::size_t at = 0; at + 6 <= bytes.size(); at += 6) {
    TermCount t;
    for (std::size_t k = 0; k < 4; ++k) {
      t.term |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + k])) << (8 * k);
    }
    t.field = static_cast<Field>(std::min<unsigned char>(static_cast<unsigned char>(bytes[at + 4]), 2));
    t.count = static_cast<std::uint8_t>(bytes[at + 5]);
    out.push_back(t);
  }
  return out;
}

void add(Vector& a, const Vector& b, float factor) {
  Vector out;
  out.reserve(a.size() + b.size());
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < a.size() || k < b.size()) {
    if (k == b.size() || (i < a.size() && a[i].key < b[k].key)) {
      out.push_back(a[i++]);
    } else if (i == a.size() || b[k].key < a[i].key) {
      out.push_back({b[k].key, factor * b[k].value});
      ++k;
    } else {
      const float value = a[i].value + factor * b[k].value;
      if (std::abs(value) > 1e-7F) out.push_back({a[i].key, value});
      ++i;
      ++k;
    }
  }
  a = std::move(out);
}

}  // namespace parley::story
