// Lemmas and senses, searched in the file's own lines.
#include "language/lexicon.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(SortedLines, FindsByBothKeys) {
  const SortedLines lines("better\tADJ\tgood\nbetter\tADV\twell\nmen\tNOUN\tman\nwent\tVERB\tgo");
  EXPECT_EQ(lines.find("better", "ADV"), "well");
  EXPECT_EQ(lines.find("better", "ADJ"), "good");
  EXPECT_EQ(lines.find("went", "VERB"), "go");
  EXPECT_EQ(lines.find("went", "NOUN"), "");
  EXPECT_EQ(lines.find("", ""), "");
  EXPECT_EQ(lines.find("zebra", "NOUN"), "");
  EXPECT_EQ(lines.find_all("better"), (std::vector<std::string_view>{"good", "well"}));
  EXPECT_TRUE(SortedLines("").find_all("a").empty());
}

TEST(LemmaRule, EditsEndsOfTheForm) {
  EXPECT_EQ(LemmaRule::parse("l;0;;3;y").apply("Studies"), "study");
  EXPECT_EQ(LemmaRule::parse("k;0;;1;").apply("Americans"), "American");
  EXPECT_EQ(LemmaRule::parse("*go").apply("went"), "go");
  EXPECT_EQ(LemmaRule::parse("l;0;;1;").apply("Café"), "caf");
}

TEST(LemmaRule, ThatCutsMoreThanThereIsLeavesTheForm) {
  EXPECT_EQ(LemmaRule::parse("l;0;;3;y").apply("As"), "as");
  EXPECT_EQ(LemmaRule::parse("l;1;;1;").apply("x"), "x");
  EXPECT_EQ(LemmaRule::parse("l;0;;1;").apply("s"), "s");
  EXPECT_EQ(LemmaRule::parse("no rule").apply("Fled"), "fled");
}

TEST(SenseLexicon, FallsBackToTheLemmasOtherPartsOfSpeech) {
  const SenseLexicon senses("attack\tn\t2\nattack\tv\t0,1\nbomb\tv\t3,99\n", 4);
  EXPECT_EQ(senses.candidates("attack", Upos::VERB), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(senses.candidates("attack", Upos::NOUN), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(senses.candidates("attack", Upos::ADJ), (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(senses.candidates("bomb", Upos::VERB), (std::vector<std::uint32_t>{3}));  // 99 is no label
  EXPECT_TRUE(senses.candidates("besiege", Upos::VERB).empty());
}

}  // namespace
}  // namespace parley
