// Indexes of sitemaps (sitemaps.org 0.9): files that name other sitemaps.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::watch {

struct Sitemap {
  std::string url;
  std::string stamp;  ///< its lastmod as it stands; empty: not told
};

/// Whether what begins so is an index.
bool is_sitemap_index(std::string_view head);

/// The `most` sitemaps that changed last, those without a date behind the others; each address once.
/// Of a damaged file what was read before the damage.
std::vector<Sitemap> sitemaps_of(std::string_view xml, std::size_t most);

}  // namespace parley::watch
