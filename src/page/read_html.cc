// The article out of a page.
//
// Idea: text that is prose (long, with full stops, few links) is weighed for every element; parts that are
// named or tagged as furniture are left out unless they hold half of the page's prose; the article is the
// smallest element that holds nearly all of what is left, sought first among elements that pages name as
// their article. Of it, runs that are mostly links go, and short runs stay when they stand among prose.
// Example: <main><div class=story><p>…</p><p>…</p></div><div class=related>…</div></main> gives the two
// paragraphs. Counter-example: a page whose <body class="has-sidebar"> or <form> holds everything is not
// dropped for that name. Cost: linear in the page (a few passes over flat columns), besides the parse.
// Covered by tests/page/html_test.cc.
#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"
#include "page/html_facts.h"
#include "page/html_filter.h"
#include "page/html_tree.h"
#include "page/lineroles.h"
#include "page/lines.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace page {
namespace {

constexpr std::uint32_t kGoodRun = 60;      // weighed characters that make a run prose
constexpr std::uint32_t kLeastArticle = 140;  // of prose, below which a named part is no article

class ArticleFinder {
 public:
  ArticleFinder(const PageTree& tree, const Facts& facts, const Cues& cues)
      : elements_(tree.elements), runs_(tree.runs), facts_(facts), cues_(cues) {}

  std::vector<Block> run() {
    if (elements_.empty() || runs_.empty()) {
      headline_ = facts_.headline;
      return make_blocks();
    }
    weigh(false);
    std::uint32_t root = 0;
    // Pages that name their article like furniture, or hide it until a script shows it, are read again
    // with nothing dropped.
    for (const std::uint16_t furniture : {std::uint16_t{kDrop | kHidden}, std::uint16_t{0}}) {
      drop_furniture(furniture);
      weigh(true);
      root = find_root();
      choose_runs(root);
      if (std::find(keep_.begin(), keep_.end(), true) != keep_.end()) break;
    }
    find_headline(root);
    return make_blocks();
  }

  const std::string& headline() const { return headline_; }
  const std::vector<std::string>& byline() const { return byline_; }
  const std::string& date_in_text() const { return date_; }

 private:
  double link_share(const Run& run) const {
    return run.chars == 0 ? 0.0 : static_cast<double>(run.link_chars) / static_cast<double>(run.chars);
  }

  static bool has_stop(std::string_view text) {
    return text.find(". ") != std::string_view::npos || text.find(", ") != std::string_view::npos ||
           ends_like_sentence(text) || text.find("。") != std::string_view::npos ||
           text.find("、") != std::string_view::npos;
  }

  bool is_good(const Run& run) const {
    if (run.chars < kGoodRun || link_share(run) > 0.4) return false;
    if ((elements_[run.element].traits & (kHeading | kFigure)) != 0) return false;
    return has_stop(run.text) || run.chars > 160;
  }

  // The prose in every element.
  void weigh(bool without_dropped) {
    prose_.assign(elements_.size(), 0);
    for (const Run& run : runs_) {
      if (without_dropped && dropped_[run.element]) continue;
      if (is_good(run)) prose_[run.element] += run.chars;
    }
    for (std::size_t i = elements_.size(); i-- > 1;) {
      if (elements_[i].parent != kNoElement) prose_[elements_[i].parent] += prose_[i];
    }
  }

  void drop_furniture(std::uint16_t traits) {
    dropped_.assign(elements_.size(), false);
    in_figure_.assign(elements_.size(), false);
    const std::uint64_t all = prose_[0];
    for (std::uint32_t i = 0; i < elements_.size(); ++i) {
      const Element& element = elements_[i];
      const bool inherited = element.parent != kNoElement && dropped_[element.parent];
      const bool furniture = (element.traits & traits) != 0;
      // Headings stay: a page's only headline may stand in a part named "banner".
      dropped_[i] = inherited || (furniture && prose_[i] * 2 < all) || (furniture && all == 0);
      in_figure_[i] = (element.parent != kNoElement && in_figure_[element.parent]) ||
                      ((element.traits & kFigure) != 0 && prose_[i] * 3 < all);
    }
  }

  std::uint32_t best_with(std::uint16_t trait) const {
    std::uint32_t best = kNoElement;
    for (std::uint32_t i = 0; i < elements_.size(); ++i) {
      if ((elements_[i].traits & trait) == 0 || dropped_[i]) continue;
      if (best == kNoElement || prose_[i] > prose_[best] || (prose_[i] == prose_[best] && prose_[i] > 0)) {
        best = i;
      }
    }
    return best;
  }

