// Whatever columns go in, an analysis that comes out is sound: trees, ranges, orders.
#include "language/analysis_builder.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace parley {
namespace {

TEST(AnalysisBuilder, MakesATreeThatCanBeWalked) {
  // Rebels left the besieged town.
  AnalysisBuilder builder;
  const Word rebels = builder.add_word("Rebels", {0, 6});
  const Word left = builder.add_word("left", {7, 11});
  const Word the = builder.add_word("the", {12, 15});
  const Word besieged = builder.add_word("besieged", {16, 24});
  const Word town = builder.add_word("town", {25, 29});
  const Word stop = builder.add_word(".", {29, 30});
  builder.end_sentence(true, "s1");
  builder.set_tree(rebels, left, "nsubj");
  builder.set_tree(left, kNoWord, "root");
  builder.set_tree(the, town, "det");
  builder.set_tree(besieged, town, "amod");
  builder.set_tree(town, left, "obj");
  builder.set_tree(stop, left, "punct");
  builder.set_tags(town, Upos::NOUN, "NN", "Number=Sing");
  const Analysis analysis = std::move(builder).build();

  EXPECT_EQ(analysis.child(left, "obj"), town);
  EXPECT_EQ(analysis.child(left, "iobj"), kNoWord);
  EXPECT_EQ(analysis.subtree(town), (WordRange{the, stop}));
  EXPECT_EQ(analysis.subtree(left), (WordRange{0, 6}));
  EXPECT_EQ(analysis.children(town).size(), 2u);
  EXPECT_TRUE(analysis.dominates(left, the));
  EXPECT_FALSE(analysis.dominates(the, left));
  EXPECT_EQ(analysis.head_of({the, stop}), town);
  EXPECT_EQ(analysis.head_of({the, the}), kNoWord);
  EXPECT_TRUE(analysis.space_after(the));
  EXPECT_FALSE(analysis.space_after(town));
  EXPECT_TRUE(analysis.has_feature(town, "Number=Sing"));
  EXPECT_FALSE(analysis.has_feature(town, "Number"));
  EXPECT_EQ(analysis.sentences()[0].bytes, (ByteRange{0, 30}));
  EXPECT_TRUE(std::isnan(analysis.factuality(left)));
}

TEST(AnalysisBuilder, KeepsSubtypesApartUnlessAskedForTheBase) {
  AnalysisBuilder builder;
  builder.add_word("Aid", {0, 3});
  builder.add_word("blocked", {4, 11});
  builder.set_tree(0, 1, "nsubj:pass");
  const Analysis analysis = std::move(builder).build();
  EXPECT_EQ(analysis.child(1, "nsubj"), 0u);
  EXPECT_EQ(analysis.child(1, "nsubj:pass"), 0u);
  EXPECT_EQ(analysis.child(1, "nsubj:outer"), kNoWord);
  EXPECT_EQ(analysis.base_relation(0), "nsubj");
}

TEST(AnalysisBuilder, CutsCyclesAndHeadsInOtherSentences) {
  AnalysisBuilder builder;
  for (std::uint32_t i = 0; i < 4; ++i) builder.add_word("w", {2 * i, 2 * i + 1});
  builder.end_sentence();
  builder.add_word("x", {8, 9});
  builder.end_sentence();
  builder.set_tree(0, 1, "dep");
  builder.set_tree(1, 2, "dep");
  builder.set_tree(2, 0, "dep");
  builder.set_tree(3, 4, "dep");
  builder.set_tree(4, 4, "dep");
  const Analysis analysis = std::move(builder).build();
  EXPECT_EQ(analysis.head(2), kNoWord);
  EXPECT_EQ(analysis.head(3), kNoWord);
  EXPECT_EQ(analysis.head(4), kNoWord);
  EXPECT_EQ(analysis.subtree(2), (WordRange{0, 3}));
}

TEST(AnalysisBuilder, OrdersPredicatesAndNamesAndDropsRangesOutside) {
  AnalysisBuilder builder;
  for (std::uint32_t i = 0; i < 3; ++i) builder.add_word("w", {2 * i, 2 * i + 1});
  builder.add_predicate({2, "b.01", {{{1, 9}, "ARG1"}, {{1, 2}, "ARG2"}, {{0, 1}, "ARG0"}}});
  builder.add_predicate({0, "a.01", {}});
  builder.add_predicate({7, "c.01", {}});
  builder.add_name({{1, 2}, NameType::PER});
  builder.add_name({{0, 2}, NameType::ORG});
  const Analysis analysis = std::move(builder).build();
  ASSERT_EQ(analysis.predicates().size(), 2u);
  ASSERT_NE(analysis.predicate_at(2), nullptr);
  EXPECT_EQ(analysis.predicate_at(2)->roles.size(), 2u);
  EXPECT_EQ(analysis.predicate_at(2)->roles[0].label, "ARG0");
  EXPECT_EQ(analysis.predicate_at(1), nullptr);
  EXPECT_EQ(analysis.predicates(analysis.sentences()[0]).size(), 2u);
  EXPECT_EQ(analysis.names()[0].type, NameType::ORG);
}

RC_GTEST_PROP(AnalysisBuilderProperty, AnyHeadsGiveAForest, ()) {
  const auto heads = *rc::gen::container<std::vector<Word>>(rc::gen::inRange<Word>(0, 24));
  AnalysisBuilder builder;
  for (std::uint32_t i = 0; i < heads.size(); ++i) builder.add_word("w", {2 * i, 2 * i + 1});
  for (Word w = 0; w < heads.size(); ++w) builder.set_tree(w, heads[w], "dep");
  const Analysis analysis = std::move(builder).build();
  for (Word w = 0; w < analysis.size(); ++w) {
    std::size_t steps = 0;
    for (Word up = w; up != kNoWord; up = analysis.head(up)) {
      RC_ASSERT(analysis.subtree(up).contains(w));
      RC_ASSERT(++steps <= heads.size());
    }
    for (Word child : analysis.children(w)) RC_ASSERT(analysis.head(child) == w);
  }
}

}  // namespace
}  // namespace parley
