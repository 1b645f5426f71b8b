// The headline of an article.
#pragma once

#include <cstddef>
#include <string>

#include "page/cues.h"
#include "page/html_credits.h"

namespace parley::page {

struct Headline {
  std::string text;          ///< empty when the page has none
  std::size_t run = kNoRun;  ///< where it stands among the runs, or kNoRun
};

Headline find_headline(const FoundArticle& found, const Cues& cues);

}  // namespace parley::page
