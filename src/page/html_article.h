// The article among the runs of text of a page.
#pragma once

#include <string>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"
#include "page/html_credits.h"
#include "page/html_facts.h"
#include "page/html_tree.h"

namespace parley::page {

struct Article {
  std::vector<Block> blocks;         ///< in reading order; those whose kind markup says have it
  std::string headline;
  Credits credits;
};

Article find_article(const PageTree& tree, const Facts& facts, const Cues& cues);

/// Bytes of text in blocks that are, or may be, of the body.
std::size_t body_size(const std::vector<Block>& blocks);

}  // namespace parley::page
