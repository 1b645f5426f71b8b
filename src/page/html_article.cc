// The article out of a page.
//
// Idea: text that is prose (long, with full stops, few links) is weighed for every element. Parts that tag,
// role or name call furniture are left out unless most of the page's prose is in them: notices and comments
// first, so that they do not count as the page's prose when the doubtful names ("widget", "overlay") and
// what is hidden are looked at. The article is sought among the elements that pages name as their article,
// else it is the element with the most prose after what its links and snippets cost. In it lists of links,
// cards of other stories and sections under headings such as "Related" go, and short runs stay when they
// stand among prose.
// Example: <main><div class=story><p>…</p><p>…</p></div><div class=related>…</div></main> gives the two
// paragraphs. Counter-examples: a page whose <body class="has-sidebar"> or <form> holds everything is not
// dropped for that name; a page whose article is hidden until a script shows it is read again with less
// dropped. Cost: linear in the page (a few passes over flat columns). Covered by tests/page/html_test.cc and
// tests/page/html_furniture_test.cc.
#include "page/html_article.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "page/html_headline.h"
#include "page/lineroles.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

constexpr std::uint32_t kGoodRun = 60;        // weighed characters that make a run prose
constexpr std::uint32_t kLongHeading = 120;   // weighed characters from which a heading may be a paragraph
constexpr std::uint64_t kLeastArticle = 140;  // of prose, below which a named part is no article
constexpr std::size_t kLeadReach = 8;          // runs before the body among which a lead may be
constexpr std::uint64_t kEnough = 300;        // of prose, with which no more is looked for

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

class ArticleFinder {
 public:
  ArticleFinder(const PageTree& tree, const Facts& facts, const Cues& cues)
      : elements_(tree.elements), runs_(tree.runs), page_(tree.facts), facts_(facts), cues_(cues) {}

  Article run() {
    if (elements_.empty() || runs_.empty()) {
      headline_ = facts_.headline;
      Article none;
      none.blocks = make_blocks();
      none.headline = headline_;
      return none;
    }
    look_at_runs();
    std::uint32_t root = 0;
    std::uint64_t best = 0;
    std::vector<bool> best_keep, best_dropped, best_firm, best_figure;
    for (const std::uint32_t furniture : {kNever | kDrop | kSoft | kHidden, kNever | kDrop | 0U, 0U}) {
      drop_furniture(furniture);
      weigh(true);
      const std::uint32_t found = find_root();
      choose_runs(found, furniture != 0);
      const std::uint64_t prose = kept_prose();
      if (best_keep.empty() || prose > 2 * best + 100) {
        root = found;
        best = prose;
        best_keep = keep_;
        best_dropped = dropped_;
        best_firm = firmly_dropped_;
        best_figure = in_figure_;
      }
      // Doubtful names that hold more prose than all that was kept mean something else on this page.
      if (best >= kEnough && (furniture & kSoft) != 0 && doubtful_prose() <= best) break;
      if (best >= kEnough && (furniture & kSoft) == 0) break;
    }
    keep_ = std::move(best_keep);
    dropped_ = std::move(best_dropped);
    firmly_dropped_ = std::move(best_firm);
    in_figure_ = std::move(best_figure);
    take_headline(root);
    Article out;
    out.blocks = make_blocks();
    out.headline = headline_;
    out.credits = find_credits({elements_, runs_, page_, facts_, keep_, firmly_dropped_, root, headline_run_}, std::move(byline_), cues_);
    return out;
  }

 private:
  struct Weight {
    std::uint64_t prose = 0;   // of good runs
    std::uint64_t chars = 0;   // of all
    std::uint64_t links = 0;
    std::int64_t value = 0;    // prose less what links and snippets cost
  };

  bool has(std::uint32_t element, std::uint32_t traits) const { return (elements_[element].traits & traits) != 0; }

  static bool has_stop(std::string_view text) {
    return text.find(". ") != std::string_view::npos || text.find(", ") != std::string_view::npos ||
           ends_like_sentence(text) || text.find("。") != std::string_view::npos ||
           text.find("、") != std::string_view::npos || text.find("，") != std::string_view::npos ||
           text.find("، ") != std::string_view::npos || text.find("। ") != std::string_view::npos;
  }