  std::uint32_t find_root() const {
    const std::uint64_t all = prose_[0];
    const auto share = [&](std::uint32_t i) {
      return all == 0 ? 0.0 : static_cast<double>(prose_[i]) / static_cast<double>(all);
    };
    const std::uint32_t named = best_with(kBodyNamed);
    if (named != kNoElement && prose_[named] >= kLeastArticle && share(named) >= 0.4) return named;
    std::uint32_t root = 0;
    const std::uint32_t article = best_with(kArticle);
    const std::uint32_t main = best_with(kMain);
    if (article != kNoElement && prose_[article] >= kLeastArticle && share(article) >= 0.5) {
      root = article;
    } else if (main != kNoElement && prose_[main] >= kLeastArticle && share(main) >= 0.5) {
      root = main;
    }
    // Down to the smallest element that holds nearly all of it.
    for (;;) {
      std::uint32_t next = kNoElement;
      for (std::uint32_t child = root + 1; child < elements_[root].end; child = elements_[child].end) {
        if (prose_[child] * 100 >= prose_[root] * 88 && prose_[child] > 0) next = child;
      }
      if (next == kNoElement || (elements_[next].traits & kParagraph) != 0) return root;
      root = next;
    }
  }

  bool within(std::uint32_t element, std::uint32_t root) const {
    return element >= root && element < elements_[root].end;
  }

  std::uint32_t container(const Run& run) const {
    const Element& element = elements_[run.element];
    const bool paragraph = (element.traits & (kParagraph | kHeading)) != 0;
    return paragraph && element.parent != kNoElement ? element.parent : run.element;
  }

  void choose_runs(std::uint32_t root) {
    keep_.assign(runs_.size(), false);
    std::unordered_set<std::uint32_t> containers;
    std::size_t first = runs_.size();
    std::size_t last = 0;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const Run& run = runs_[i];
      if (!within(run.element, root) || dropped_[run.element]) continue;
      if (!is_good(run)) continue;
      keep_[i] = true;
      containers.insert(container(run));
      first = std::min(first, i);
      last = i;
    }
    if (first == runs_.size()) {  // no prose: whatever text is no link
      for (std::size_t i = 0; i < runs_.size(); ++i) {
        const Run& run = runs_[i];
        keep_[i] = within(run.element, root) && !dropped_[run.element] && link_share(run) < 0.3 &&
                   (elements_[run.element].traits & kHeading) == 0 && count_words(run.text) >= 4;
      }
      return;
    }
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const Run& run = runs_[i];
      const Element& element = elements_[run.element];
      if (keep_[i] || !within(run.element, root) || dropped_[run.element]) continue;
      if (in_figure_[run.element]) {
        keep_[i] = i + 3 >= first && i <= last + 1 && count_words(run.text) >= 3 && link_share(run) < 0.5;
        continue;
      }
      if ((element.traits & (kBylineNamed | kDateNamed)) != 0) continue;
      const bool among = containers.count(container(run)) > 0;
      if ((element.traits & kHeading) != 0) {
        keep_[i] = i > first && i < last && link_share(run) < 0.6;
        continue;
      }
      if (link_share(run) > 0.6) continue;
      const bool paragraph = (element.traits & kParagraph) != 0;
      if (i > first && i < last) {
        keep_[i] = paragraph || among || (ends_like_sentence(run.text) && count_words(run.text) >= 4);
      } else {
        keep_[i] = among && paragraph;
      }
    }
    drop_link_lists();
  }

  // Items of a list most of which are links are links to other pages.
  void drop_link_lists() {
    for (std::size_t i = 0; i < runs_.size();) {
      const Element& element = elements_[runs_[i].element];
      if ((element.traits & kList) == 0) {
        ++i;
        continue;
      }
      std::uint64_t chars = 0;
      std::uint64_t links = 0;
      std::size_t end = i;
      while (end < runs_.size() && (elements_[runs_[end].element].traits & kList) != 0 &&
             elements_[runs_[end].element].parent == element.parent) {
        chars += runs_[end].chars;
        links += runs_[end].link_chars;
        ++end;
      }
      if (links * 2 > chars) {
        for (std::size_t j = i; j < end; ++j) keep_[j] = false;
      }
      i = std::max(end, i + 1);
    }
  }

  // The h1 that says what the page's title says; else the first; else the title without the site's name.
  void find_headline(std::uint32_t root) {
    std::size_t best = runs_.size();
    const std::string title = cue_key(facts_.headline);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const Element& element = elements_[runs_[i].element];
      if (element.heading == 0 || element.heading > 2) continue;
      const std::string key = cue_key(runs_[i].text);
      if (!title.empty() && key == title) {
        best = i;
        break;
      }
      const bool in_title = !title.empty() && key.size() > 12 && title.find(key) != std::string::npos;
      if (element.heading == 1 && (best == runs_.size() || in_title) && key.size() > 3) {
        if (best == runs_.size() || in_title) best = i;
      }
    }
    // A headline stands before the article's end.
    if (best < runs_.size() && runs_[best].element < elements_[root].end) {
      headline_ = runs_[best].text;
      headline_run_ = best;
      keep_[best] = false;
    } else {
      headline_ = facts_.headline;
    }
    const std::string key = cue_key(headline_);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (keep_[i] && !key.empty() && cue_key(runs_[i].text) == key) keep_[i] = false;
    }
  }

  std::vector<Block> make_blocks() {
    std::vector<Block> blocks;
    const auto add = [&](std::string text, SectionKind kind) {
      Block block;
      block.text = std::move(text);
      block.kind = kind;
      blocks.push_back(std::move(block));
    };
    if (!headline_.empty()) add(headline_, SectionKind::headline);
    std::size_t first = 0;
    while (first < keep_.size() && !keep_[first]) ++first;
    const std::size_t front = headline_run_ < runs_.size() ? headline_run_ : 0;
    std::string dek;
    const std::size_t front_end = std::min(first + 3, runs_.size());
    for (std::size_t i = front; i < front_end; ++i) {
      const Run& run = runs_[i];
      if (i == headline_run_ || !dek.empty() || run.chars > 500 || count_words(run.text) < 4) continue;
      const bool named = has_trait_near(run.element, kDekNamed);
      const bool described =
          i < first && run.chars > 30 && cue_key(run.text) == cue_key(facts_.description);
      if (named || described) {
        dek = run.text;
        keep_[i] = false;
      }
    }
    if (!dek.empty()) add(dek, SectionKind::dek);
    find_byline(front, std::min(runs_.size(), first + 1));
    if (!byline_text_.empty()) add(byline_text_, SectionKind::byline);
    // A picture between the headline and the body's own part of the page.
    for (std::size_t i = std::max(front, first >= 6 ? first - 6 : 0); i < std::min(first, runs_.size()); ++i) {
      const Run& run = runs_[i];
      keep_[i] = keep_[i] || (headline_run_ < i && in_figure_[run.element] && !dropped_[run.element] &&
                              count_words(run.text) >= 3 && link_share(run) < 0.5);
    }
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (!keep_[i]) continue;
      const Run& run = runs_[i];
      const Element& element = elements_[run.element];
      Block block;
      block.text = run.text;
      if (in_figure_[run.element]) block.kind = SectionKind::caption;
      block.heading = (element.traits & kHeading) != 0;
      if ((element.traits & kList) != 0) {
        block.bullet = true;
        block.mark = "•";
        block.gap_before = blocks.empty() || !blocks.back().bullet;
      }
      blocks.push_back(std::move(block));
    }
    return blocks;
  }

  bool has_trait_near(std::uint32_t element, std::uint16_t trait) const {
    for (int up = 0; up < 3 && element != kNoElement; ++up, element = elements_[element].parent) {
      if ((elements_[element].traits & trait) != 0) return true;
    }
    return false;
  }

  void find_byline(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Run& run = runs_[i];
      if (run.text.size() > 200 || i == headline_run_) continue;
      if (date_.empty() && has_trait_near(run.element, kDateNamed)) {
        std::string_view text = run.text;
        const std::size_t opening = std::max(cues_.published.prefix(text), cues_.updated.prefix(text));
        if (const auto found = parse_date(text.substr(opening), cues_)) date_ = found->iso;
      }
      if (!byline_.empty()) continue;
      const LineRole role = role_of_line(run.text, cues_);
      if (role.role == Role::byline) {
        byline_ = role.names;
        byline_text_ = run.text;
        keep_[i] = false;
      } else if (has_trait_near(run.element, kBylineNamed)) {
        std::vector<std::string> names = names_in_byline(run.text, cues_);
        if (names.empty()) continue;
        byline_ = std::move(names);
        byline_text_ = run.text;
        keep_[i] = false;
      }
    }
  }

  const std::vector<Element>& elements_;
  const std::vector<Run>& runs_;
  const Facts& facts_;
  const Cues& cues_;
  std::vector<std::uint64_t> prose_;
  std::vector<bool> dropped_, in_figure_, keep_;
  std::string headline_, byline_text_, date_;
  std::vector<std::string> byline_;
  std::size_t headline_run_ = static_cast<std::size_t>(-1);
};

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

