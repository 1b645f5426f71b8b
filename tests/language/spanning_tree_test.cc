// The best tree with one root, against all trees of small sentences tried one by one.
#include "language/spanning_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace parley {
namespace {

bool is_tree(const std::vector<std::uint32_t>& heads) {
  std::size_t roots = 0;
  for (std::size_t d = 0; d < heads.size(); ++d) {
    roots += heads[d] == 0 ? 1 : 0;
    std::size_t up = d + 1;
    for (std::size_t steps = 0; up != 0; up = heads[up - 1]) {
      if (++steps > heads.size()) return false;
    }
  }
  return roots == 1;
}

double total(const std::vector<float>& scores, const std::vector<std::uint32_t>& heads) {
  double sum = 0;
  for (std::size_t d = 0; d < heads.size(); ++d) sum += static_cast<double>(scores[d * (heads.size() + 1) + heads[d]]);
  return sum;
}

double best_of_all(const std::vector<float>& scores, std::size_t n) {
  std::vector<std::uint32_t> heads(n, 0);
  double best = -std::numeric_limits<double>::infinity();
  for (;;) {
    if (is_tree(heads)) best = std::max(best, total(scores, heads));
    std::size_t at = 0;
    while (at < n && heads[at] == n) heads[at++] = 0;
    if (at == n) return best;
    ++heads[at];
  }
}

RC_GTEST_PROP(SpanningTree, IsTheBestOfAllTrees, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 6);
  const auto whole = *rc::gen::container<std::vector<int>>(n * (n + 1), rc::gen::inRange(-20, 20));
  const std::vector<float> scores(whole.begin(), whole.end());
  const auto heads = best_tree(scores.data(), n, n + 1);
  RC_ASSERT(is_tree(heads));
  RC_ASSERT(total(scores, heads) == best_of_all(scores, n));
}

RC_GTEST_PROP(SpanningTree, IsATreeWhateverTheScores, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 60);
  const auto whole = *rc::gen::container<std::vector<int>>(n * (n + 1), rc::gen::inRange(-3, 3));
  const std::vector<float> scores(whole.begin(), whole.end());
  RC_ASSERT(is_tree(best_tree(scores.data(), n, n + 1)));
}

TEST(SpanningTree, GivesOneRootWhereEachWordsBestHeadWouldGiveTwo) {
  // "Rebels fled": rows of root, Rebels, fled.
  const float scores[] = {2.5f, 0, 2, 3, 1, 0};
  EXPECT_EQ(best_tree(scores, 2, 3), (std::vector<std::uint32_t>{2, 0}));
  EXPECT_TRUE(best_tree(scores, 0, 1).empty());
  EXPECT_EQ(best_tree(scores, 1, 3), (std::vector<std::uint32_t>{0}));
}

}  // namespace
}  // namespace parley
