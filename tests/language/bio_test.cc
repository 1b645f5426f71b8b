// BIO sequences: the best allowed one, against all of them tried one by one.
#include "language/bio.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace parley {
namespace {

const std::vector<std::string> kLabels = {"O", "B-PER", "I-PER", "I-ORG", "B-ORG"};

bool allowed(const std::vector<std::uint32_t>& path) {
  for (std::size_t w = 0; w < path.size(); ++w) {
    const std::string& label = kLabels[path[w]];
    if (label[0] != 'I') continue;
    if (w == 0 || kLabels[path[w - 1]].size() < 2 || kLabels[path[w - 1]].substr(1) != label.substr(1)) return false;
  }
  return true;
}

float total(const std::vector<float>& scores, const std::vector<std::uint32_t>& path) {
  float sum = 0;
  for (std::size_t w = 0; w < path.size(); ++w) sum += scores[w * kLabels.size() + path[w]];
  return sum;
}

RC_GTEST_PROP(BioDecoder, FindsTheBestAllowedSequence, ()) {
  const auto words = *rc::gen::inRange<std::size_t>(1, 6);
  const auto whole =
      *rc::gen::container<std::vector<int>>(words * kLabels.size(), rc::gen::inRange(-9, 9));
  const std::vector<float> scores(whole.begin(), whole.end());
  const auto found = BioDecoder(kLabels).path(scores.data(), words, kLabels.size());
  RC_ASSERT(allowed(found));
  float best = -std::numeric_limits<float>::infinity();
  std::vector<std::uint32_t> path(words, 0);
  for (;;) {
    if (allowed(path)) best = std::max(best, total(scores, path));
    std::size_t at = 0;
    while (at < words && path[at] + 1 == kLabels.size()) path[at++] = 0;
    if (at == words) break;
    ++path[at];
  }
  RC_ASSERT(total(scores, found) == best);
}

TEST(BioDecoder, MakesSpans) {
  // Anna Mbeki of UNHCR: B-PER I-PER O B-ORG
  const std::vector<float> scores = {0, 5, 0, 0, 0, 0, 1, 5, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 2};
  const auto spans = BioDecoder(kLabels).decode(scores.data(), 4, 5);
  ASSERT_EQ(spans.size(), 2u);
  EXPECT_EQ(spans[0].first, 0u);
  EXPECT_EQ(spans[0].last, 2u);
  EXPECT_EQ(spans[0].kind, "PER");
  EXPECT_EQ(spans[1].kind, "ORG");
}

}  // namespace
}  // namespace parley
