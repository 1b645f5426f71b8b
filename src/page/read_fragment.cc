// Reports of which a batch has a part: an article's own markup, or no more than title, summary and link.
#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "page/cues.h"
#include "page/draft.h"
#include "page/streams.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// The name of the tag whose '<' is at `pos`, lower case, without '/'; empty when none is.
std::string tag_name(std::string_view html, std::size_t pos) {
  std::size_t at = pos + 1;
  if (at < html.size() && html[at] == '/') ++at;
  std::string name;
  while (at < html.size() && name.size() < 12 && (is_alpha(html[at]) || (!name.empty() && is_digit_byte(html[at])))) {
    name += lower(html[at++]);
  }
  return name;
}

bool is_inline(const std::string& name) {
  static constexpr std::array<std::string_view, 20> kNames = {
      "a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s", "small", "span", "strong",
      "sub", "sup", "time", "u"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

int two_digits(std::string_view text) {
  if (text.empty() || text.size() > 2) return -1;
  int value = 0;
  for (const char c : text) {
    if (!is_digit_byte(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The months of RFC 822's grammar; other languages' are in the cue lists.
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

// "Mon, 03 May 2021 10:30:00 +0200" as "2021-05-03 10:30:00 +0200"; empty when it is none.
std::string reordered_rfc822(std::string_view text) {
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos && comma < 12) {
    text.remove_prefix(comma + 1);
  }
  std::array<std::string_view, 5> words;  // day, month, year, time, zone
  for (std::string_view& word : words) {
    text = trim(text);
    word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
  }
  const int day = two_digits(words[0]);
  std::string month(words[1].substr(0, 3));
  for (char& c : month) c = lower(c);
  const auto found = std::find(kMonths.begin(), kMonths.end(), month);
  if (day < 1 || found == kMonths.end() || words[2].size() < 2 || words[2].size() > 4) return {};
  std::string year(words[2]);
  if (year.size() == 2) year.insert(0, two_digits(year) < 70 ? "20" : "19");
  char date[24];
  std::snprintf(date, sizeof date, "-%02d-%02d", static_cast<int>(found - kMonths.begin()) + 1, day);
  std::string out = year + date;
  if (words[3].find(':') == std::string_view::npos) return out;
  out += 'T';
  if (words[3].find(':') == 1) out += '0';
  out += words[3];
  std::string zone(words[4]);
  for (char& c : zone) c = lower(c);
  if (zone == "gmt" || zone == "ut" || zone == "utc" || zone == "z") return out + 'Z';
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kZones = {
      {{"est", "-0500"}, {"edt", "-0400"}, {"cst", "-0600"}, {"cdt", "-0500"}, {"mst", "-0700"}, {"mdt", "-0600"},
       {"pst", "-0800"}, {"pdt", "-0700"}}};
  for (const auto& [name, offset] : kZones) {
    if (zone == name) return out + std::string(offset);
  }
  return out + std::string(words[4]);
}

}  // namespace

std::optional<std::string> machine_date(std::string_view text, const Cues* cues) {
  text = trim(text);
  if (text.empty()) return std::nullopt;
  if (std::optional<std::string> iso = tidy_iso_date(text)) return iso;
  if (const std::string turned = reordered_rfc822(text); !turned.empty()) {
    if (std::optional<std::string> iso = tidy_iso_date(turned)) return iso;
  }
  if (cues == nullptr) return std::nullopt;
  if (std::optional<FoundDate> found = parse_date(text, *cues)) return std::move(found->iso);
  return std::nullopt;
}

bool has_markup(std::string_view text) {
  static constexpr std::array<std::string_view, 16> kNames = {"p",  "br", "div",  "h1", "h2",   "h3",  "li",      "ul",
                                                              "a",  "b",  "strong", "em", "span", "img", "article", "html"};
  for (std::size_t pos = text.find('<'); pos != std::string_view::npos; pos = text.find('<', pos + 1)) {
    const std::string name = tag_name(text, pos);
    if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) continue;
    std::size_t after = pos + 1 + name.size();
    if (pos + 1 < text.size() && text[pos + 1] == '/') ++after;
    if (after < text.size() && (text[after] == '>' || text[after] == ' ' || text[after] == '/' || text[after] == '\n')) {
      return true;
    }
  }
  return false;
}

std::string without_tags(std::string_view html) {
  std::string out;
  for (std::size_t pos = 0; pos < html.size();) {
    const std::size_t open = std::min(html.find('<', pos), html.size());
    for (const char c : html.substr(pos, open - pos)) out += c == '\n' ? ' ' : c;
    if (open == html.size()) break;
    const std::string name = tag_name(html, open);
    const bool markup = !name.empty() || (open + 1 < html.size() && (html[open + 1] == '!' || html[open + 1] == '?'));
    std::size_t close = markup ? html.find('>', open) : std::string_view::npos;
    if (close == std::string_view::npos) {
      // A bare "<" is a character; a tag that never ends goes with the rest.
      if (markup) break;
      out += '<';
      pos = open + 1;
      continue;
    }
    if (name == "script" || name == "style") {
      const std::size_t end = html.find("</", close);
      close = end == std::string_view::npos ? html.size() - 1 : std::min(html.find('>', end), html.size() - 1);
    }
    if (!is_inline(name)) out += name == "br" ? "\n" : "\n\n";
    pos = close + 1;
  }
  return out;
}

std::string tidy_line(std::string_view text) {
  std::string out = clean_characters(repair_utf8(std::string(text)), true);
  if (has_markup(out)) out = without_tags(out);
  bool space = true;
  std::string line;
  for (const char c : out) {
    const bool blank = c == '\n' || c == '\t' || c == ' ';
    if (!(blank && space)) line += blank ? ' ' : c;
    space = blank;
  }
  return std::string(trim(line));
}

Result<Document> read_link(const ReadOptions& options) {
  Draft draft;
  const auto add = [&](const std::optional<std::string>& text, SectionKind kind) {
    if (!text) return;
    Block block;
    block.text = tidy_line(*text);
    block.kind = kind;
    if (!block.text.empty()) draft.blocks.push_back(std::move(block));
  };
  if (!options.plain) add(options.title, SectionKind::headline);
  add(options.dek, options.plain ? SectionKind::body : SectionKind::dek);
  if (draft.blocks.empty()) {
    return Error{Error::Code::empty,
                 "nothing but a link" + (options.uri ? " (" + *options.uri + ")" : std::string()) +
                     ": fetch its page and read that",
                 options.source};
  }
  return assemble(std::move(draft), false, options);
}

InputItem read_fragment(RawReport raw) {
  std::string id = raw.id;
  raw.options.id = id;
  if (raw.part == RawReport::Part::link) return {std::move(id), read_link(raw.options), true};
  if (raw.bytes.size() <= raw.options.max_bytes && has_markup(raw.bytes)) {
    std::string page = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><article>";
    if (raw.options.title) page += "<h1>" + escaped(tidy_line(*raw.options.title)) + "</h1>";
    page += "<div class=\"article-body\">" + raw.bytes + "</div></article></body></html>";
    ReadOptions whole = raw.options;
    whole.max_bytes += page.size() - raw.bytes.size();
    Result<Document> document = read_html(std::move(page), whole);
    // A line or two make no article by weight: take them as they stand.
    if (document.ok() || document.error().code != Error::Code::empty) return {std::move(id), std::move(document)};
    raw.bytes = without_tags(raw.bytes);
    if (trim(raw.bytes).empty() && raw.options.title) return {std::move(id), read_link(raw.options), true};
  }
  return {std::move(id), read_text(std::move(raw.bytes), raw.options)};
}

}  // namespace parley::page
