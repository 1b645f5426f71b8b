// What a page says of itself: JSON-LD, meta elements, microdata.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"
#include "page/html_tree.h"

namespace parley::page {

struct Facts {
  std::string headline;
  std::string description;
  std::string published;   ///< ISO 8601
  bool published_sure = false;  ///< it comes from where pages say nothing else
  std::string updated;
  std::string page_published, page_updated;  ///< of other JSON-LD objects, where the article has none
  std::string publisher;
  std::string site;        ///< the site's name, else its host
  std::string uri;
  std::string language;
  std::string article_body;  ///< of JSON-LD
  std::vector<std::string> authors;       ///< people, where it says who is one
  std::vector<std::string> other_authors; ///< houses, handles, what may be either
  std::vector<std::string> page_authors;  ///< of other JSON-LD objects than an article
};

/// A name with what pages put around it gone: "By", "View all posts by", jobs, addresses. Empty when no name
/// is left.
std::string tidy_author(std::string_view text, const Cues& cues);
/// Whether it is a log-in rather than a name: "jdoe", "jane.doe".
bool is_login(std::string_view name);
/// Adds it unless it, or a longer form of it, is there.
void add_author(std::vector<std::string>& authors, std::string name);

/// "Truce holds for a third day | The Daily" without the site's name.
std::string without_site(const std::string& title, std::string_view site);

/// The day of publication out of the data of a page's scripts ("publishedAt":"2022-03-04T…"), where all that
/// the page has under the same name agree on it.
std::string date_in_scripts(std::string_view html);

Facts gather_facts(const PageFacts& page, const std::vector<std::string>& json_ld, const Cues& cues);

}  // namespace parley::page
