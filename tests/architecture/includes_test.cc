// Data flows one way: a folder of src/ includes only headers of the folders below it (ARCHITECTURE.md).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

// eval may read CoNLL-U and analyses through the language layer's doors; it must not know extractors.
const std::map<std::string, std::set<std::string>> kMayInclude{
    {"text", {}},
    {"page", {"text"}},
    {"language", {"text"}},
    {"knowledge", {"text"}},
    {"record", {"text", "language", "knowledge"}},
    {"story", {"text", "record"}},
    {"desk", {"text", "page", "record", "story"}},
    {"watch", {"text", "page", "record", "desk"}},
    {"brief", {"text", "record", "story", "desk"}},
    {"eval", {"text"}},
    {"cli", {"text", "page", "language", "knowledge", "record", "story", "desk", "watch", "brief", "eval"}},
};

TEST(Architecture, FoldersIncludeOnlyWhatIsBelowThem) {
  const fs::path source = fs::path(PARLEY_SOURCE_DIR) / "src";
  const std::regex include(R"re(^\s*#include\s+"([a-z]+)/)re");
  std::size_t read = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    const fs::path path = entry.path();
    if (path.extension() != ".cc" && path.extension() != ".h" && path.extension() != ".inc") continue;
    const std::string folder = fs::relative(path, source).begin()->string();
    const auto allowed = kMayInclude.find(folder);
    ASSERT_NE(allowed, kMayInclude.end()) << folder << " is not in the table of ARCHITECTURE.md and of this test";
    std::ifstream in(path);
    std::string line;
    std::smatch match;
    while (std::getline(in, line)) {
      if (!std::regex_search(line, match, include)) continue;
      ++read;
      const std::string other = match[1];
      EXPECT_TRUE(other == folder || other == "parley" || allowed->second.contains(other))
          << fs::relative(path, source).string() << " must not know " << other << "/: " << line;
    }
  }
  EXPECT_GT(read, 50U) << "the test looks at the wrong folder";
}

TEST(Architecture, EveryFolderStandsInTheMap) {
  std::ifstream in(fs::path(PARLEY_SOURCE_DIR) / "ARCHITECTURE.md");
  const std::string map((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  for (const auto& [folder, below] : kMayInclude) {
    EXPECT_NE(map.find("| `" + folder + "` |"), std::string::npos) << folder;
    EXPECT_TRUE(fs::is_directory(fs::path(PARLEY_SOURCE_DIR) / "src" / folder)) << folder;
  }
}

TEST(Architecture, PublicHeadersIncludeOnlyPublicHeaders) {
  const std::regex include(R"re(^\s*#include\s+"([^"]+)")re");
  for (const auto& entry : fs::directory_iterator(fs::path(PARLEY_SOURCE_DIR) / "include/parley")) {
    std::ifstream in(entry.path());
    std::string line;
    std::smatch match;
    while (std::getline(in, line)) {
      if (std::regex_search(line, match, include)) {
        EXPECT_TRUE(match[1].str().starts_with("parley/")) << entry.path().filename() << ": " << line;
      }
    }
  }
}

}  // namespace
