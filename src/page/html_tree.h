// A parsed page, flattened: elements in document order and the runs of text between block edges.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "page/html_names.h"

namespace parley::page {

inline constexpr std::uint32_t kNoElement = std::numeric_limits<std::uint32_t>::max();

struct Element {
  std::uint32_t parent = kNoElement;
  std::uint32_t end = 0;        ///< elements [index, end) are it and what is in it
  std::uint32_t traits = 0;     ///< ElementTrait
  std::uint8_t heading = 0;     ///< 1 to 6
};

/// A run of text that no block edge divides.
struct Run {
  std::string text;             ///< cleaned, one line
  std::uint32_t element = 0;    ///< the block it stands in
  std::uint32_t chars = 0;      ///< code points, those of scripts without spaces three times
  std::uint32_t link_chars = 0; ///< of them, in links
};

/// The part of a run's text that is links, 0 to 1.
inline double link_share(const Run& run) {
  return run.chars == 0 ? 0.0 : static_cast<double>(run.link_chars) / static_cast<double>(run.chars);
}

/// Whether the element, or one of those right around it, has the trait.
inline bool has_trait_near(const std::vector<Element>& elements, std::uint32_t element, std::uint32_t trait, int levels = 3) {
  for (int up = 0; up < levels && element != kNoElement; ++up, element = elements[element].parent) {
    if ((elements[element].traits & trait) != 0) return true;
  }
  return false;
}

/// What a page says of itself in its head and in attributes.
struct PageFacts {
  std::vector<std::pair<std::string, std::string>> meta;  ///< folded name or property, content
  std::string title;       ///< of <title>
  std::string canonical;
  std::string language;    ///< of <html>
  struct Time {
    std::string datetime;
    std::uint32_t element;           ///< where it stands
  };
  std::vector<Time> times;           ///< datetime attributes, in order
  std::vector<std::string> published, updated;  ///< microdata
  struct Author {
    std::string text;
    std::uint32_t element;
  };
  std::vector<Author> authors;       ///< itemprop=author and rel=author
};

struct PageTree {
  std::vector<Element> elements;
  std::vector<Run> runs;
  PageFacts facts;
};

/// Parses what `filter_html` left.
PageTree parse_page(const std::string& filtered_html, const NameTable& names);

}  // namespace parley::page
