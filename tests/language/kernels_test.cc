// The vectorised loops, each instruction set that this machine has, against plain ones.
#include "language/kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

namespace parley {
namespace {

std::vector<float> noise(std::size_t n, float size, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.0f, size);
  std::vector<float> out(n);
  for (float& v : out) v = normal(random);
  return out;
}

class KernelsTest : public ::testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    const Kernels* sets[3] = {};
    if (GetParam() >= kernel_sets(sets)) GTEST_SKIP() << "not on this machine";
    run_ = sets[GetParam()];
  }
  const Kernels* run_ = nullptr;
};

TEST_P(KernelsTest, GeluIsExactToSevenDigits) {
  std::vector<float> x, bias(32, 0.25f);
  for (int i = 0; i < 32 * 40; ++i) x.push_back(-16.0f + 0.025f * static_cast<float>(i));
  const std::vector<float> before = x;
  run_->add_bias_gelu(x.data(), 40, 32, bias.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double v = static_cast<double>(before[i]) + 0.25;
    EXPECT_NEAR(static_cast<double>(x[i]), 0.5 * v * (1.0 + std::erf(v / std::sqrt(2.0))), 2e-6) << v;
  }
}

TEST_P(KernelsTest, NormHasMeanNoughtAndVarianceOneBeforeItsWeights) {
  auto x = noise(3 * 48, 2.0f, 1);
  const auto residual = noise(3 * 48, 1.0f, 2), weight = noise(48, 1.0f, 3), bias = noise(48, 1.0f, 4);
  const auto before = x;
  run_->add_norm(x.data(), residual.data(), 3, 48, weight.data(), bias.data(), 1e-12f);
  for (std::size_t r = 0; r < 3; ++r) {
    double mean = 0, variance = 0;
    const auto at = [&](std::size_t c) {
      return static_cast<double>(before[r * 48 + c]) + static_cast<double>(residual[r * 48 + c]);
    };
    for (std::size_t c = 0; c < 48; ++c) mean += at(c) / 48;
    for (std::size_t c = 0; c < 48; ++c) variance += (at(c) - mean) * (at(c) - mean) / 48;
    for (std::size_t c = 0; c < 48; ++c) {
      EXPECT_NEAR(static_cast<double>(x[r * 48 + c]),
                  (at(c) - mean) / std::sqrt(variance) * static_cast<double>(weight[c]) + static_cast<double>(bias[c]),
                  1e-5);
    }
  }
}

TEST_P(KernelsTest, SevenBitsAreWithinHalfAStep) {
  const auto x = noise(5 * 64, 3.0f, 5);
  std::vector<std::uint8_t> values(x.size());
  std::vector<RowScale> scales(5);
  run_->quantize(x.data(), 5, 64, values.data(), scales.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const RowScale s = scales[i / 64];
    ASSERT_LE(values[i], 127);
    EXPECT_NEAR(x[i], static_cast<float>(values[i]) * s.scale + s.least, 0.501f * s.scale);
  }
}

TEST_P(KernelsTest, ARowOfEqualNumbersSurvivesSevenBits) {
  const std::vector<float> x(16, 4.5f);
  std::vector<std::uint8_t> values(16);
  RowScale scale;
  run_->quantize(x.data(), 1, 16, values.data(), &scale);
  EXPECT_FLOAT_EQ(static_cast<float>(values[7]) * scale.scale + scale.least, 4.5f);
}

TEST_P(KernelsTest, SumsBecomeFloatsWithScalesAndBias) {
  std::vector<float> y(32);
  std::vector<std::int32_t> sums(32);
  for (int i = 0; i < 32; ++i) sums[static_cast<std::size_t>(i)] = 1000 * i - 9000;
  std::memcpy(y.data(), sums.data(), sizeof(float) * y.size());
  const auto weight = noise(32, 0.1f, 6), columns = noise(32, 50.0f, 7), bias = noise(32, 1.0f, 8);
  const RowScale scale{0.03f, -1.5f};
  run_->dequantize(y.data(), 1, 32, &scale, weight.data(), columns.data(), bias.data(), false);
  for (std::size_t c = 0; c < 32; ++c) {
    EXPECT_NEAR(y[c], (static_cast<float>(sums[c]) * 0.03f - 1.5f * columns[c]) * weight[c] + bias[c], 1e-3);
  }
}

