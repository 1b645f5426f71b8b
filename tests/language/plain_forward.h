// The encoder and its heads written as plainly as can be, from docs/model-format.md: one sentence, one
// row at a time, doubles. Slow, and right if you can read it; the fast one is compared with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "language/model_file.h"
#include "language/model_settings.h"

namespace parley::test {

using Rows = std::vector<std::vector<double>>;

class PlainForward {
 public:
  PlainForward(const ModelFile& file, const ModelSettings& settings) : file_(file), settings_(settings) {}

  /// After the embeddings and after each layer: [layers + 1][pieces][hidden].
  std::vector<Rows> encode(const std::vector<std::uint32_t>& pieces,
                           const std::vector<std::uint8_t>& cases) const;
  Rows linear(const std::string& name, const Rows& x) const;
  /// score(d, h) of words (all nodes but the first) under nodes.
  Rows arcs(const Rows& nodes) const;
  /// The relations' scores of the word at node d under node h.
  std::vector<double> relations(const Rows& nodes, std::size_t d, std::size_t h) const;
  /// Role scores of every word for the predicate at node p.
  Rows roles(const Rows& nodes, std::size_t p) const;
  double factuality(const std::vector<double>& word) const;

 private:
  std::vector<float> floats(const std::string& name) const;
  Rows layer(const std::string& name, const Rows& x, std::size_t heads) const;
  void norm(const std::string& name, Rows& x) const;

  const ModelFile& file_;
  const ModelSettings& settings_;
};

}  // namespace parley::test
