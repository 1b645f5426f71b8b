// Nothing grows faster than the report: the work for a text four times as long is about four times the
// work. Counted in CPU time with wide room, so that only a square would fail.
#include <gtest/gtest.h>

#include <ctime>

#include "support.h"

namespace parley {
namespace {

double cpu_seconds(const std::function<void()>& work) {
  timespec before{};
  timespec after{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
  work();
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
  return static_cast<double>(after.tv_sec - before.tv_sec) + static_cast<double>(after.tv_nsec - before.tv_nsec) * 1e-9;
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

class Linear : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Linear, FourTimesTheTextIsNotSixteenTimesTheWork) {
  const std::string piece = GetParam().second;
  const int times = static_cast<int>(6000 / piece.size()) + 1;
  const Document small = Document::plain(repeated(piece, times));
  const Document large = Document::plain(repeated(piece, times * 4));
  (void)testing::pipeline().read(small);  // first use pays for what is made once
  const double a = cpu_seconds([&] { (void)testing::pipeline().read(small); });
  const double b = cpu_seconds([&] { (void)testing::pipeline().read(large); });
  EXPECT_LT(b, a * 10 + 0.2) << a << " s against " << b << " s";
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Linear,
    ::testing::Values(
        std::pair{"reports", "Rebels killed 12 soldiers near Goma on Friday, the army said. \"We will answer,\" a spokesman told reporters.\n\n"},
        std::pair{"names", "Anna Bauer, Boris Chen, Carla Diaz, Dmitri Egorov, Elif Faruk, "},
        std::pair{"one_sentence", "and the men who came from the town that lay behind the hill which "},
        std::pair{"quotes", "\"No,\" he said. \"Yes,\" she said. "},
        std::pair{"numbers", "12 of 45 or 3.5 percent, $4 million, 7 to 9 and "}),
    [](const auto& test) { return test.param.first; });

}  // namespace
}  // namespace parley
