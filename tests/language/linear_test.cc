// Matrix products through oneDNN, against plain loops: every number of rows that a block may have.
#include "language/linear.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "language/language.h"

namespace parley {
namespace {

constexpr std::size_t kIn = 48, kOut = 37;

struct Fixture {
  std::vector<float> weights, bias;
  Matrix x;
  explicit Fixture(std::size_t rows, bool full_range = false) {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> any(-1.0f, 1.0f);
    weights.resize(kOut * kIn);
    bias.resize(kOut);
    // Full range: all weights at the ends of their int8, so that sums of two products are the largest.
    for (float& w : weights) w = full_range ? (any(random) < 0 ? -1.0f : 1.0f) : any(random);
    for (float& b : bias) b = any(random);
    x.resize(rows, kIn);
    for (std::size_t i = 0; i < rows * kIn; ++i) x.row(0)[i] = 4.0f * any(random);
    if (full_range) {
      for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 1; c < kIn; ++c) x.row(r)[c] = c % 7 == 0 ? -4.0f : 4.0f;
      }
    }
  }
  double wanted(std::size_t r, std::size_t o) const {
    double sum = static_cast<double>(bias[o]);
    for (std::size_t i = 0; i < kIn; ++i) {
      sum += static_cast<double>(weights[o * kIn + i]) * static_cast<double>(x.row(r)[i]);
    }
    return sum;
  }
};

TEST(Linear, Fp32IsTheProduct) {
  const OneThread one_thread;
  LinearScratch scratch;
  for (const std::size_t rows : {1u, 7u, 8u, 9u, 63u, 64u, 65u, 200u}) {
    const Fixture f(rows);
    const Linear linear(f.weights, f.bias, kIn, Precision::fp32);
    Matrix y;
    linear.apply(scratch, f.x, y);
    EXPECT_EQ(linear.out(), kOut);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t o = 0; o < kOut; ++o) ASSERT_NEAR(static_cast<double>(y.row(r)[o]), f.wanted(r, o), 1e-4);
      for (std::size_t o = kOut; o < y.width(); ++o) ASSERT_EQ(y.row(r)[o], 0.0f);
    }
  }
}

TEST(Linear, Int8IsNearTheProduct) {
  const OneThread one_thread;
  LinearScratch scratch;
  for (const std::size_t rows : {1u, 13u, 64u, 130u}) {
    const Fixture f(rows);
    const Linear linear(f.weights, f.bias, kIn, Precision::int8);
    Matrix y;
    linear.apply(scratch, f.x, y);
    for (std::size_t r = 0; r < rows; ++r) {
      // A step is 8/127 of the input and 1/127 of a weight; errors add up like a random walk.
      for (std::size_t o = 0; o < kOut; ++o) ASSERT_NEAR(static_cast<double>(y.row(r)[o]), f.wanted(r, o), 0.8);
    }
  }
}

TEST(Linear, Int8SumsDoNotSaturate) {
  const OneThread one_thread;
  LinearScratch scratch;
  const Fixture f(24, true);
  const Linear linear(f.weights, f.bias, kIn, Precision::int8);
  Matrix y;
  linear.apply(scratch, f.x, y);
  for (std::size_t r = 0; r < 24; ++r) {
    for (std::size_t o = 0; o < kOut; ++o) ASSERT_NEAR(static_cast<double>(y.row(r)[o]), f.wanted(r, o), 0.1);
  }
}

TEST(Linear, GeluComesAfterTheBias) {
  const OneThread one_thread;
  LinearScratch scratch;
  const Fixture f(5);
  const Linear linear(f.weights, f.bias, kIn, Precision::fp32);
  Matrix y;
  linear.apply(scratch, f.x, y, Activation::gelu);
  const double v = f.wanted(3, 11);
  EXPECT_NEAR(static_cast<double>(y.row(3)[11]), 0.5 * v * (1 + std::erf(v / std::sqrt(2.0))), 1e-4);
}

}  // namespace
}  // namespace parley
