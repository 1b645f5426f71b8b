// CoNLL 2018 scores on texts small enough to count by hand.
#include "eval/ud.h"

#include <gtest/gtest.h>

namespace parley::eval {
namespace {

const char* kGold =
    "# newpar\n# text = We can't stop. Go.\n"
    "1\tWe\twe\tPRON\tPRP\tCase=Nom|Number=Plur\t4\tnsubj\t_\t_\n"
    "2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tca\tcan\tAUX\tMD\tVerbForm=Fin\t4\taux\t_\t_\n"
    "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
    "4\tstop\tstop\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n"
    "1\tGo\tgo\tVERB\tVB\tMood=Imp\t0\troot\t_\tSpaceAfter=No\n"
    "2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_\n\n";

TEST(UdScores, AgainstItselfAllIsRight) {
  const auto scores = score_ud(kGold, kGold);
  ASSERT_TRUE(scores) << scores.error().text();
  for (const auto& [key, value] : scores->items()) EXPECT_EQ(value["f1"], 1.0) << key;
}

TEST(UdScores, RawTextComesBack) { EXPECT_EQ(raw_text(kGold), "We can't stop. Go.\n"); }

TEST(UdScores, AMultiwordTokenReadAsOneWordAndSentencesJoined) {
  const char* system =
      "1\tWe\twe\tPRON\tPRP\tCase=Nom\t3\tnsubj:pass\t_\t_\n"
      "2\tcan't\tcan\tAUX\tMD\t_\t3\taux\t_\t_\n"
      "3\tstop\tstop\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No\n"
      "4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n"
      "5\tGo\tgo\tVERB\tVB\tMood=Imp\t3\tparataxis\t_\tSpaceAfter=No\n"
      "6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";
  const auto scores = score_ud(kGold, system);
  ASSERT_TRUE(scores) << scores.error().text();
  const Json& s = *scores;
  EXPECT_EQ(s["Tokens"]["f1"], 1.0);
  EXPECT_EQ(s["Sentences"]["p"], 0.0);
  // Seven gold words, six of the system's; "can't" aligns with neither part, five are common.
  EXPECT_EQ(s["Words"]["r"], rounded(5.0 / 7));
  EXPECT_EQ(s["Words"]["p"], rounded(5.0 / 6));
  EXPECT_EQ(s["UPOS"]["r"], rounded(4.0 / 7));    // "stop" is no noun
  EXPECT_EQ(s["UFeats"]["r"], rounded(3.0 / 7));  // "We" lacks its number, "stop" its form
  EXPECT_EQ(s["LAS"]["r"], rounded(3.0 / 7));     // We (subtype does not count), stop, its full stop
}

TEST(UdScores, TextsThatDifferAreRefused) {
  const auto scores = score_ud(kGold, "1\tYou\tyou\tPRON\tPRP\t_\t0\troot\t_\t_\n\n");
  ASSERT_FALSE(scores);
  EXPECT_EQ(scores.error().code, Error::Code::mismatch);
}

TEST(UdScores, AHeadOutsideItsSentenceIsNamedByLine) {
  const auto scores = score_ud("1\tGo\tgo\tVERB\tVB\t_\t7\troot\t_\t_\n\n", kGold);
  ASSERT_FALSE(scores);
  EXPECT_NE(scores.error().text().find("gold:2"), std::string::npos) << scores.error().text();
}

}  // namespace
}  // namespace parley::eval
