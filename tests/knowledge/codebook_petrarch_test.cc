// Verb dictionaries in PETRARCH's format as rules; what breaks the format is named with its line.
#include "knowledge/codebook_petrarch.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace parley {
namespace {

const CameoTable& cameo() {
  static const CameoTable table = [] {
    Diagnostics diagnostics;
    DataFiles files(std::string(PARLEY_SOURCE_DIR) + "/data", {});
    CameoTable out = CameoTable::load(files, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return out;
  }();
  return table;
}

std::vector<Rule> rules(std::string_view text, Diagnostics& diagnostics) {
  return petrarch_verb_rules(text, "own.verbs", cameo(), diagnostics);
}

TEST(PetrarchVerbs, BlocksAndPatternsBecomeRules) {
  Diagnostics diagnostics;
  const auto read = rules(
      "# comment\n"
      "&TROOPS\n"
      "+SOLDIERS\n"
      "+RESERVES\n"
      "\n"
      "---  SEND   [---]  ---\n"
      "SEND {SENDS SENT SENDING }\n"
      "DISPATCH\n"
      "- * &TROOPS (TO BORDER)    [154]  # SEND\n"
      "- POLICE * {RIOT GEAR}     [153]\n"
      "---  RAID  [190]  ---\n"
      "RAID\n",
      diagnostics);
  EXPECT_EQ(diagnostics.text(), "");
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].type, EventType::mobilize);
  EXPECT_EQ(read[0].cameo, "154");
  EXPECT_EQ(read[0].predicates, (std::vector<std::string>{"send/v", "dispatch/v"}));
  ASSERT_EQ(read[0].conditions.size(), 2U);
  EXPECT_TRUE(read[0].conditions[0].lemmas.contains("soldier"));
  EXPECT_TRUE(read[0].conditions[0].lemmas.contains("reserve"));
  EXPECT_EQ(read[0].conditions[1].path.steps[0].text, "to");
  EXPECT_TRUE(read[0].conditions[1].lemmas.contains("border"));
  EXPECT_TRUE(read[1].conditions[0].lemmas.contains("police"));
  EXPECT_EQ(read[1].conditions[0].path.steps[0].kind, ArgumentStep::Kind::subject);
  EXPECT_TRUE(read[1].conditions[1].lemmas.contains("gear"));
  EXPECT_EQ(read[2].type, EventType::assault);
  EXPECT_LT(read[2].priority, read[0].priority);
}

TEST(PetrarchVerbs, PairsOfCodesSayWhoDoesWhat) {
  Diagnostics diagnostics;
  const auto read = rules(
      "--- MEET [---] ---\n"
      "MEET\n"
      "- * (WITH)        [040:040]\n"
      "- * (BEFORE JUDGE) [:173]\n"
      "- * GOALS         [---]\n",
      diagnostics);
  EXPECT_EQ(diagnostics.text(), "");
  ASSERT_EQ(read.size(), 3U);
  EXPECT_TRUE(read[0].reciprocal);
  EXPECT_EQ(read[1].type, EventType::coerce);
  EXPECT_EQ(read[1].recipient.front().text, "ARG0");  // who meets the judge is judged
  EXPECT_TRUE(read[2].quiet);
}

TEST(PetrarchVerbs, BadLinesAreNamedAndTheRestLoads) {
  Diagnostics diagnostics;
  const auto read = rules(
      "--- SEIZE [---] ---\n"
      "SEIZE\n"
      "- * {LAND            [171]\n"
      "- * &NOSUCHSET       [171]\n"
      "- * TOWN 171\n"
      "- LAND               [171]\n"
      "- * VILLAGE          [999]\n"
      "~ a (a b SEIZE) SAY = a b 015\n"
      "- * TOWN             [171]\n",
      diagnostics);
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(diagnostics.all().size(), 6U) << diagnostics.text();
  for (const int line : {3, 4, 5, 6, 7, 8}) {
    EXPECT_NE(diagnostics.text().find("own.verbs:" + std::to_string(line)), std::string::npos) << line;
  }
  EXPECT_FALSE(diagnostics.has_errors());
}

TEST(PetrarchVerbs, StatementsAndAppealsMakeNoRule) {
  Diagnostics diagnostics;
  EXPECT_TRUE(rules("--- SAY [010] ---\nSAY\n- * (FOR HELP) [020]\n", diagnostics).empty());
  EXPECT_EQ(diagnostics.text(), "");
}

TEST(PetrarchVerbs, CodesFallBackToTheirRoots) {
  ASSERT_NE(cameo().find("1831"), nullptr);
  EXPECT_EQ(cameo().find("1831")->type, EventType::assault);
  EXPECT_EQ(cameo().find("1999")->type, EventType::assault);
  EXPECT_EQ(cameo().find("99"), nullptr);
}

}  // namespace
}  // namespace parley
