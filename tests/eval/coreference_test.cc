// CoNLL scores on chains small enough to count by hand.
#include "eval/coreference.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "language/conllu.h"

namespace parley::eval {
namespace {

/// One word a letter: "a a b" are two mentions of one chain and one of another; "-" is none.
Analysis chains(const std::string& letters) {
  std::string text;
  int number = 0;
  for (const char c : letters) {
    if (c == ' ') continue;
    const std::string misc = c == '-' ? "_" : std::string("Entity=(") + c + "-_-1-nominal)";
    ++number;
    text += std::to_string(number) + "\tw\tw\tNOUN\t_\t_\t" + (number == 1 ? "0\troot" : "1\tdep") +
            "\t_\t" + misc + "\n";
  }
  auto read = read_conllu(text);
  EXPECT_TRUE(read.ok()) << read.error().text();
  return std::move(read->analysis);
}

Json score(const std::string& gold, const std::string& system) {
  CoreferenceScore score;
  score.add(chains(gold), chains(system));
  return score.figures();
}

TEST(CoreferenceScore, AllRight) {
  const Json s = score("a b a b b", "x y x y y");
  for (const char* measure : {"mentions", "muc", "b3", "ceaf"}) EXPECT_EQ(s[measure]["f1"], 1.0) << measure;
  EXPECT_EQ(s["conll"], 1.0);
}

TEST(CoreferenceScore, AChainInTwo) {
  // Of the chain's three links two are kept; each half is half of it; one half finds a partner.
  const Json s = score("a a a a", "x x y y");
  EXPECT_EQ(s["muc"], (Json{{"p", 1.0}, {"r", 0.6667}, {"f1", 0.8}}));
  EXPECT_EQ(s["b3"], (Json{{"p", 1.0}, {"r", 0.5}, {"f1", 0.6667}}));
  EXPECT_EQ(s["ceaf"], (Json{{"p", 0.3333}, {"r", 0.6667}, {"f1", 0.4444}}));
}

TEST(CoreferenceScore, SingletonsAreLeftOut) {
  const Json s = score("a a b -", "a a - c");
  EXPECT_EQ(s["mentions"]["f1"], 1.0);
  EXPECT_EQ(s["conll"], 1.0);
}

TEST(CoreferenceScore, NothingFoundIsNought) {
  EXPECT_EQ(score("a a", "- -")["conll"], 0.0);
  EXPECT_EQ(score("- -", "a a")["conll"], 0.0);
}

TEST(CoreferenceScore, TheBestPairingIsNotTheGreedyOne) {
  // Pairing the first gold chain with the system chain that it shares most with would leave nothing
  // for the second: 2*3/9 + 0 < 2*2/6 + 2*2/7.
  const Json s = score("a a a a a b b -", "x x x y y x - x");
  // gold a (5): x 3 of 5, y 2 of 2; gold b (2): x 1 of 5. Best: a-y 2*2/7 + b-x 2*1/7 = 0.857.
  EXPECT_EQ(s["ceaf"]["r"], rounded((4.0 / 7 + 2.0 / 7) / 2));
}

}  // namespace
}  // namespace parley::eval
