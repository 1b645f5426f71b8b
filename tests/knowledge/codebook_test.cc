// The codebook that is shipped, and what is said of a wrong one.
#include "knowledge/codebook.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "knowledge/status.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

fs::path data() { return fs::path(PARLEY_SOURCE_DIR) / "data"; }

TEST(Codebook, TheShippedOneHasNoMistakes) {
  const Diagnostics diagnostics = check_codebook(data(), {}, nullptr);
  EXPECT_EQ(diagnostics.text(), "");
}

TEST(Codebook, FindsRulesByPredicate) {
  Diagnostics diagnostics;
  DataFiles files(data(), {});
  const Codebook codebook = Codebook::load(files, diagnostics);
  ASSERT_FALSE(codebook.by_sense("abduct.01").empty());
  EXPECT_EQ(codebook.rules()[codebook.by_sense("abduct.01").front()].type, EventType::assault);
  EXPECT_FALSE(codebook.by_lemma("kidnapping", 'n').empty());
  EXPECT_TRUE(codebook.by_lemma("photosynthesis", 'n').empty());
}

TEST(Codebook, EveryTypeHasQuadScoreAndRules) {
  Diagnostics diagnostics;
  DataFiles files(data(), {});
  const Codebook codebook = Codebook::load(files, diagnostics);
  for (int i = 0; i < 16; ++i) {
    const EventType type = static_cast<EventType>(i);
    EXPECT_GE(codebook.type(type).quad, 1) << name(type);
    EXPECT_FALSE(codebook.type(type).cameo.empty()) << name(type);
    const bool has_rule = std::any_of(codebook.rules().begin(), codebook.rules().end(),
                                      [&](const Rule& rule) { return rule.type == type && !rule.quiet; });
    EXPECT_TRUE(has_rule) << name(type);
  }
  EXPECT_EQ(codebook.score(EventType::assault, {"unconventional"}), -10.0);
  EXPECT_EQ(codebook.score(EventType::retreat, {}), 6.5);
}

// A folder with one file of the codebook in it, removed at the end.
class UserFolder {
 public:
  explicit UserFolder(std::string_view relative, std::string_view text)
      : path_(fs::temp_directory_path() / ("parley-codebook-" + std::to_string(::getpid()))) {
    const fs::path file = path_ / relative;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  ~UserFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(Codebook, NamesTenMistakesInOneRun) {
  const UserFolder user("codebook/mine.toml", R"([[rule]]
name = "a"
event = "ASSALT"
predicates = ["hit.01"]
example = "x"

[[rule]]
name = "b"
event = "ASSAULT"
mode = ["ariel"]
predicates = ["hit", "hit.01"]
actor = ["ARGO"]
require = { object = ["@peple"] }
priority = "high"
confidence = 7
cameo = "19x"
example = "x"

[[rule]]
name = "b"
event = "AGREE"
mods = ["x"]
example = "x"
)");
  const std::string text = check_codebook(data(), user.path(), nullptr).text();
  for (std::string_view message :
       {"mine.toml:3:9: error: 'ASSALT' is no PLOVER event type; did you mean 'ASSAULT'?",
        "mine.toml:10:9: error: ASSAULT has no mode 'ariel'; did you mean 'aerial'?",
        "mine.toml:11:15: error: 'hit' is no predicate",
        "mine.toml:12:10: error: 'ARGO' is no PropBank role",
        "mine.toml:13:23: error: there is no word list 'peple'; did you mean '@people'?",
        "mine.toml:14:12: error: 'priority' must be a whole number, not a text",
        "mine.toml:15:14: error: 'confidence' is above 0 and at most 1",
        "mine.toml:16:9: error: a CAMEO code is two to four digits",
        "mine.toml:20:8: error: there is another rule 'b'",
        "mine.toml:22:8: error: unknown key 'mods'; did you mean 'mode'?",
        "error: a rule needs at least one predicate"}) {
    EXPECT_NE(text.find(message), std::string::npos) << message << "\nin\n" << text;
  }
}

TEST(Codebook, ASyntaxErrorEndsItsOwnFileOnly) {
  const UserFolder user("codebook/mine.toml", "[[rule]\nname = 1\n");
  Diagnostics diagnostics;
  DataFiles files(data(), user.path());
  const Codebook codebook = Codebook::load(files, diagnostics);
  EXPECT_TRUE(diagnostics.has_errors());
  EXPECT_GT(codebook.rules().size(), 40u);
}

TEST(Codebook, AUsersFileReplacesTheOneOfItsName) {
  const UserFolder user("codebook/coerce.toml",
                        "[[rule]]\nname = \"mine\"\nevent = \"COERCE\"\npredicates = [\"arrest.01\"]\nexample = \"x\"\n");
  Diagnostics diagnostics;
  DataFiles files(data(), user.path());
  const Codebook codebook = Codebook::load(files, diagnostics);
  EXPECT_EQ(diagnostics.text(), "");
  const auto there = [&codebook](std::string_view name) {
    return std::any_of(codebook.rules().begin(), codebook.rules().end(),
                       [name](const Rule& rule) { return rule.name == name; });
  };
  EXPECT_TRUE(there("mine"));
  EXPECT_FALSE(there("arrest")) << "the shipped coerce.toml is still read";
  EXPECT_TRUE(there("arrest-people")) << "other files stay";
}

TEST(Codebook, SensesTheModelLacksAreNamed) {
  const std::vector<std::string> senses = {"attack.01"};
  const std::string text = check_codebook(data(), {}, &senses).text();
  EXPECT_NE(text.find("the model cannot give sense 'abduct.01'; 'abduct/v' stands in for it"), std::string::npos);
}

TEST(StatusWords, GoverningWordsDecide) {
  Diagnostics diagnostics;
  DataFiles files(data(), {});
  const StatusWords words = StatusWords::load(files, diagnostics);
  EXPECT_EQ(diagnostics.text(), "");
  EXPECT_EQ(words.embedding("refuse.01", "refuse", 'v')->status, Status::denied);
  EXPECT_EQ(words.embedding("", "threat", 'n')->status, Status::conditional);
  EXPECT_EQ(words.modal("will"), Status::planned);
  EXPECT_TRUE(words.negation("never"));
}

}  // namespace
}  // namespace parley
