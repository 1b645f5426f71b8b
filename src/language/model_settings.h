// A model's sizes and label lists, out of its metadata.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parley/result.h"

namespace parley {

class ModelFile;

struct Labels {
  std::vector<std::string> upos, xpos, feats, lemma_rules, deprel, ner, roles, senses;
};

struct ModelSettings {
  std::size_t hidden = 0, layers = 0, heads = 0, intermediate = 0, max_pieces = 0;
  float norm_epsilon = 1e-12f;
  std::size_t arc = 0, rel = 0;
  std::size_t role_hidden = 0, role_heads = 0, role_intermediate = 0, role_distance_buckets = 0;
  std::size_t factuality_hidden = 0;
  Labels labels;
};

/// Every size is checked against what the runtime can do: widths are multiples of 16, windows hold a
/// few words at least, no list of labels is empty.
Result<ModelSettings> read_settings(const ModelFile& file);

/// A sentence with the labels that the model must give it.
struct ModelSample {
  std::vector<std::string> words, upos, deprel, ner;
  std::vector<std::size_t> head;
  std::vector<std::pair<std::size_t, std::string>> predicates;
};
Result<std::vector<ModelSample>> read_samples(const ModelFile& file);

}  // namespace parley
