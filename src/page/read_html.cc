// An HTML page to a Document: filtered, parsed, its facts gathered, its article found.
#include <algorithm>
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

// "Truce holds for a third day | The Daily": what stands before the last bar or dash, when enough does.
std::string without_site(const std::string& title) {
  std::size_t cut = std::string::npos;
  for (const std::string_view bar : {" | ", " - ", " – ", " — ", " :: ", " » "}) {
    const std::size_t at = title.rfind(bar);
    if (at != std::string::npos && at >= 12 && (cut == std::string::npos || at > cut)) cut = at;
  }
  return cut == std::string::npos ? title : title.substr(0, cut);
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
  while (pos < text.size()) {
    const std::size_t open = std::min(text.find('<', pos), text.size());
    out.append(text, pos, open - pos);
    pos = open;
    if (pos == text.size()) break;
    const char next = pos + 1 < text.size() ? text[pos + 1] : ' ';
    const std::size_t close = text.find('>', pos);
    const bool tag = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' || next == '!';
    if (!tag || close == std::string::npos) {
      out += text[pos++];
      continue;
    }
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
  const FilteredHtml filtered = filter_html(html, options.max_depth, options.max_attributes);
  const PageTree tree = parse_page(filtered.html, cues.markup);
  Facts facts = gather_facts(tree.facts, filtered.json_ld, cues);
  if (facts.headline.empty()) facts.headline = without_site(tree.facts.title);
  Article article = find_article(tree, facts, cues);
  if (body_size(article.blocks) < kShortBody && html.find("<noscript") != std::string::npos) {
    const FilteredHtml all = filter_html(html, options.max_depth, options.max_attributes, true);
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
  set_if(draft.published, facts.published.empty() ? article.date : facts.published);
  set_if(draft.updated, facts.updated);
  set_if(draft.language, facts.language);
  draft.byline = facts.authors.empty() ? article.byline : facts.authors;
  if (!draft.published && !tree.facts.times.empty()) {
    for (const PageFacts::Time& time : tree.facts.times) {
      if (const auto iso = tidy_iso_date(time.datetime)) {
        draft.published = *iso;
        break;
      }
    }
  }
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