TEST_P(KernelsTest, GeluOfWhatBecomesSevenBitsIsGoodToFourDigits) {
  std::vector<float> y(480);
  std::vector<std::int32_t> sums(480);
  for (int i = 0; i < 480; ++i) sums[static_cast<std::size_t>(i)] = 25 * (i - 240);
  std::memcpy(y.data(), sums.data(), sizeof(float) * y.size());
  const std::vector<float> one(480, 1.0f), zero(480, 0.0f);
  const RowScale scale{0.001f, 0.0f};
  run_->dequantize(y.data(), 1, 480, &scale, one.data(), zero.data(), zero.data(), true);
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double v = 0.001 * sums[i];
    EXPECT_NEAR(static_cast<double>(y[i]), 0.5 * v * (1.0 + std::erf(v / std::sqrt(2.0))), 2e-4) << v;
  }
}

TEST_P(KernelsTest, AttentionMixesValuesByTheSoftmaxOfScores) {
  for (const std::size_t head_width : {16u, 32u, 48u, 64u}) {
    for (const std::size_t rows : {1u, 3u, 4u, 31u, 33u, 70u}) {
      const AttentionShape shape{rows, 2, head_width};
      const std::size_t width = 2 * head_width;
      const auto qkv = noise(rows * 3 * width, 1.0f, static_cast<unsigned>(rows));
      std::vector<float> out(rows * width), scratch(attention_scratch(shape));
      run_->attention(qkv.data(), out.data(), shape, scratch.data());
      for (std::size_t h = 0; h < 2; ++h) {
        for (std::size_t i = 0; i < rows; ++i) {
          std::vector<double> p(rows);
          double total = 0;
          for (std::size_t j = 0; j < rows; ++j) {
            double s = 0;
            for (std::size_t d = 0; d < head_width; ++d) {
              s += static_cast<double>(qkv[i * 3 * width + h * head_width + d]) *
                   static_cast<double>(qkv[j * 3 * width + width + h * head_width + d]);
            }
            p[j] = std::exp(s / std::sqrt(static_cast<double>(head_width)));
            total += p[j];
          }
          for (std::size_t d = 0; d < head_width; ++d) {
            double wanted = 0;
            for (std::size_t j = 0; j < rows; ++j) {
              wanted += p[j] / total * static_cast<double>(qkv[j * 3 * width + 2 * width + h * head_width + d]);
            }
            ASSERT_NEAR(static_cast<double>(out[i * width + h * head_width + d]), wanted, 1e-5);
          }
        }
      }
    }
  }
}

TEST_P(KernelsTest, DotProducts) {
  const auto a = noise(96, 1.0f, 9), b = noise(96, 1.0f, 10);
  std::vector<std::int8_t> bytes(96);
  double wanted = 0, wanted_bytes = 0;
  for (std::size_t i = 0; i < 96; ++i) {
    bytes[i] = static_cast<std::int8_t>(static_cast<int>(i * 37 % 255) - 127);
    wanted += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    wanted_bytes += static_cast<double>(a[i]) * bytes[i];
  }
  EXPECT_NEAR(static_cast<double>(run_->dot(a.data(), b.data(), 96)), wanted, 1e-4);
  EXPECT_NEAR(static_cast<double>(run_->dot_int8(a.data(), bytes.data(), 96)), wanted_bytes, 1e-2);
}

INSTANTIATE_TEST_SUITE_P(InstructionSets, KernelsTest, ::testing::Values(0u, 1u, 2u));

}  // namespace
}  // namespace parley
