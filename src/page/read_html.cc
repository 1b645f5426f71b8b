// An HTML page to a Document: filtered, parsed, its facts gathered, its article found.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"
#include "page/html_article.h"
#include "page/html_facts.h"
#include "page/html_filter.h"
#include "page/html_tree.h"
#include "page/lines.h"

namespace parley {
namespace page {
namespace {

// Days since some day, of "2021-05-03…" (Howard Hinnant, "chrono-compatible low-level date algorithms").
long days_from_civil(std::string_view iso) {
  const auto number = [&](std::size_t at, std::size_t size) { return std::strtol(std::string(iso.substr(at, size)).c_str(), nullptr, 10); };
  if (iso.size() < 10) return 0;
  const long month = number(5, 2);
  const long year = number(0, 4) - (month <= 2);
  const long era = year / 400;
  const long of_era = year - era * 400;
  const long of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + number(8, 2) - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

// What the page's data say, and the date that readers see by the headline:
// - data that may mean something else (a meta element "date") stand back behind it;
// - a page that was published anew, and shows that day without calling it an update, has that day;
// - the day is the readers' where the data give the time of Greenwich, if such a zone can be.
std::string publication_date(const Facts& facts, const Credits& credits) {
  const std::string& seen = credits.published.iso;
  if (facts.published.empty()) return seen;
  if (credits.published.trust < kSureDate - 1 || seen.size() < 10 || facts.published.size() < 10) return facts.published;
  if (!facts.published_sure) {
    const bool shown = std::any_of(credits.by_headline.begin(), credits.by_headline.end(), [&](const std::string& date) {
      return date.compare(0, 10, facts.published, 0, 10) == 0;
    });
    return shown ? facts.published : seen;
  }
  if (credits.published.trust < kSureDate) return facts.published;
  const long apart = days_from_civil(seen) - days_from_civil(facts.published);
  const std::string& updated = facts.updated.empty() ? credits.updated.iso : facts.updated;
  if (apart > 0 && updated.size() >= 10 && seen.compare(0, 10, updated, 0, 10) == 0) return seen;
  if (facts.published.size() < 13 || facts.published.back() != 'Z') return facts.published;
  const long hour = std::strtol(facts.published.substr(11, 2).c_str(), nullptr, 10);
  const bool zone = (apart == 1 && hour >= 14) || (apart == -1 && hour < 12);
  return zone ? seen.substr(0, 10) : facts.published;
}

void set_if(std::optional<std::string>& place, const std::string& value) {
  if (!value.empty()) place = value;
}

constexpr std::size_t kShortBody = 400;  // bytes; a body that is shorter is looked for elsewhere too

// Some write HTML there: the ends of blocks are paragraphs' ends, other tags go.
std::string without_tags(std::string text) {
  if (text.find("</") == std::string::npos && text.find("<br") == std::string::npos) return text;
  std::string out;
  std::size_t pos = 0;
  const std::size_t last_close = text.rfind('>');
  while (pos < text.size()) {
    const std::size_t open = text.find('<', pos);
    // Behind the last end of a tag there is none.
    if (open == std::string::npos || last_close == std::string::npos || open > last_close) {
      out.append(text, pos);
      break;
    }
    out.append(text, pos, open - pos);
    pos = open;
    const char next = pos + 1 < text.size() ? text[pos + 1] : ' ';
    const bool tag = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' || next == '!';
    if (!tag) {
      out += text[pos++];
      continue;
    }
    const std::size_t close = text.find('>', pos);
    const std::string_view inside = std::string_view(text).substr(pos + 1, close - pos - 1);
    const bool block = inside.starts_with("/p") || inside.starts_with("/div") || inside.starts_with("/li") ||
                       inside.starts_with("/h") || inside.starts_with("br") || inside.starts_with("/blockquote");
    if (block) out += "\n\n";
    pos = close + 1;
  }
  return out;
}

// Pages whose text a script puts in have it in JSON-LD.
void take_json_body(std::vector<Block>& blocks, const std::string& body) {
  std::vector<Block> from_json = blocks_from_text(without_tags(clean_characters(body, true)));
  if (body_size(from_json) < 2 * body_size(blocks) + 200) return;
  blocks.erase(std::remove_if(blocks.begin(), blocks.end(), [](const Block& b) { return !b.kind; }),
               blocks.end());
  for (Block& block : from_json) blocks.push_back(std::move(block));
}

}  // namespace
}  // namespace page

Result<Document> read_html(std::string bytes, const ReadOptions& options) {
  using namespace page;
  if (std::optional<Error> error = check_bytes(bytes, options)) return *std::move(error);
  // What the server says goes before what the page says (HTML, 13.2.3.2).
  const std::string encoding = options.charset.empty() ? declared_encoding(bytes) : options.charset;
  const std::string html = to_utf8(std::move(bytes), encoding, options.cues.get());
  static const Cues no_cues;
  const Cues& cues = options.cues ? *options.cues : no_cues;
  const FilteredHtml filtered = filter_html(html, options.max_depth, options.max_attributes, &cues.markup);
  if (std::optional<Error> late = out_of_time(options)) return *std::move(late);
  const PageTree tree = parse_page(filtered.html, cues.markup);
  if (std::optional<Error> late = out_of_time(options)) return *std::move(late);
  Facts facts = gather_facts(tree.facts, filtered.json_ld, cues);
  if (facts.headline.empty()) facts.headline = without_site(tree.facts.title, facts.site);
  Article article = find_article(tree, facts, cues);
  if (body_size(article.blocks) < kShortBody && html.find("<noscript") != std::string::npos) {
    const FilteredHtml all = filter_html(html, options.max_depth, options.max_attributes, &cues.markup, true);
    Article other = find_article(parse_page(all.html, cues.markup), facts, cues);
    if (body_size(other.blocks) > 3 * body_size(article.blocks) + 200) article = std::move(other);
  }
  Draft draft;
  draft.blocks = std::move(article.blocks);
  if (!facts.article_body.empty()) take_json_body(draft.blocks, facts.article_body);
  if (body_size(draft.blocks) == 0) {
    return Error{Error::Code::empty, "the page has no article: its text may come from a script", options.source};
  }
  set_if(draft.title, article.headline);
  set_if(draft.uri, facts.uri);
  set_if(draft.publisher, facts.publisher);
  set_if(draft.published, publication_date(facts, article.credits));
  set_if(draft.updated, facts.updated.empty() ? article.credits.updated.iso : facts.updated);
  // A page that says only when it was changed last.
  if (!draft.published) draft.published = draft.updated;
  if (!draft.published) set_if(draft.published, date_in_scripts(html));
  set_if(draft.language, facts.language);
  // A log-in stands back behind the name that readers see; a house behind any person.
  const bool login = std::all_of(facts.authors.begin(), facts.authors.end(), is_login);
  if (login && !article.credits.byline.empty()) facts.authors.clear();
  for (std::vector<std::string>* names : {&facts.authors, &article.credits.byline, &article.credits.handles, &facts.other_authors}) {
    if (draft.byline.empty()) draft.byline = std::move(*names);
  }
  if (std::optional<Error> late = out_of_time(options)) return *std::move(late);
  const bool truncated = find_structure(draft, &cues, true);
  Document document = assemble(std::move(draft), truncated, options);
  if (options.plain) {
    // Nothing read into it: the article's words, one body section.
    document.set_text(article_body(document));
    document.sections = {{SectionKind::body, {0, document.code_points()}}};
    document.takeaways.clear();
    document.truncated = false;
  }
  return document;
}

}  // namespace parley
