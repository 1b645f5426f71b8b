#include "page/lineroles.h"

#include <algorithm>
#include <utility>

#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

// Longer lines than these are prose whatever they begin with.
constexpr std::size_t kLongestFurniture = 400;  // bytes
constexpr std::size_t kLongestMarkedLine = 300;

std::size_t count_phrase_words(std::string_view text) { return count_words(text); }

char32_t after(std::string_view text, std::size_t pos) {
  while (pos < text.size() && text[pos] == ' ') ++pos;
  return decode_utf8(text, pos).value;
}

bool is_separator(char32_t c) {
  return c == ':' || c == '|' || c == '/' || c == '-' || c == 0x2013 || c == 0x2014;
}

bool is_bracketed(std::string_view text) {
  return !text.empty() && (text.front() == '(' || text.front() == '[');
}

// Where decoration before a line's first letter ends: "(Reporting by" has its cue inside the bracket.
std::size_t first_letter(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    if (is_letter(c.value) || is_digit(c.value) || c.value == 0x00A9) return pos;
    pos += c.size;
  }
  return text.size();
}

// Whether the line opens with one of the phrases. One word alone opens prose as well ("Sources say
// …"), so it must be set off: by a colon, a bar, a bracket, a number or the line's end.
bool opens_with(const PhraseSet& phrases, std::string_view text, const std::string& word) {
  const std::size_t end = phrases.prefix(text, word);
  if (end == 0) return false;
  const std::size_t begin = std::min(first_letter(text), end);
  if (count_phrase_words(text.substr(begin, end - begin)) > 1) return true;
  const char32_t next = after(text, end);
  return end >= text.size() || is_bracketed(text) || is_separator(next) || is_digit(next) ||
         next == 0x00A9 || decode_utf8(text, begin).value == 0x00A9;
}

bool contains_any(const std::vector<std::string>& marks, const std::string& folded) {
  return std::any_of(marks.begin(), marks.end(), [&](const std::string& mark) {
    return folded.find(mark) != std::string::npos;
  });
}

// Marks count at the end of a line or in brackets of it, not in the middle of a sentence.
bool has_caption_mark(std::string_view text, const Cues& cues) {
  const std::string folded = fold_case(text);
  const bool colon = folded.find(':') != std::string::npos;
  const bool bracketed = is_bracketed(text);
  // Nearly all marks are looked for at the end only.
  const std::string_view tail = std::string_view(folded).substr(folded.size() > 64 ? folded.size() - 64 : 0);
  for (const std::string& mark : cues.caption_marks) {
    if (mark.back() == ':' ? !colon : !bracketed && mark.size() <= 40 && tail.find(mark) == std::string_view::npos) continue;
    const std::size_t at = folded.rfind(mark);
    if (at == std::string::npos) continue;
    if (folded.size() - at - mark.size() <= 24 || is_bracketed(text) || mark.back() == ':') return true;
  }
  return false;
}

// A number in front belongs to labels such as "4 min read".
std::string_view without_leading_number(std::string_view text) {
  std::size_t pos = 0;
  while (pos < text.size() && text[pos] >= '0' && text[pos] <= '9') ++pos;
  return pos == 0 ? text : trim(text.substr(pos));
}

// A date after an opening, or a line that is a date from end to end.
std::optional<LineRole> date_role(std::string_view text, const Cues& cues) {
  if (text.find_first_of("0123456789") == std::string_view::npos) return std::nullopt;
  std::size_t opening = 0;
  Role role = Role::published;
  const std::size_t updated = cues.updated.prefix(text);
  const std::size_t published = cues.published.prefix(text);
  if (updated > 0 || published > 0) {
    opening = std::max(updated, published);
    if (updated > published) role = Role::updated;
  }
  const std::optional<FoundDate> date = parse_date(text.substr(opening), cues);
  if (!date) return std::nullopt;
  const std::string_view rest = trim(text.substr(opening + date->end));
  // "3 May 2021 was the day …" is prose; a time, a zone or "5 min read" may follow.
  if (opening == 0 && count_words(rest) > 6) return std::nullopt;
  if (opening > 0 && count_words(rest) > 14) return std::nullopt;
  if (opening == 0 && !rest.empty() && is_lower(decode_utf8(rest, 0).value)) return std::nullopt;
  return LineRole{role, static_cast<std::uint32_t>(opening), date->iso, {}};
}

