#include "language/linear.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

#include "language/language.h"

// libgomp's own interface; its header comes with the compiler, but only where OpenMP is switched on.
extern "C" {
int omp_get_max_threads(void);
void omp_set_num_threads(int);
}

namespace parley {
namespace {

using dnnl::memory;

constexpr std::size_t kStep = Matrix::kSpareRows;               // block sizes are multiples of it
constexpr std::size_t kBlockSizes = Linear::kBlock / kStep;

dnnl::engine& engine() {
  static dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
  return cpu;
}

memory::dim dim(std::size_t n) { return static_cast<memory::dim>(n); }

std::size_t padded(std::size_t n) { return (n + 15) / 16 * 16; }

}  // namespace

struct LinearScratch::Stream {
  dnnl::stream stream{engine()};
};

LinearScratch::LinearScratch() : stream(std::make_unique<Stream>()) {}
LinearScratch::~LinearScratch() = default;

OneThread::OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
OneThread::~OneThread() { omp_set_num_threads(before_); }

struct Linear::Primitives {
  struct Block {
    dnnl::matmul primitive;
    memory::desc source, target, scratchpad;
  };
  memory weights;
  std::array<Block, kBlockSizes> blocks;  // of kStep, 2·kStep … rows
};

Linear::Linear() = default;
Linear::Linear(Linear&&) noexcept = default;
Linear& Linear::operator=(Linear&&) noexcept = default;
Linear::~Linear() = default;

Linear::Linear(std::span<const float> weights, std::span<const float> bias, std::size_t in,
               Precision precision)
    : primitives_(std::make_unique<Primitives>()),
      in_(in),
      out_(weights.size() / in),
      stride_(padded(out_)),
      int8_(precision == Precision::int8),
      bias_(stride_, 0.0f) {
  std::copy(bias.begin(), bias.end(), bias_.begin());

  // Row-major [out][in] is [in][out] with its tag the other way round.
  const auto input_type = int8_ ? memory::data_type::u8 : memory::data_type::f32;
  const auto weight_type = int8_ ? memory::data_type::s8 : memory::data_type::f32;
  const auto output_type = int8_ ? memory::data_type::s32 : memory::data_type::f32;
  const memory::desc given({dim(in_), dim(stride_)}, weight_type, memory::format_tag::ba);
  memory plain(given, engine());
  if (int8_) {
    weight_scales_.assign(stride_, 0.0f);
    column_sums_.assign(stride_, 0.0f);
    auto* target = static_cast<std::int8_t*>(plain.get_data_handle());
    std::fill_n(target, stride_ * in_, std::int8_t{0});
    for (std::size_t o = 0; o < out_; ++o) {
      const auto row = weights.subspan(o * in_, in_);
      float most = 0;
      for (float w : row) most = std::max(most, std::fabs(w));
      const float scale = most / 127.0f;
      std::int32_t sum = 0;
      for (std::size_t i = 0; i < in_; ++i) {
        const auto q = scale > 0 ? static_cast<std::int32_t>(std::lrint(row[i] / scale)) : 0;
        target[o * in_ + i] = static_cast<std::int8_t>(q);
        sum += q;
      }
      weight_scales_[o] = scale;
      column_sums_[o] = static_cast<float>(sum);
    }
  } else {
    auto* target = static_cast<float*>(plain.get_data_handle());
    std::fill(std::copy(weights.begin(), weights.end(), target), target + stride_ * in_, 0.0f);
  }

  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  // The largest block chooses how the weights lie; the others take them so.
  memory::desc weights_layout({dim(in_), dim(stride_)}, weight_type, memory::format_tag::any);
  for (std::size_t b = kBlockSizes; b-- > 0;) {
    const std::size_t rows = (b + 1) * kStep;
    const memory::desc source({dim(rows), dim(in_)}, input_type, memory::format_tag::ab);
    const memory::desc target({dim(rows), dim(stride_)}, output_type, memory::format_tag::ab);
    const dnnl::matmul::primitive_desc description(dnnl::matmul::desc(source, weights_layout, target),
                                                   attributes, engine());
    if (b + 1 == kBlockSizes) {
      weights_layout = description.weights_desc();
      primitives_->weights = memory(weights_layout, engine());
      dnnl::stream stream(engine());
      dnnl::reorder(plain, primitives_->weights).execute(stream, plain, primitives_->weights);
      stream.wait();
    }
    primitives_->blocks[b] = {dnnl::matmul(description), source, target, description.scratchpad_desc()};
  }
}

void Linear::apply(LinearScratch& scratch, const float* x, std::size_t rows, float* y,
                   Activation activation) const {
  const Kernels& run = kernels();
  if (int8_) {
    if (scratch.values.size() < kBlock * in_) scratch.values.resize(kBlock * in_);
    if (scratch.scales.size() < kBlock) scratch.scales.resize(kBlock);
  }
  for (std::size_t begin = 0; begin < rows; begin += kBlock) {
    const std::size_t count = std::min(kBlock, rows - begin);
    const Primitives::Block& block = primitives_->blocks[(count - 1) / kStep];
    const float* input = x + begin * in_;
    float* output = y + begin * stride_;
    void* source_data = nullptr;
    if (int8_) {
      run.quantize(input, count, in_, scratch.values.data(), scratch.scales.data());
      source_data = scratch.values.data();
    } else {
      source_data = const_cast<float*>(input);
    }
    const std::size_t scratch_size = block.scratchpad.get_size();
    if (scratch.primitive_scratch.size() < scratch_size) scratch.primitive_scratch.resize(scratch_size);
    block.primitive.execute(
        scratch.stream->stream,
        {{DNNL_ARG_SRC, memory(block.source, engine(), source_data)},
         {DNNL_ARG_WEIGHTS, primitives_->weights},
         {DNNL_ARG_DST, memory(block.target, engine(), output)},
         {DNNL_ARG_SCRATCHPAD, memory(block.scratchpad, engine(), scratch.primitive_scratch.data())}});
    if (int8_) {
      run.dequantize(output, count, stride_, scratch.scales.data(), weight_scales_.data(),
                     column_sums_.data(), bias_.data(), activation == Activation::gelu);
    } else if (activation == Activation::gelu) {
      run.add_bias_gelu(output, count, stride_, bias_.data());
    } else {
      run.add_bias(output, count, stride_, bias_.data());
    }
  }
}

}  // namespace parley
