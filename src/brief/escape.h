// Text into other formats' text.
#pragma once

#include <string>
#include <string_view>

namespace parley {

/// For an element's text or an attribute in double quotes, of HTML, SVG or XML.
inline std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

/// A field of CSV, always in quotes. Line ends stay, as RFC 4180 allows.
inline std::string csv_field(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace parley
