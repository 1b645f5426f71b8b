// A pass over HTML before it is parsed: what no article is made of goes, and so does what would make a
// parser slow.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "page/html_names.h"

namespace parley::page {

struct FilteredHtml {
  std::string html;                  ///< what is left: balanced, at most `max_depth` deep
  std::vector<std::string> json_ld;  ///< the contents of scripts of type application/ld+json
};

/// `html` is UTF-8; NULs are passed over. `keep_noscript`: what stands in <noscript> is part of the page,
/// for pages that show their text only there. With `names`, classes and ids that say nothing are left out
/// too, and links to the pages of authors ("/autor/jane-doe") are marked rel=author.
FilteredHtml filter_html(std::string_view html, std::size_t max_depth, std::size_t max_attributes,
                         const NameTable* names = nullptr, bool keep_noscript = false);

/// The encoding that a <meta> in the first kilobytes names, or an XML declaration; else empty.
std::string declared_encoding(std::string_view bytes);

}  // namespace parley::page
