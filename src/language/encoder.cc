#include "language/encoder.h"

#include <algorithm>

#include "language/model_file.h"
#include "language/model_settings.h"

namespace parley {

Result<std::vector<float>> load_weights(const ModelFile& file, const std::string& name, std::size_t out,
                                        std::size_t in) {
  const std::size_t shape[] = {out, in};
  return file.floats(name + ".weight", shape);
}

Result<std::vector<float>> load_bias(const ModelFile& file, const std::string& name, std::size_t out) {
  if (!file.find(name + ".bias")) return std::vector<float>(out, 0.0f);
  const std::size_t shape[] = {out};
  return file.floats(name + ".bias", shape);
}

Result<TransformerLayer> TransformerLayer::load(const ModelFile& file, const std::string& name,
                                                std::size_t width, std::size_t heads,
                                                std::size_t intermediate, float epsilon,
                                                Precision precision) {
  TransformerLayer layer;
  layer.heads_ = heads;
  layer.epsilon_ = epsilon;
  struct Part {
    const char* name;
    Linear* linear;
    std::size_t out, in;
  };
  const Part parts[] = {
      {".attention.qkv", &layer.qkv_, 3 * width, width},
      {".attention.out", &layer.out_, width, width},
      {".ffn.in", &layer.ffn_in_, intermediate, width},
      {".ffn.out", &layer.ffn_out_, width, intermediate},
  };
  for (const Part& part : parts) {
    const auto weights = load_weights(file, name + part.name, part.out, part.in);
    if (!weights) return weights.error();
    const auto bias = load_bias(file, name + part.name, part.out);
    if (!bias) return bias.error();
    *part.linear = Linear(*weights, *bias, part.in, precision);
  }
  const std::size_t shape[] = {width};
  const std::pair<const char*, std::vector<float>*> norms[] = {
      {".attention.norm.weight", &layer.attention_norm_.weight},
      {".attention.norm.bias", &layer.attention_norm_.bias},
      {".ffn.norm.weight", &layer.ffn_norm_.weight},
      {".ffn.norm.bias", &layer.ffn_norm_.bias},
  };
  for (const auto& [key, target] : norms) {
    auto values = file.floats(name + key, shape);
    if (!values) return values.error();
    *target = std::move(values).value();
  }
  return layer;
}

void TransformerLayer::run(EncoderScratch& scratch, Matrix& x, std::span<const std::uint32_t> ends) const {
  const Kernels& k = kernels();
  const std::size_t width = x.width();
  qkv_.apply(scratch.linear, x, scratch.qkv);
  scratch.mixed.resize(x.rows(), width);
  std::size_t begin = 0;
  for (std::uint32_t end : ends) {
    const AttentionShape shape{end - begin, heads_, width / heads_};
    if (scratch.attention.size() < attention_scratch(shape)) {
      scratch.attention.resize(attention_scratch(shape));
    }
    if (shape.rows > 0) {
      k.attention(scratch.qkv.row(begin), scratch.mixed.row(begin), shape, scratch.attention.data());
    }
    begin = end;
  }
  // The rest goes row by row, so a block at a time stays in the cache.
  scratch.hidden.resize(Linear::kBlock, ffn_in_.stride());
  scratch.output.resize(Linear::kBlock, width);
  for (std::size_t row = 0; row < x.rows(); row += Linear::kBlock) {
    const std::size_t rows = std::min(Linear::kBlock, x.rows() - row);
    float* output = scratch.output.row(0);
    out_.apply(scratch.linear, scratch.mixed.row(row), rows, output);
    k.add_norm(output, x.row(row), rows, width, attention_norm_.weight.data(),
               attention_norm_.bias.data(), epsilon_);
    ffn_in_.apply(scratch.linear, output, rows, scratch.hidden.row(0), Activation::gelu);
    // The block's rows of x were read for the last time above: the sums go there, through `mixed`,
    // whose rows of this block are done with too and have room behind the last one.
    float* sums = scratch.mixed.row(row);
    ffn_out_.apply(scratch.linear, scratch.hidden.row(0), rows, sums);
    k.add_norm(sums, output, rows, width, ffn_norm_.weight.data(), ffn_norm_.bias.data(), epsilon_);
    std::copy(sums, sums + rows * width, x.row(row));
  }
}

Result<Encoder> Encoder::load(const ModelFile& file, const ModelSettings& settings, std::size_t vocabulary,
                              Precision precision) {
  Encoder encoder;
  encoder.hidden_ = settings.hidden;
  encoder.epsilon_ = settings.norm_epsilon;
  const std::size_t words[] = {vocabulary, settings.hidden};
  const auto view = file.tensor("embeddings.word", words);
  if (!view) return view.error();
  if (view->type != TensorType::i8) return file.damaged("tensor 'embeddings.word' is not I8");
  encoder.words_ = view->int8();
  const TensorView* position = file.find("embeddings.position");
  encoder.positions_ = position ? position->rows() : 0;
  if (encoder.positions_ < settings.max_pieces) {
    return file.damaged("tensor 'embeddings.position' has fewer rows than max_pieces");
  }
  const std::size_t vocabulary_shape[] = {vocabulary}, hidden[] = {settings.hidden};
  const std::size_t positions[] = {encoder.positions_, settings.hidden}, cases[] = {4, settings.hidden};
  const struct {
    const char* name;
    std::vector<float>* target;
    std::span<const std::size_t> shape;
  } parts[] = {
      {"embeddings.word.scale", &encoder.word_scales_, vocabulary_shape},
      {"embeddings.position", &encoder.position_, positions},
      {"embeddings.case", &encoder.case_, cases},
      {"embeddings.norm.weight", &encoder.norm_weight_, hidden},
      {"embeddings.norm.bias", &encoder.norm_bias_, hidden},
  };
  for (const auto& part : parts) {
    auto values = file.floats(part.name, part.shape);
    if (!values) return values.error();
    *part.target = std::move(values).value();
  }
  for (std::size_t n = 0; n < settings.layers; ++n) {
    auto layer = TransformerLayer::load(file, "encoder." + std::to_string(n), settings.hidden,
                                        settings.heads, settings.intermediate, settings.norm_epsilon,
                                        precision);
    if (!layer) return layer.error();
    encoder.layers_.push_back(std::move(layer).value());
  }
  return encoder;
}

void Encoder::embed(const PieceBatch& batch, Matrix& x) const {
  x.resize(batch.pieces.size(), hidden_);
  std::size_t row = 0;
  for (std::uint32_t end : batch.ends) {
    for (std::size_t place = 0; row < end; ++row, ++place) {
      const std::size_t piece = batch.pieces[row];
      const std::int8_t* word = words_.data() + piece * hidden_;
      const float scale = word_scales_[piece];
      const float* position = position_.data() + std::min(place, positions_ - 1) * hidden_;
      const float* letters = case_.data() + batch.cases[row] * hidden_;
      float* out = x.row(row);
      for (std::size_t c = 0; c < hidden_; ++c) {
        out[c] = static_cast<float>(word[c]) * scale + position[c] + letters[c];
      }
    }
  }
  kernels().add_norm(x.row(0), nullptr, x.rows(), hidden_, norm_weight_.data(), norm_bias_.data(), epsilon_);
}

}  // namespace parley