std::size_t body_size(const std::vector<Block>& blocks) {
  std::size_t size = 0;
  for (const Block& block : blocks) {
    if (!block.kind || block.kind == SectionKind::body) size += block.text.size();
  }
  return size;
}

// Pages whose text a script puts in have it in JSON-LD.
void take_json_body(std::vector<Block>& blocks, const std::string& body) {
  std::vector<Block> from_json = blocks_from_text(clean_characters(body, true));
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
  ArticleFinder finder(tree, facts, cues);
  Draft draft;
  draft.blocks = finder.run();
  if (!facts.article_body.empty()) take_json_body(draft.blocks, facts.article_body);
  if (body_size(draft.blocks) == 0) {
    return Error{Error::Code::empty, "the page has no article: its text may come from a script", options.source};
  }
  set_if(draft.title, finder.headline());
  set_if(draft.uri, facts.uri);
  set_if(draft.publisher, facts.publisher);
  set_if(draft.published, facts.published.empty() ? finder.date_in_text() : facts.published);
  set_if(draft.updated, facts.updated);
  set_if(draft.language, facts.language);
  draft.byline = facts.authors.empty() ? finder.byline() : facts.authors;
  if (!draft.published && !tree.facts.times.empty()) {
    for (const std::string& time : tree.facts.times) {
      if (const auto iso = tidy_iso_date(time)) {
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
