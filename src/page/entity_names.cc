// The parser knows all names of the standard (13.5); it is asked for each by itself, so that no second table
// has to be kept beside its own.
#include "page/entity_names.h"

#include <gumbo.h>

#include <algorithm>

namespace parley::page {

std::string named_characters(std::string_view name) {
  const bool possible = !name.empty() && name.size() <= kLongestEntityName && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
  if (!possible) return {};
  // A letter in front: white space alone would be no text.
  const std::string page = "x&" + std::string(name) + ';';
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* output = gumbo_parse_with_options(&options, page.data(), page.size());
  std::string text;
  const GumboVector& parts = output->root->v.element.children;
  if (parts.length == 2) {
    const GumboVector& body = static_cast<const GumboNode*>(parts.data[1])->v.element.children;
    if (body.length == 1) text = static_cast<const GumboNode*>(body.data[0])->v.text.text;
  }
  gumbo_destroy_output(&options, output);
  if (text.size() < 2) return {};
  text.erase(0, 1);
  // "&notit;" is "&not" and "it;" to the parser: the whole name has to be one.
  return text.back() == ';' && name != "semi" ? std::string() : text;
}

}  // namespace parley::page
