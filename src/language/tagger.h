// From word vectors to labels: tags, lemma rules, trees, names, which words are predicates, factuality.
//
// All heads that are linear on a word's vector are stacked into two matrices (those that go through
// GELU and those that do not), so that a batch costs two products, one more for the arcs' biaffine form
// and one for the relations'.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "language/bio.h"
#include "language/encoder.h"
#include "language/linear.h"
#include "parley/result.h"

namespace parley {

class ModelFile;
struct ModelSettings;

/// Labels of a batch of segments. Row r is node r: each segment is its root ([CLS]) and then its words.
/// The root's rows mean nothing.
struct NodeLabels {
  std::vector<std::uint16_t> upos, xpos, feats, lemma_rule, relation;
  std::vector<std::uint32_t> head;     ///< within the segment: 0 the root, 1 the first word
  std::vector<float> predicate;        ///< a predicate when above 0
  std::vector<float> factuality;
  struct Name {
    std::uint32_t segment, first, last;  ///< words of the segment from 0, [first, last)
    std::string_view kind;
  };
  std::vector<Name> names;
};

struct TaggerScratch {
  Matrix plain, curved, arc_input, arc_left, arc_scores, relation_input, relation_left;
};

class Tagger {
 public:
  Tagger() = default;
  /// `settings` must outlive it.
  static Result<Tagger> load(const ModelFile& file, const ModelSettings& settings, Precision precision);

  /// `nodes` is [nodes][hidden], `ends` the segments' ends among them.
  void run(EncoderScratch& scratch, TaggerScratch& own, const Matrix& nodes,
           std::span<const std::uint32_t> ends, NodeLabels& out) const;

  /// After `run`, of the same nodes: the parts of the role layer's input that the node gives as a word
  /// and as a predicate, role_hidden wide each.
  const float* role_word(const TaggerScratch& own, std::size_t node) const {
    return own.plain.row(node) + role_word_;
  }
  const float* role_predicate(const TaggerScratch& own, std::size_t node) const {
    return own.plain.row(node) + role_predicate_;
  }

 private:
  void find_trees(EncoderScratch& scratch, TaggerScratch& own, std::span<const std::uint32_t> ends,
                  NodeLabels& out) const;
  void find_relations(EncoderScratch& scratch, TaggerScratch& own, std::span<const std::uint32_t> ends,
                      NodeLabels& out) const;

  const ModelSettings* settings_ = nullptr;
  Linear plain_, curved_, arc_, relation_;
  std::size_t upos_ = 0, xpos_ = 0, feats_ = 0, lemma_ = 0, ner_ = 0, predicate_ = 0;  // columns of `plain`
  std::size_t role_word_ = 0, role_predicate_ = 0;
  std::size_t arc_dependent_ = 0, arc_head_ = 0, rel_dependent_ = 0, rel_head_ = 0, factuality_ = 0;  // of `curved`
  std::size_t root_relation_ = 0;
  bool has_root_relation_ = false;
  std::vector<float> factuality_out_;
  float factuality_bias_ = 0;
  BioDecoder names_;
};

}  // namespace parley
