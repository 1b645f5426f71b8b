// What the names that pages give to their parts (classes, ids) say of them.
//
// Idea: a name is a few words, joined by dashes, underscores or capitals, and it is the words that speak:
// "c-related__list", "relatedList" and "js_related" all have "related". So names are taken apart and looked
// up word by word, and as pairs and triples of neighbours ("read more", "readMore", "readmore").
// Counter-examples: "has-sidebar" and "no-comments" say nothing of the part's own kind: what follows a word
// of the list `negations` is not read. "article-body__newsletter" is no body: names of bodies count only
// where the rest of the name is a word for a box ("article-body__inner").
// Cost: linear in the name. Covered by tests/page/html_names_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/word_map.h"

namespace parley::page {

/// What an element's tag, attributes and names say of it.
enum ElementTrait : std::uint32_t {
  kNever = 1U << 0,        ///< cookie notices, comments: no article even when they are longer than it
  kDrop = 1U << 1,         ///< navigation, sharing, related stories …: no article
  kSoft = 1U << 2,         ///< the same, said by a name that is used for much else
  kHidden = 1U << 3,       ///< not shown
  kFigure = 1U << 4,       ///< figure, figcaption, or named a caption
  kBodyNamed = 1U << 5,    ///< named as the article's body, or itemprop=articleBody
  kArticle = 1U << 6,
  kMain = 1U << 7,
  kList = 1U << 8,         ///< li
  kHeading = 1U << 9,      ///< h1 to h6
  kParagraph = 1U << 10,   ///< p, li, blockquote, pre, dd, td
  kDekNamed = 1U << 11,
  kBylineNamed = 1U << 12,
  kDateNamed = 1U << 13,
  kTitleNamed = 1U << 14,
  kCell = 1U << 15,        ///< td, th
  kProse = 1U << 16,       ///< p, blockquote, pre
  kTableTag = 1U << 17,
  kBio = 1U << 18,         ///< named as what is told of an author
  kApart = 1U << 19,       ///< nav, footer, aside
  kKickerNamed = 1U << 20, ///< named as a line over or under the headline, inside its heading
};

/// Words with what they say; names as data/page/html.toml lists them.
class NameTable {
 public:
  void add(std::string_view phrase, std::uint32_t traits);
  void add_negation(std::string_view word);
  void add_box(std::string_view word);

  /// The traits of one attribute's value, or of several with spaces between.
  std::uint32_t traits(std::string_view names) const;

 private:
  std::uint32_t of_word(std::string_view name) const;

  WordMap<std::uint32_t> words_;  // letters and digits only
  std::size_t longest_ = 0;
};

}  // namespace parley::page
