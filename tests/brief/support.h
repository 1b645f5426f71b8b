// The example reports, read once for all tests of this program.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "page/page.h"
#include "parley/pipeline.h"

namespace parley::testing {

inline std::filesystem::path source_dir() { return PARLEY_SOURCE_DIR; }

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

inline const Pipeline& pipeline() {
  static const Pipeline loaded = [] {
    auto result = Pipeline::load({});
    if (!result) {
      ADD_FAILURE() << result.error().text();
      std::abort();
    }
    return std::move(result).value();
  }();
  return loaded;
}

inline Document read_report(const std::string& text, const std::string& id = "test") {
  ReadOptions options;
  auto cues = load_cues(source_dir() / "data/page");
  EXPECT_TRUE(cues) << (cues ? "" : cues.error().text());
  if (cues) options.cues = *cues;
  options.id = id;
  auto document = read_text(text, options);
  EXPECT_TRUE(document) << (document ? "" : document.error().text());
  return document ? std::move(document).value() : Document::plain(text);
}

/// Name -> record of every report in examples/reports.
inline const std::map<std::string, Record>& example_records() {
  static const std::map<std::string, Record> all = [] {
    std::map<std::string, Record> out;
    for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "examples/reports")) {
      if (entry.path().extension() != ".txt") continue;
      const std::string name = entry.path().stem().string();
      out.emplace(name, pipeline().read(read_report(slurp(entry.path()), name)));
    }
    return out;
  }();
  return all;
}

}  // namespace parley::testing
