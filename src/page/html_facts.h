// What a page says of itself: JSON-LD, meta elements, microdata.
#pragma once

#include <string>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"
#include "page/html_tree.h"

namespace parley::page {

struct Facts {
  std::string headline;
  std::string description;
  std::string published;   ///< ISO 8601
  std::string updated;
  std::string publisher;
  std::string uri;
  std::string language;
  std::string article_body;  ///< of JSON-LD
  std::vector<std::string> authors;
};

Facts gather_facts(const PageFacts& page, const std::vector<std::string>& json_ld, const Cues& cues);

}  // namespace parley::page