// "Why this matters: …", "Why it matters for the region: …": the bytes to the colon's end, or 0.
std::uint32_t inline_cue(const PhraseSet& headings, std::string_view text, const std::string& word) {
  const std::size_t end = headings.prefix(text, word);
  if (end == 0) return 0;
  std::size_t pos = end;
  std::size_t words = 0;
  while (pos < text.size() && words < 7) {
    const CodePoint c = decode_utf8(text, pos);
    if (c.value == '.' || c.value == ',' || c.value == ';') return 0;
    const bool dash = (c.value == '-' || c.value == 0x2013 || c.value == 0x2014) && words <= 1;
    const bool question = c.value == '?' && words == 0;
    if (c.value == ':' || question || (dash && (text[pos - 1] == ' ' || c.value == 0x2014))) {
      pos += c.size;
      if (question && pos < text.size() && text[pos] == ':') ++pos;
      return pos < text.size() ? static_cast<std::uint32_t>(pos) : 0;
    }
    if (c.value == ' ') ++words;
    pos += c.size;
  }
  return 0;
}

bool all_upper(std::string_view word) {
  bool letters = false;
  for (std::size_t pos = 0; pos < word.size();) {
    const CodePoint c = decode_utf8(word, pos);
    if (is_lower(c.value)) return false;
    letters = letters || is_upper(c.value);
    pos += c.size;
  }
  return letters;
}

// "18:02 GMT", "6.02pm": a time of day and nothing else, as entries of live reports are headed.
bool is_time_of_day(std::string_view text, const Cues& cues) {
  if (text.size() > 24) return false;
  std::size_t pos = 0;
  const auto number = [&] {
    const std::size_t begin = pos;
    while (pos < text.size() && pos - begin < 2 && text[pos] >= '0' && text[pos] <= '9') ++pos;
    return pos > begin;
  };
  if (!number() || pos >= text.size() || (text[pos] != ':' && text[pos] != '.')) return false;
  if (++pos; !number()) return false;
  std::string rest = fold_case(trim(text.substr(pos)));
  rest.erase(std::remove(rest.begin(), rest.end(), '.'), rest.end());
  if (rest.rfind("am", 0) == 0 || rest.rfind("pm", 0) == 0) rest.erase(0, 2);
  rest = cue_key(rest);
  return rest.empty() || cues.zones.count(rest) > 0;
}

// Whom to ask: an address in a line that is no sentence of the report.
bool is_contact(std::string_view text) {
  if (text.substr(0, 2) == "((") return true;
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text[at - 1] == ' ' || count_words(text) > 20) return false;
  std::string_view host = text.substr(at + 1);
  host = host.substr(0, host.find_first_of(" ,;)"));
  const std::size_t dot = host.find('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < host.size();
}

bool has_letter_or_digit(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    if (is_letter(c.value) || is_digit(c.value)) return true;
    pos += std::max<std::uint32_t>(c.size, 1);
  }
  return false;
}

