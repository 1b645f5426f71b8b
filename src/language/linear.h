// y = W x + b over the rows of a matrix, on oneDNN. The one header of the library that knows of it.
//
// Eight bits. Weights become int8 with a scale for each output. Each row of the input becomes
// x = q·scale + least with q in 0…127: seven bits, because without VNNI the processor adds two products
// of 8-bit numbers in 16 bits and saturates, silently: 255·127 + 255·127 does not fit, 127·127 + 127·127
// does. So y_c = (Σ q·w_c · scale + least · Σ w_c) · weight_scale_c + b_c, exact in integers up to there.
// Counter-example: q in 0…255 with full-range weights gives 12,282 wrong of 12,288 sums on AVX2.
// Cost on one core at 2.6 GHz with VNNI: 450 GOP/s, four times fp32. Covered by linear_test.cc.
//
// Threads: oneDNN would use all of them through OpenMP; `OneThread` holds it to the calling one, since
// documents are what is done in parallel. Rows are taken in blocks whose sizes are known beforehand,
// each with a primitive made at load, so that applying never makes one and any thread may apply.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "language/kernels.h"

namespace parley {

/// How the encoder's matrix products are done.
enum class Precision : std::uint8_t;

enum class Activation : std::uint8_t { none, gelu };

/// Memory from the begin of a cache line on: a vector of sixteen floats is then one line, not parts of two.
template <typename T>
struct CacheLines {
  using value_type = T;
  static constexpr std::align_val_t kLine{64};
  CacheLines() = default;
  template <typename Other>
  CacheLines(const CacheLines<Other>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), kLine)); }
  void deallocate(T* p, std::size_t) { ::operator delete(p, kLine); }
  bool operator==(const CacheLines&) const = default;
};
using AlignedFloats = std::vector<float, CacheLines<float>>;

/// Rows of floats. There is always room for a block's padding behind the last row.
class Matrix {
 public:
  static constexpr std::size_t kSpareRows = 8;

  void resize(std::size_t rows, std::size_t width) {
    rows_ = rows;
    width_ = width;
    if (data_.size() < (rows + kSpareRows) * width) data_.resize((rows + kSpareRows) * width);
  }
  std::size_t rows() const { return rows_; }
  std::size_t width() const { return width_; }
  float* row(std::size_t r) { return data_.data() + r * width_; }
  const float* row(std::size_t r) const { return data_.data() + r * width_; }

 private:
  AlignedFloats data_;
  std::size_t rows_ = 0;
  std::size_t width_ = 0;
};

/// What applying needs beside its input and output; one for each thread.
struct LinearScratch {
  LinearScratch();
  LinearScratch(const LinearScratch&) = delete;
  LinearScratch& operator=(const LinearScratch&) = delete;
  ~LinearScratch();

  struct Stream;
  std::unique_ptr<Stream> stream;
  std::vector<std::uint8_t> values;
  std::vector<RowScale> scales;
  std::vector<std::byte> primitive_scratch;
};

/// Keeps oneDNN on the calling thread while it lives.
class OneThread {
 public:
  OneThread();
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;
  ~OneThread();

 private:
  int before_;
};

class Linear {
 public:
  static constexpr std::size_t kBlock = 64;

  Linear();
  /// `weights` is [out][in]; `in` is a multiple of 16 (`out` is padded to one inside); an empty bias is zero.
  /// Throws dnnl::error when oneDNN cannot do it. REQUIRES: a OneThread lives.
  Linear(std::span<const float> weights, std::span<const float> bias, std::size_t in, Precision precision);
  Linear(Linear&&) noexcept;
  Linear& operator=(Linear&&) noexcept;
  ~Linear();

  std::size_t in() const { return in_; }
  /// The outputs asked for; rows of y are `stride()` wide.
  std::size_t out() const { return out_; }
  std::size_t stride() const { return stride_; }

  /// y[0…rows) of x[0…rows). Both have room for the rows of whole blocks (Matrix::kSpareRows).
  /// REQUIRES: a OneThread lives.
  void apply(LinearScratch& scratch, const float* x, std::size_t rows, float* y,
             Activation activation = Activation::none) const;
  void apply(LinearScratch& scratch, const Matrix& x, Matrix& y,
             Activation activation = Activation::none) const {
    y.resize(x.rows(), stride_);
    apply(scratch, x.row(0), x.rows(), y.row(0), activation);
  }

 private:
  struct Primitives;
  std::unique_ptr<Primitives> primitives_;
  std::size_t in_ = 0, out_ = 0, stride_ = 0;
  bool int8_ = false;
  AlignedFloats bias_, weight_scales_, column_sums_;
};

}  // namespace parley
