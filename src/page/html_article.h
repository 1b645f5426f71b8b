// The article among the runs of text of a page.
#pragma once

#include <string>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"
#include "page/html_facts.h"
#include "page/html_tree.h"

namespace parley::page {

/// A date that stands in the page's text or in a <time>.
struct PageDate {
  std::string iso;
  int trust = 0;   ///< the higher the likelier it is the article's own; 0: none
};

struct Article {
  std::vector<Block> blocks;         ///< in reading order; those whose kind markup says have it
  std::string headline;
  PageDate published, updated;
  std::vector<std::string> byline;   ///< people that the text names as its authors
  std::vector<std::string> handles;  ///< what stands where authors stand and is no full name
};

Article find_article(const PageTree& tree, const Facts& facts, const Cues& cues);

/// Bytes of text in blocks that are, or may be, of the body.
std::size_t body_size(const std::vector<Block>& blocks);

}  // namespace parley::page