// Splits at any of the bytes, and at words of `joiners`.
std::vector<std::string> split_names(std::string_view text, const Cues& cues) {
  std::vector<std::string> parts;
  std::string part;
  const auto flush = [&] {
    const std::string_view trimmed = trim(part);
    if (!trimmed.empty()) parts.emplace_back(trimmed);
    part.clear();
  };
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t end = text.find(' ', pos);
    if (end == std::string_view::npos) end = text.size();
    std::string_view word = text.substr(pos, end - pos);
    pos = end + 1;
    if (word.empty()) continue;
    if (cues.byline_joiners.matches(word) || word == "&" || word == "|" || word == "-" || word == "–" ||
        word == "—" || word == "/" || word == "·" || word == "•") {
      flush();
      continue;
    }
    const bool ends = word.back() == ',' || word.back() == ';' || word.back() == '|';
    if (ends) word.remove_suffix(1);
    if (!part.empty()) part += ' ';
    part += word;
    if (ends) flush();
  }
  flush();
  return parts;
}

// "Jane Doe in Geneva" without the place.
std::string_view without_place(std::string_view name, const Cues& cues) {
  for (std::size_t space = name.find(' '); space != std::string_view::npos;
       space = name.find(' ', space + 1)) {
    std::string_view rest = name.substr(space + 1);
    const std::size_t end = cues.byline_places.prefix(rest);
    if (end > 0 && end < rest.size() && is_upper(after(rest, end))) return name.substr(0, space);
  }
  return name;
}

}  // namespace

bool ends_like_sentence(std::string_view text) {
  constexpr int kMostSigns = 16;  // that may follow a full stop: closing quotes and brackets
  std::size_t pos = text.size();
  for (int signs = 0; pos > 0 && signs < kMostSigns; ++signs) {
    const CodePoint c = decode_utf8_before(text, pos);
    pos -= std::max<std::uint32_t>(c.size, 1);
    switch (c.value) {
      case '.': case '!': case '?': case 0x2026: case 0x3002: case ':': case 0xFF01: case 0xFF1F:
      case 0x061F: case 0x06D4: case 0x0964:
        return true;
      case '"': case '\'': case ')': case ']': case 0x201D: case 0x2019: case 0x00BB: case 0x203A:
      case 0x300D: case 0x201C:
        continue;
      default:
        return false;
    }
  }
  return false;
}

bool is_person_name(std::string_view text, const Cues& cues) {
  text = trim(text);
  if (text.size() < 4 || text.size() > 60) return false;
  std::size_t words = 0;
  std::size_t capitalised = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t end = text.find(' ', pos);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view word = text.substr(pos, end - pos);
    pos = end + 1;
    if (word.empty()) continue;
    ++words;
    const bool letter = word.size() == 2 && word[1] == '.';  // "A.": an initial, no article
    if (!letter && cues.not_names.matches(word) && !cues.name_particles.matches(word)) return false;
    for (std::size_t i = 0; i < word.size();) {
      const CodePoint c = decode_utf8(word, i);
      const bool initial = c.value == '.' && (i <= 2 || i + 1 == word.size()) && word.size() <= 5;
      if (!is_letter(c.value) && c.value != '-' && c.value != '\'' && c.value != 0x2019 && !initial) {
        return false;
      }
      i += c.size;
    }
    if (is_upper(decode_utf8(word, 0).value)) {
      ++capitalised;
    } else if (!cues.name_particles.matches(word)) {
      return false;
    }
  }
  return words >= 2 && words <= 5 && capitalised >= 2 && capitalised <= 4;
}

std::vector<std::string> names_in_byline(std::string_view text, const Cues& cues) {
  std::vector<std::string> names;
  std::vector<std::string> agencies;
  for (const std::string& part : split_names(text, cues)) {
    const std::string_view name = without_place(part, cues);
    if (is_person_name(name, cues)) {
      names.emplace_back(name);
    } else if (cues.agencies.matches(part)) {
      agencies.push_back(part);
    } else {
      // A role closes its part: "senior correspondent"; a place may follow names.
      const std::size_t space = part.rfind(' ');
      const std::string_view last =
          space == std::string::npos ? std::string_view(part) : std::string_view(part).substr(space + 1);
      const bool role =
          cues.byline_roles.matches(last) || (!names.empty() && cues.byline_roles.prefix(part) > 0);
      const bool place = !names.empty() && is_upper(decode_utf8(part, 0).value) && count_words(part) <= 3;
      if (!role && !place) return {};
    }
  }
  return names.empty() ? agencies : names;
}

