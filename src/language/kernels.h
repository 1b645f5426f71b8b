// The loops of the encoder that are no matrix products, written once (kernels_body.inc) and compiled
// for three instruction sets: AVX-512, AVX2 with FMA, and what every x86-64 (or other) machine has.
// The best one is picked when the program starts. Widths are multiples of 16, `rows` are any.
#pragma once

#include <cstddef>
#include <cstdint>

namespace parley {

/// How a row of floats was brought to 7 bits: x = value × scale + least, values 0…127.
struct RowScale {
  float scale = 0;
  float least = 0;
};

/// Attention of one sentence: rows of [query | key | value], each `heads` × `head_width` wide.
struct AttentionShape {
  std::size_t rows = 0;
  std::size_t heads = 0;
  std::size_t head_width = 0;
};

struct Kernels {
  /// x = x + bias, by row.
  void (*add_bias)(float* x, std::size_t rows, std::size_t width, const float* bias);
  /// The same, then x ← x·Φ(x), the exact GELU (to 2e-7).
  void (*add_bias_gelu)(float* x, std::size_t rows, std::size_t width, const float* bias);
  /// x ← norm(x + residual)·weight + bias; `residual` may be nullptr.
  void (*add_norm)(float* x, const float* residual, std::size_t rows, std::size_t width,
                   const float* weight, const float* bias, float epsilon);
  /// Rows to 7 bits, each with its own scale.
  void (*quantize)(const float* x, std::size_t rows, std::size_t width, std::uint8_t* values,
                   RowScale* scales);
  /// In place: the 32-bit sums of products that `y` holds become floats,
  /// y[r][c] = (sum·scale_r + least_r·column_sum_c)·weight_scale_c + bias_c, through GELU (to 2e-4) if asked.
  void (*dequantize)(float* y, std::size_t rows, std::size_t width, const RowScale* scales,
                     const float* weight_scales, const float* column_sums, const float* bias, bool gelu);
  /// `out` rows have heads × head_width floats; `scratch` has room for attention_scratch() floats.
  void (*attention)(const float* qkv, float* out, AttentionShape shape, float* scratch);
  float (*dot)(const float* a, const float* b, std::size_t width);
  /// Dot product of floats and signed bytes.
  float (*dot_int8)(const float* a, const std::int8_t* b, std::size_t width);
};

const Kernels& kernels();
/// All that this machine can run, for tests; the best comes first.
std::size_t kernel_sets(const Kernels* sets[3]);

constexpr std::size_t attention_scratch(AttentionShape shape) {
  const std::size_t padded = (shape.rows + 31) / 32 * 32;
  return padded * (shape.head_width + 4);
}

}  // namespace parley
