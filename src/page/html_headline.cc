// The headline among a page's headings.
//
// Idea: the headline says what the page's title says, is a first-rank heading, and stands above the text. A
// site's name is all but the first, and as a rule links to its front page.
// Example: <title>The Post » Truce holds</title> <h1><a href=/>The Post</a></h1> <h2>Truce holds</h2>: the h2.
// Counter-example: <h1>Wrap</h1> over a page that gives itself a title in full: the page's own title.
// Cost: linear in the runs. Covered by tests/page/html_fields_test.cc.
#include "page/html_headline.h"

#include <algorithm>

#include "page/draft.h"
#include "page/lineroles.h"
#include "text/unicode.h"

namespace parley::page {
namespace {

constexpr std::size_t kLongKey = 11;  // bytes; what is longer is not found in a title by chance

// What the page says its headline is, as keys.
struct Titles {
  std::string given, page, site;
};

// How far a heading is to be trusted as the article's; 0: not at all. A site's name is a heading too, as a
// rule one that links to its front page, and many a title is "Headline | Site".
int headline_trust(const FoundArticle& found, std::size_t i, const Titles& titles) {
  const Run& run = found.runs[i];
  const Element& element = found.elements[run.element];
  if (run.chars > 400) return 0;
  const bool named = has_trait_near(found.elements, run.element, kTitleNamed, 2);
  const bool heading = (element.traits & kHeading) != 0;
  if (!heading && !named) return 0;
  const std::string key = cue_key(run.text);
  if (key.size() < 2 || key == titles.site) return 0;
  const int level = element.heading;
  const bool link = link_share(run) > 0.8;
  const bool within = run.element >= found.root && run.element < found.elements[found.root].end;
  int trust = link && !within ? 0 : (level == 1 ? 3 : (named ? 2 : 0));
  if (!titles.given.empty() && (key == titles.given || (key.size() > kLongKey && titles.given.find(key) != std::string::npos))) trust += 8;
  if (key.size() > kLongKey && titles.page.find(key) != std::string::npos) trust += 6;
  if (titles.given.size() > kLongKey && key.find(titles.given) != std::string::npos) trust += 7;
  if (trust < 2 || (!heading && trust < 8)) return 0;
  if (found.firmly_dropped[run.element]) trust -= 4;
  return trust;
}

// A kicker in front of the headline or a line behind it is not in the page's own title; a headline cut short
// on the page is whole in its data; what stood between a kicker and it goes.
std::string tidied(std::string headline, const Titles& titles, const std::string& given) {
  const std::string key = cue_key(headline);
  const bool longer = titles.given.size() > kLongKey && key.size() > titles.given.size() + 2 && titles.page.find(key) == std::string::npos;
  if (longer && (key.ends_with(titles.given) || key.starts_with(titles.given)) && count_words(given) >= 3) headline = given;
  for (const std::string_view dots : {"...", "…"}) {
    if (!headline.ends_with(dots)) continue;
    const std::string_view shown = trim(std::string_view(headline).substr(0, headline.size() - dots.size()));
    if (shown.size() > kLongKey && given.size() > headline.size() && given.starts_with(shown)) {
      headline = given;
      break;
    }
  }
  while (headline.starts_with(": ") || headline.starts_with("- ") || headline.starts_with("| ")) headline.erase(0, 2);
  return headline;
}

}  // namespace

// The heading that says what the page's title says; else its first h1 that is not the site's name; else
// the heading right above the text; else the title that the page gives itself.
Headline find_headline(const FoundArticle& found, const Cues& cues) {
  const std::vector<Run>& runs = found.runs;
  const Titles titles{cue_key(found.facts.headline), cue_key(found.page.title), cue_key(found.facts.site)};
  std::size_t first = 0;
  while (first < found.keep.size() && !found.keep[first]) ++first;
  std::size_t best = kNoRun;
  std::size_t above = kNoRun;
  int best_trust = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    if (run.element >= found.elements[found.root].end) break;  // a headline stands before the article's end
    int trust = headline_trust(found, i, titles);
    if (trust < 6 && i > first) trust -= 2;
    // Of two alike the one nearer to the text, above it.
    if (trust > best_trust || (trust >= 6 && trust == best_trust && i < first)) {
      best_trust = trust;
      best = i;
    }
    const bool heading = (found.elements[run.element].traits & kHeading) != 0 && !found.firmly_dropped[run.element];
    if (heading && i < first && i + 6 > first && run.chars < 200 && cue_key(run.text) != titles.site &&
        role_of_line(run.text, cues).role == Role::none) {
      above = i;
    }
  }
  if (best == kNoRun && titles.given == titles.site) best = above;
  return {tidied(best == kNoRun ? found.facts.headline : runs[best].text, titles, found.facts.headline), best};
}

}  // namespace parley::page