Dateline find_dateline(std::string_view text, const Cues& cues) {
  // The head: words up to the first dash (or, after a bracket, colon) that stands between spaces.
  std::size_t dash = std::string_view::npos;
  std::size_t dash_end = 0;
  const std::size_t limit = std::min<std::size_t>(text.size(), 110);
  std::size_t brackets = 0;
  for (std::size_t pos = 0; pos < limit;) {
    const CodePoint c = decode_utf8(text, pos);
    if (c.value == '(') ++brackets;
    const bool before = pos > 0 && (text[pos - 1] == ' ' || text[pos - 1] == ')');
    const bool is_dash = c.value == '-' || c.value == 0x2013 || c.value == 0x2014 || c.value == 0x2015;
    if ((is_dash && (before || c.value == 0x2014)) || (c.value == ':' && pos > 0)) {
      dash = pos;
      dash_end = pos + c.size;
      while (dash_end < text.size() && (text[dash_end] == '-' || text[dash_end] == ' ')) ++dash_end;
      break;
    }
    if (c.value == '.' || c.value == ';' || c.value == '"' || c.value == 0x201C || c.value == '?') {
      // Dots of "St. Petersburg", "Feb. 3" and "U.S." are of the head.
      const bool abbreviation = c.value == '.' && pos >= 1 && pos + 1 < text.size() &&
                                (text[pos + 1] == ' ' || is_upper(decode_utf8(text, pos + 1).value)) &&
                                pos < 60;
      if (!abbreviation) return {};
    }
    pos += c.size;
  }
  if (dash == std::string_view::npos || dash_end >= text.size()) return {};
  const bool colon = text[dash] == ':';
  const std::string_view head = trim(text.substr(0, dash));
  if (head.empty() || count_words(head) > 14) return {};
  // Of the head: a bracket with an agency, a date, and words that are all capitals or capitalised.
  std::string_view place = head;
  bool agency = false;
  if (const std::size_t open = head.find('('); open != std::string_view::npos) {
    const std::size_t close = head.find(')', open);
    if (close == std::string_view::npos || close + 1 != head.size()) return {};
    const std::string_view inside = head.substr(open + 1, close - open - 1);
    agency = cues.agencies.matches(inside) || (count_words(inside) <= 4 && is_upper(after(inside, 0)));
    if (!agency) return {};
    place = trim(head.substr(0, open));
    if (place.empty()) {
      return colon ? Dateline{} : Dateline{static_cast<std::uint32_t>(head.size()), static_cast<std::uint32_t>(dash_end)};
    }
  }
  bool capitals = false;
  bool date = false;
  std::size_t words = 0;
  for (std::size_t pos = 0; pos < place.size();) {
    std::size_t end = place.find(' ', pos);
    if (end == std::string_view::npos) end = place.size();
    std::string_view word = place.substr(pos, end - pos);
    pos = end + 1;
    while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.remove_suffix(1);
    if (word.empty()) continue;
    const CodePoint first = decode_utf8(word, 0);
    const std::string key = cue_key(word);
    if (is_digit(first.value)) {
      date = true;
      continue;
    }
    const bool calendar = cues.months.count(key) > 0 || cues.weekdays.count(key) > 0;
    if (calendar && words > 0) {
      date = true;
      continue;
    }
    if (!is_upper(first.value) && !cues.name_particles.matches(word) && first.value != '/') return {};
    if (words == 0) capitals = all_upper(word) && count_code_points(word) > 2;
    ++words;
  }
  if (words == 0 || words > 6) return {};
  const CodePoint next = decode_utf8(text, dash_end);
  const bool opens = is_upper(next.value) || is_digit(next.value) || next.value == '"' ||
                     next.value == 0x201C || next.value == 0x2018 || next.value == '\'';
  const bool em_dash = decode_utf8(text, dash).value == 0x2014;
  const bool certain = agency || capitals || (date && words <= 4) ||
                       (em_dash && opens && words <= 4 && place.find(',') != std::string_view::npos);
  if (!certain || (colon && !(capitals && opens && words <= 3) && !agency) || (!agency && !opens)) return {};
  return {static_cast<std::uint32_t>(head.size()), static_cast<std::uint32_t>(dash_end)};
}

