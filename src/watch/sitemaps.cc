#include "watch/sitemaps.h"

#include <algorithm>
#include <pugixml.hpp>
#include <set>

namespace parley::watch {
namespace {

/// The name behind a prefix: "sitemap" of "s:sitemap".
std::string_view local(std::string_view name) { return name.substr(name.rfind(':') + 1); }

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin));
}

}  // namespace

bool is_sitemap_index(std::string_view head) {
  const std::size_t at = head.find("sitemapindex");
  return at != std::string_view::npos && at > 0 && (head[at - 1] == '<' || head[at - 1] == ':');
}

std::vector<Sitemap> sitemaps_of(std::string_view xml, std::size_t most) {
  pugi::xml_document document;
  (void)document.load_buffer(xml.data(), xml.size());
  std::vector<Sitemap> out;
  std::set<std::string> seen;
  for (const pugi::xml_node& node : document.document_element()) {
    if (local(node.name()) != "sitemap") continue;
    Sitemap one;
    for (const pugi::xml_node& child : node) {
      if (local(child.name()) == "loc") one.url = trimmed(child.text().get());
      if (local(child.name()) == "lastmod") one.stamp = trimmed(child.text().get());
    }
    if (!one.url.empty() && seen.insert(one.url).second) out.push_back(std::move(one));
  }
  // ISO 8601 dates of one site are written alike and sort as text.
  std::stable_sort(out.begin(), out.end(), [](const Sitemap& a, const Sitemap& b) { return a.stamp > b.stamp; });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace parley::watch