  void look_at_runs() {
    good_.assign(runs_.size(), false);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const Run& run = runs_[i];
      if (run.chars < kGoodRun || link_share(run) > 0.4 || has(run.element, kFigure)) continue;
      if (has(run.element, kHeading)) {
        // A lead may be set as a heading of a lower rank.
        good_[i] = elements_[run.element].heading > 1 && run.chars >= kLongHeading && ends_like_sentence(run.text);
        continue;
      }
      good_[i] = run.chars > 160 || has_stop(run.text);
    }
    weigh(false);
    if (weights_[0].prose < kLeastArticle) {
      // A gallery: the text stands under its pictures.
      for (std::size_t i = 0; i < runs_.size(); ++i) {
        const Run& run = runs_[i];
        good_[i] = good_[i] || (has(run.element, kFigure) && run.chars >= kGoodRun && link_share(run) <= 0.4 && has_stop(run.text));
      }
      weigh(false);
    }
    // Which elements hold a part named as the article's body, and the page's only h1.
    has_body_.assign(elements_.size(), false);
    has_title_.assign(elements_.size(), false);
    std::size_t titles = 0;
    for (const Element& element : elements_) titles += element.heading == 1;
    for (std::size_t i = elements_.size(); i-- > 0;) {
      if (has(static_cast<std::uint32_t>(i), kBodyNamed) && weights_[i].prose >= 250) has_body_[i] = true;
      if (elements_[i].heading == 1 && titles == 1) has_title_[i] = true;
      const std::uint32_t parent = elements_[i].parent;
      if (parent == kNoElement) continue;
      if (has_body_[i]) has_body_[parent] = true;
      if (has_title_[i]) has_title_[parent] = true;
    }
  }

  void weigh(bool without_dropped) {
    weights_.assign(elements_.size(), {});
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const Run& run = runs_[i];
      if (without_dropped && dropped_[run.element]) continue;
      Weight& weight = weights_[run.element];
      weight.chars += run.chars;
      weight.links += run.link_chars;
      if (good_[i]) {
        weight.prose += run.chars;
        weight.value += std::min<std::uint32_t>(run.chars, 2000);
      } else if (link_share(run) > 0.5) {
        weight.value -= 10 + std::min<std::uint32_t>(run.chars, 100) / 4;
      } else if (has(run.element, kParagraph)) {
        weight.value += std::min<std::uint32_t>(run.chars, 60) / 4;
      } else if (!has(run.element, kHeading | kFigure)) {
        weight.value -= 4;
      }
    }
    for (std::size_t i = elements_.size(); i-- > 1;) {
      const std::uint32_t parent = elements_[i].parent;
      if (parent == kNoElement) continue;
      weights_[parent].prose += weights_[i].prose;
      weights_[parent].chars += weights_[i].chars;
      weights_[parent].links += weights_[i].links;
      weights_[parent].value += weights_[i].value;
    }
  }

  void drop_furniture(std::uint32_t traits) {
    dropped_.assign(elements_.size(), false);
    in_figure_.assign(elements_.size(), false);
    const std::uint32_t firm = traits & (kNever | kDrop);
    const std::uint32_t doubtful = traits & (kSoft | kHidden);
    weigh(false);
    mark_dropped(firm);
    firmly_dropped_ = dropped_;
    if (doubtful != 0) {
      weigh(true);
      mark_dropped(doubtful);
    }
    // In galleries the text stands with the pictures.
    weigh(true);
    const std::uint64_t all = weights_[0].prose;
    std::uint64_t with_pictures = 0;
    for (std::uint32_t i = 0; i < elements_.size();) {
      const bool outer = has(i, kFigure) && !dropped_[i];
      if (outer) with_pictures += weights_[i].prose;
      i = outer ? elements_[i].end : i + 1;
    }
    if (with_pictures * 2 > all) return;
    for (std::uint32_t i = 0; i < elements_.size(); ++i) {
      in_figure_[i] = (elements_[i].parent != kNoElement && in_figure_[elements_[i].parent]) ||
                      (has(i, kFigure) && weights_[i].prose * 3 < all);
    }
  }

  void mark_dropped(std::uint32_t traits) {
    const std::uint64_t all = weights_[0].prose;
    for (std::uint32_t i = 0; i < elements_.size(); ++i) {
      const std::uint32_t parent = elements_[i].parent;
      if (dropped_[i] || (parent != kNoElement && dropped_[parent])) {
        dropped_[i] = true;
        continue;
      }
      if (!has(i, traits)) continue;
      const double part = share(weights_[i].prose, all);
      if (has(i, traits & kNever)) {
        dropped_[i] = part < 0.9;
      } else if (has(i, kApart) && (traits & kDrop) != 0) {
        dropped_[i] = part < 0.8;
      } else {
        dropped_[i] = part < 0.5 && !(has_body_[i] && part > 0.15) && !(has_title_[i] && part > 0.25) &&
                      !(has_title_[i] && has(i, kArticle | kMain));
      }
    }
  }

  bool within(std::uint32_t element, std::uint32_t root) const {
    return element >= root && element < elements_[root].end;
  }

  std::uint32_t common_ancestor(std::uint32_t a, std::uint32_t b) const {
    while (!within(b, a)) a = elements_[a].parent;
    return a;
  }

  std::uint32_t best_with(std::uint32_t trait) const {
    std::uint32_t best = kNoElement;
    for (std::uint32_t i = 0; i < elements_.size(); ++i) {
      if (!has(i, trait) || dropped_[i] || weights_[i].prose < kLeastArticle) continue;
      if (best == kNoElement || weights_[i].prose > weights_[best].prose ||
          (weights_[i].prose == weights_[best].prose && within(i, best))) {
        best = i;
      }
    }
    return best;
  }

  std::uint32_t find_root() const {
    const std::uint64_t all = weights_[0].prose;
    std::uint32_t top = 0;
    for (std::uint32_t i = 0; i < elements_.size(); ++i) {
      if (!dropped_[i] && weights_[i].value >= weights_[top].value) top = i;
    }
    const std::uint32_t named = best_with(kBodyNamed);
    if (named != kNoElement) {
      // The body may come in several parts of that name.
      std::uint32_t together = named;
      std::uint64_t sum = 0;
      for (std::uint32_t i = 0; i < elements_.size();) {
        if (has(i, kBodyNamed) && !dropped_[i] && weights_[i].prose >= kGoodRun) {
          sum += weights_[i].prose;
          together = common_ancestor(std::min(together, i), std::max(together, i));
          i = elements_[i].end;
        } else {
          ++i;
        }
      }
      const std::uint64_t own = weights_[named].prose;
      if (own * 100 < sum * 85 && weights_[together].prose * 10 <= sum * 15 && share(sum, all) >= 0.4) return together;
      // A part of that name may be one of several of the article.
      const bool parts = top <= named && within(named, top) && weights_[top].value * 10 >= weights_[named].value * 15;
      if (parts && weights_[top].links * 4 < weights_[top].chars) return top;
      if (share(own, all) >= 0.4 || (share(own, all) >= 0.25 && own >= 1000)) return named;
    }
    std::uint32_t root = top;
    const std::uint32_t article = best_with(kArticle);
    const std::uint32_t main = best_with(kMain);
    if (article != kNoElement && share(weights_[article].prose, weights_[top].prose) >= 0.6) {
      root = article;
    } else if (main != kNoElement && share(weights_[main].prose, weights_[top].prose) >= 0.7) {
      root = main;
    }
    // Down to the smallest element that holds nearly all of it.
    for (;;) {
      std::uint32_t next = kNoElement;
      for (std::uint32_t child = root + 1; child < elements_[root].end; child = elements_[child].end) {
        if (weights_[child].prose * 100 >= weights_[root].prose * 90 && weights_[child].prose > 0) next = child;
      }
      if (next == kNoElement || has(next, kParagraph)) return root;
      root = next;
    }
  }

  std::uint32_t container(const Run& run) const {
    const Element& element = elements_[run.element];
    const bool paragraph = (element.traits & (kParagraph | kHeading)) != 0;
    return paragraph && element.parent != kNoElement ? element.parent : run.element;
  }

  // In parts that were left out for a doubtful name or as hidden, paragraph by paragraph of the article's kind.
  std::uint64_t doubtful_prose() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (good_[i] && dropped_[runs_[i].element] && !firmly_dropped_[runs_[i].element]) sum += runs_[i].chars;
    }
    return sum;
  }

  std::size_t first_kept() const {
    std::size_t first = 0;
    while (first < keep_.size() && !keep_[first]) ++first;
    return first;
  }

  std::uint64_t kept_prose() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (keep_[i]) sum += runs_[i].chars;
    }
    return sum;
  }

  void drop_tree(std::uint32_t element) {
    for (std::uint32_t i = element; i < elements_[element].end; ++i) dropped_[i] = true;
  }

  // The largest element around this one that has no other text.
  std::uint32_t alone(std::uint32_t element, std::uint32_t root) const {
    while (elements_[element].parent != kNoElement && elements_[element].parent > root &&
           weights_[elements_[element].parent].chars == weights_[element].chars) {
      element = elements_[element].parent;
    }
    return element;
  }

  // Parts of the article's element that speak of other things: blocks of links, cards, sections under a
  // heading that says so.
  void drop_other_stories(std::uint32_t root) {
    const std::uint64_t all = weights_[root].prose;
    for (std::uint32_t i = root + 1; i < elements_[root].end; ++i) {
      if (dropped_[i] || has(i, kParagraph | kHeading)) continue;
      const Weight& weight = weights_[i];
      if (weight.links * 2 > weight.chars && weight.prose * 4 < all && weight.prose * 3 < weight.chars) drop_tree(i);
      if (has(i, kBio) && weight.prose * 4 < all) drop_tree(i);
    }
    std::vector<std::uint32_t> cards;
    std::uint64_t in_cards = 0;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const Run& run = runs_[i];
      if (!has(run.element, kHeading) || !within(run.element, root) || dropped_[run.element]) continue;
      const std::uint32_t parent = elements_[alone(run.element, root)].parent;
      if (parent == kNoElement || parent <= root || weights_[parent].prose * 4 >= all) continue;
      const LineRole line = role_of_line(run.text, cues_);
      const Role role = line.role;
      if (role == Role::related || role == Role::boilerplate) {
        drop_tree(parent);
      } else if (link_share(run) > 0.8) {
        cards.push_back(parent);
        in_cards += weights_[parent].prose;
      }
    }
    if (cards.size() >= 2 && in_cards * 2 < all) {
      for (const std::uint32_t card : cards) {
        if (!dropped_[card]) drop_tree(card);
      }
    }
  }

  void choose_runs(std::uint32_t root, bool strict) {
    keep_.assign(runs_.size(), false);
    passed_.assign(runs_.size(), false);
    if (strict) drop_other_stories(root);
    std::unordered_set<std::uint32_t> containers;
    std::size_t first = runs_.size();
    std::size_t last = 0;
    std::size_t over = 0;  // a heading's section is passed over: its level
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const Run& run = runs_[i];
      if (!within(run.element, root) || dropped_[run.element]) continue;
      if (has(run.element, kHeading)) {
        const std::size_t level = elements_[run.element].heading;
        if (over != 0 && level <= over) over = 0;
        if (over == 0 && strict && closes_article(i, root, level)) over = level;
      }
      if (over != 0) {
        passed_[i] = true;
        continue;
      }
      if (!good_[i] || in_figure_[run.element]) continue;
      keep_[i] = true;
      containers.insert(container(run));
      first = std::min(first, i);
      last = i;
    }
    if (first == runs_.size()) {  // no prose: whatever text is no link
      for (std::size_t i = 0; i < runs_.size(); ++i) {
        const Run& run = runs_[i];
        keep_[i] = within(run.element, root) && !dropped_[run.element] && link_share(run) < 0.3 &&
                   !has(run.element, kHeading) && count_words(run.text) >= 4;
      }
      return;
    }
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const Run& run = runs_[i];
      if (keep_[i] || passed_[i] || !within(run.element, root) || dropped_[run.element]) continue;
      if (in_figure_[run.element]) {
        keep_[i] = i + 3 >= first && i <= last + 1 && count_words(run.text) >= 3 && link_share(run) < 0.5;
        continue;
      }
      // Times of a live report's entries stay, other dates and bylines inside the article go.
      if (i > first && i < last && is_clock(run.text)) {
        keep_[i] = true;
        continue;
      }
      if (has(run.element, kBylineNamed | kDateNamed)) continue;
      const bool among = containers.count(container(run)) > 0;
      if (has(run.element, kHeading)) {
        keep_[i] = i > first && i < last && link_share(run) < 0.6;
        continue;
      }
      if (link_share(run) > 0.6) continue;
      const bool paragraph = has(run.element, kParagraph);
      if (i > first && i < last) {
        keep_[i] = paragraph || among || (ends_like_sentence(run.text) && count_words(run.text) >= 4);
      } else {
        keep_[i] = among && paragraph;
      }
    }
  }

  bool is_clock(std::string_view text) const {
    return text.size() <= 24 && text[0] >= '0' && text[0] <= '9' && role_of_line(text, cues_).role == Role::head;
  }

  // A heading such as "Related" or "Comments" behind the prose, with little prose up to the next heading.
  bool closes_article(std::size_t i, std::uint32_t root, std::size_t level) const {
    const LineRole line = role_of_line(runs_[i].text, cues_);
    const Role role = line.role;
    if (role != Role::related && role != Role::boilerplate) return false;
    std::uint64_t prose = 0;
    for (std::size_t j = i + 1; j < runs_.size() && within(runs_[j].element, root); ++j) {
      if (has(runs_[j].element, kHeading) && elements_[runs_[j].element].heading <= level) break;
      if (good_[j] && !dropped_[runs_[j].element]) prose += runs_[j].chars;
    }
    return prose * 3 < weights_[root].prose;
  }

  void take_headline(std::uint32_t root) {
    Headline headline = find_headline({elements_, runs_, page_, facts_, keep_, firmly_dropped_, root, kNoRun}, cues_);
    headline_ = std::move(headline.text);
    headline_run_ = headline.run;
    if (headline_run_ < runs_.size()) keep_[headline_run_] = false;
    const std::string key = cue_key(headline_);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const std::size_t size = runs_[i].text.size();
      const bool alike = size <= 2 * headline_.size() + 20 && headline_.size() <= 2 * size + 20;
      if (keep_[i] && alike && !key.empty() && cue_key(runs_[i].text) == key) keep_[i] = false;
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
    std::size_t first = first_kept();
    const std::size_t front = headline_run_ < runs_.size() ? headline_run_ : 0;
    if (headline_run_ < first && first < runs_.size()) {
      keep_lead(first);
      first = first_kept();
    }
    std::string dek;
    const std::size_t front_end = std::min(first + 3, runs_.size());
    for (std::size_t i = front; i < front_end; ++i) {
      const Run& run = runs_[i];
      if (i == headline_run_ || !dek.empty() || run.chars > 500 || count_words(run.text) < 4) continue;
      const bool named = has_trait_near(elements_, run.element, kDekNamed);
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
      block.heading = (element.traits & kHeading) != 0 && !good_[i];
      if ((element.traits & kList) != 0) {
        block.bullet = true;
        block.mark = "•";
        block.gap_before = blocks.empty() || !blocks.back().bullet;
      }
      blocks.push_back(std::move(block));
    }
    return blocks;
  }

  // A lead between the headline and the body's own part of the page, whatever it is named; and the heading
  // and time over the first paragraph where the later parts have such headings.
  void keep_lead(std::size_t first) {
    for (std::size_t i = std::max(headline_run_ + 1, first > kLeadReach ? first - kLeadReach : 0); i < first; ++i) {
      const Run& run = runs_[i];
      if (passed_[i] || in_figure_[run.element] || firmly_dropped_[run.element] || is_hidden(run.element)) continue;
      if (i + 3 > first && !dropped_[run.element] && (is_clock(run.text) || heads_like_later(i, first))) {
        keep_[i] = true;
      } else {
        keep_[i] = good_[i] && role_of_line(run.text, cues_).role == Role::none;
      }
    }
  }

  bool is_hidden(std::uint32_t element) const {
    for (; element != kNoElement; element = elements_[element].parent) {
      if (has(element, kHidden | kNever)) return true;
    }
    return false;
  }

  bool heads_like_later(std::size_t i, std::size_t first) const {
    const std::size_t level = elements_[runs_[i].element].heading;
    if (level < 2 || link_share(runs_[i]) > 0.6) return false;
    for (std::size_t j = first + 1; j < runs_.size(); ++j) {
      if (keep_[j] && elements_[runs_[j].element].heading == level) return true;
    }
    return false;
  }

  // A byline above the body becomes a block of its own.
  void find_byline(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end && byline_.empty(); ++i) {
      const Run& run = runs_[i];
      if (run.text.size() > 200 || i == headline_run_ || firmly_dropped_[run.element]) continue;
      const LineRole role = role_of_line(run.text, cues_);
      std::vector<std::string> names;
      if (role.role == Role::byline) {
        names = role.names;
      } else if (has_trait_near(elements_, run.element, kBylineNamed)) {
        names = names_in_byline(run.text, cues_);
      }
      if (names.empty()) continue;
      byline_ = std::move(names);
      byline_text_ = run.text;
      keep_[i] = false;
    }
  }

  const std::vector<Element>& elements_;
  const std::vector<Run>& runs_;
  const PageFacts& page_;
  const Facts& facts_;
  const Cues& cues_;
  std::vector<Weight> weights_;
  std::vector<bool> good_, has_body_, has_title_;
  std::vector<bool> dropped_, firmly_dropped_, in_figure_, keep_, passed_;
  std::string headline_, byline_text_;
  std::vector<std::string> byline_;
  std::size_t headline_run_ = kNoRun;
};

}  // namespace

Article find_article(const PageTree& tree, const Facts& facts, const Cues& cues) {
  return ArticleFinder(tree, facts, cues).run();
}

std::size_t body_size(const std::vector<Block>& blocks) {
  std::size_t size = 0;
  for (const Block& block : blocks) {
    if (!block.kind || block.kind == SectionKind::body) size += block.text.size();
  }
  return size;
}

}  // namespace parley::page
