// Data files: every mistake is named with its place, all of them in one run.
#include <gtest/gtest.h>

#include "knowledge/toml_reader.h"

namespace parley {
namespace {

std::string mistakes(std::string_view text, const std::function<void(TomlTable&)>& read) {
  Diagnostics diagnostics;
  const std::string file = "f.toml";
  if (const auto root = parse_toml(text, file, diagnostics)) {
    TomlTable table(*root, file, diagnostics);
    read(table);
    table.done();
  }
  return diagnostics.text();
}

TEST(TomlReader, ReadsEachKind) {
  EXPECT_EQ(mistakes("a = \"x\"\nb = 3\nc = 0.5\nd = true\ne = [\"p\", \"q\"]\nf = 2021-01-20\n",
                     [](TomlTable& t) {
                       EXPECT_EQ(t.text("a"), "x");
                       EXPECT_EQ(t.integer("b"), 3);
                       EXPECT_EQ(t.number("b"), 3.0);
                       EXPECT_EQ(t.number("c"), 0.5);
                       EXPECT_EQ(t.flag("d"), true);
                       EXPECT_EQ(t.texts("e"), (std::vector<std::string>{"p", "q"}));
                       EXPECT_EQ(t.texts("a"), (std::vector<std::string>{"x"}));
                       EXPECT_EQ(t.text("f"), "2021-01-20");
                       EXPECT_EQ(t.text("absent"), std::nullopt);
                     }),
            "");
}

TEST(TomlReader, NamesUnknownKeysWithTheNearestKnownOne) {
  EXPECT_EQ(mistakes("name = \"x\"\nmods = \"y\"\n",
                     [](TomlTable& t) {
                       t.text("name");
                       t.text("mode");
                     }),
            "f.toml:2:8: error: unknown key 'mods'; did you mean 'mode'?");
}

TEST(TomlReader, NamesWrongTypesAndMissingKeysTogether) {
  EXPECT_EQ(mistakes("[[rule]]\npriority = \"high\"\n[[rule]]\nname = \"b\"\npriority = 1\n",
                     [](TomlTable& t) {
                       for (TomlTable rule : t.tables("rule")) {
                         rule.required_text("name");
                         rule.integer("priority");
                         rule.done();
                       }
                     }),
            "f.toml:1:1: error: 'name' is missing\n"
            "f.toml:2:12: error: 'priority' must be a whole number, not a text");
}

TEST(TomlReader, ASyntaxErrorHasItsPlace) {
  const std::string text = mistakes("a = 1\nb = = 2\n", [](TomlTable&) { FAIL(); });
  EXPECT_EQ(text.substr(0, 15), "f.toml:2:5: err") << text;
}

TEST(TomlReader, KeysKeepTheOrderOfTheFile) {
  mistakes("z = \"1\"\na = \"2\"\nm = \"3\"\n", [](TomlTable& t) {
    std::string keys;
    for (const auto& entry : t.entries()) keys += entry.key;
    EXPECT_EQ(keys, "zam");
  });
}

}  // namespace
}  // namespace parley
