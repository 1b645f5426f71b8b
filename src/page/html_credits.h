// Who wrote an article and when, as its page shows it to readers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "page/cues.h"
#include "page/html_facts.h"
#include "page/html_tree.h"

namespace parley::page {

inline constexpr std::size_t kNoRun = static_cast<std::size_t>(-1);

/// A date that stands in the page's text or in a <time>.
struct PageDate {
  std::string iso;
  int trust = 0;   ///< the higher the likelier it is the article's own; 0: none
};

/// From here on a date stands by the headline and says nothing else.
inline constexpr int kSureDate = 6;

struct Credits {
  PageDate published, updated;
  std::vector<std::string> by_headline;  ///< all dates there that are no updates, ISO 8601
  std::vector<std::string> byline;   ///< people that the text names as its authors
  std::vector<std::string> handles;  ///< what stands where authors stand and is no full name
};

/// What is known of a page once its article is found.
struct FoundArticle {
  const std::vector<Element>& elements;
  const std::vector<Run>& runs;
  const PageFacts& page;
  const Facts& facts;
  const std::vector<bool>& keep;             ///< runs that are the article's
  const std::vector<bool>& firmly_dropped;   ///< elements that are named as furniture
  std::uint32_t root;
  std::size_t headline_run;                  ///< or kNoRun
};

/// `byline`: the names of a byline that was found above the body.
Credits find_credits(const FoundArticle& found, std::vector<std::string> byline, const Cues& cues);

}  // namespace parley::page