LineRole role_of_line(std::string_view text, const Cues& cues) {
  const std::string word = first_word(text);
  if (cues.why_it_matters.matches(text, word)) return {Role::why_heading, 0, {}, {}};
  if (cues.key_takeaways.matches(text, word)) return {Role::takeaways_heading, 0, {}, {}};
  if (const std::uint32_t end = inline_cue(cues.why_it_matters, text, word)) return {Role::why_inline, end, {}, {}};
  if (const std::uint32_t end = inline_cue(cues.key_takeaways, text, word)) {
    return {Role::takeaways_inline, end, {}, {}};
  }
  if (cues.section_heads.matches(text)) return {Role::head, 0, {}, {}};
  if (const std::uint32_t end = inline_cue(cues.section_heads, text, word)) return {Role::head_inline, end, {}, {}};
  if (opens_with(cues.corrections, text, word)) return {Role::boilerplate, 0, {}, {}};
  if (text.size() > kLongestFurniture && !is_bracketed(text)) return {};
  if (opens_with(cues.credits, text, word)) return {Role::boilerplate, 0, {}, {}};
  if (text.size() > kLongestFurniture) return {};
  if (cues.labels.matches(text, word) || cues.labels.matches(without_leading_number(text))) {
    return {Role::label, 0, {}, {}};
  }
  if (is_time_of_day(text, cues)) return {Role::head, 0, {}, {}};
  if (opens_with(cues.label_openings, text, word)) return {Role::label, 0, {}, {}};
  if (!has_letter_or_digit(text) || is_contact(text)) return {Role::boilerplate, 0, {}, {}};
  if (cues.boilerplate_lines.matches(text, word) || cues.boilerplate_lines.matches(without_leading_number(text))) {
    return {Role::boilerplate, 0, {}, {}};
  }
  if (text.size() <= 200) {
    if (std::optional<LineRole> date = date_role(text, cues)) return *std::move(date);
    const std::size_t by = cues.byline.prefix(text, word);
    if (by > 0 && by < text.size()) {
      std::string_view rest = trim(text.substr(by));
      while (!rest.empty() && is_separator(decode_utf8(rest, 0).value)) {
        rest = trim(rest.substr(decode_utf8(rest, 0).size));
      }
      std::vector<std::string> names = names_in_byline(rest, cues);
      if (!names.empty()) return {Role::byline, 0, {}, std::move(names)};
    }
    if (cues.agencies.matches(text, word)) return {Role::agency, 0, {}, {std::string(trim(text))}};
  }
  if (opens_with(cues.related, text, word)) return {Role::related, 0, {}, {}};
  if (opens_with(cues.boilerplate_openings, text, word)) return {Role::boilerplate, 0, {}, {}};
  if (opens_with(cues.captions, text, word)) return {Role::caption, 0, {}, {}};
  if (text.size() <= kLongestMarkedLine) {
    if (contains_any(cues.boilerplate_marks, fold_case(text))) return {Role::boilerplate, 0, {}, {}};
    // Agencies sign the last paragraph of a Japanese or Chinese report as they sign a picture.
    const bool paragraph = text.find("。") != std::string_view::npos;
    if (!paragraph && has_caption_mark(text, cues)) return {Role::caption, 0, {}, {}};
  }
  return {};
}

}  // namespace parley::page
