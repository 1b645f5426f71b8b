// What the page tests share: the shipped cue lists, sections as lines.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "page/page.h"

namespace parley::page_test {

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline ReadOptions with_cues() {
  static const auto cues = load_cues(std::string(PARLEY_SOURCE_DIR) + "/data/page");
  EXPECT_TRUE(cues.ok()) << cues.error().text();
  ReadOptions options;
  if (cues.ok()) options.cues = *cues;
  options.source = "report.txt";
  return options;
}

/// "headline | Truce holds", a line each.
inline std::string sections(const Document& document) {
  std::string out;
  for (const Section& section : document.sections) {
    out += std::string(name(section.kind)) + " | " + std::string(document.slice(section.span)) + '\n';
  }
  return out;
}

inline std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out.empty() ? "-" : out;
}

/// The document as it stands in tests/page/reports/*.expected.
inline std::string described(const Document& document) {
  return "title: " + document.title.value_or("-") + "\nbyline: " + joined(document.byline) +
         "\npublished: " + document.published.value_or("-") +
         "\nupdated: " + document.updated.value_or("-") +
         "\ntruncated: " + (document.truncated ? "yes" : "no") + "\n\n" + sections(document);
}

/// Sections lie in the text, in order, apart, none empty.
inline void expect_sound(const Document& document) {
  std::uint32_t end = 0;
  for (const Section& section : document.sections) {
    EXPECT_LE(end, section.span.begin);
    EXPECT_LT(section.span.begin, section.span.end);
    EXPECT_LE(section.span.end, document.code_points());
    end = section.span.end;
  }
  for (const Span& takeaway : document.takeaways) EXPECT_LE(takeaway.end, document.code_points());
}

}  // namespace parley::page_test
