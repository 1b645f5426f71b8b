// The encoder: pieces to vectors. A small BERT (Devlin et al. 2019; post-norm, exact GELU) with an
// embedding of each word's case added.
//
// Sentences of a batch lie one after the other in one matrix without padding: products, norms and GELU
// do not care where a sentence ends, and attention goes sentence by sentence. So a batch costs what its
// pieces cost, whatever their lengths. plain_forward.cc in the tests is the same thing written plainly.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "language/linear.h"
#include "language/wordpiece.h"
#include "parley/result.h"

namespace parley {

class ModelFile;
struct ModelSettings;

/// Sentences (or windows of them), one after the other: pieces with their words' cases. Segment s is
/// [ends[s-1], ends[s]).
struct PieceBatch {
  std::vector<Piece> pieces;
  std::vector<std::uint8_t> cases;
  std::vector<std::uint32_t> ends;
};

/// What one thread needs to run the encoder and the role layer.
struct EncoderScratch {
  LinearScratch linear;
  Matrix qkv, mixed, hidden, output;
  AlignedFloats attention;
};

/// A post-norm transformer layer over segments.
class TransformerLayer {
 public:
  TransformerLayer() = default;
  /// `name` is "encoder.0", "role.layer".
  static Result<TransformerLayer> load(const ModelFile& file, const std::string& name, std::size_t width,
                                       std::size_t heads, std::size_t intermediate, float epsilon,
                                       Precision precision);

  /// In place; `ends` as in PieceBatch.
  void run(EncoderScratch& scratch, Matrix& x, std::span<const std::uint32_t> ends) const;

 private:
  struct Norm {
    std::vector<float> weight, bias;
  };
  std::size_t heads_ = 0;
  float epsilon_ = 0;
  Linear qkv_, out_, ffn_in_, ffn_out_;
  Norm attention_norm_, ffn_norm_;
};

class Encoder {
 public:
  Encoder() = default;
  /// Views the file's word embeddings: the file must outlive it.
  static Result<Encoder> load(const ModelFile& file, const ModelSettings& settings,
                              std::size_t vocabulary, Precision precision);

  /// x becomes [pieces][hidden]. `after_layer(n)`, if given, is called after the embeddings (0) and
  /// after each layer (1…), for tests.
  template <typename After>
  void run(EncoderScratch& scratch, const PieceBatch& batch, Matrix& x, After after_layer) const {
    embed(batch, x);
    after_layer(std::size_t{0});
    for (std::size_t n = 0; n < layers_.size(); ++n) {
      layers_[n].run(scratch, x, batch.ends);
      after_layer(n + 1);
    }
  }
  void run(EncoderScratch& scratch, const PieceBatch& batch, Matrix& x) const {
    run(scratch, batch, x, [](std::size_t) {});
  }

  std::size_t positions() const { return positions_; }

 private:
  void embed(const PieceBatch& batch, Matrix& x) const;

  std::size_t hidden_ = 0, positions_ = 0;
  float epsilon_ = 0;
  std::span<const std::int8_t> words_;
  std::vector<float> word_scales_, position_, case_, norm_weight_, norm_bias_;
  std::vector<TransformerLayer> layers_;
};

/// A linear layer out of the file, `name.weight` [out, in] with `name.bias` if there is one.
Result<std::vector<float>> load_weights(const ModelFile& file, const std::string& name, std::size_t out,
                                        std::size_t in);
/// Zeros where the file has none.
Result<std::vector<float>> load_bias(const ModelFile& file, const std::string& name, std::size_t out);

}  // namespace parley
