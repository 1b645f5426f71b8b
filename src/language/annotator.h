// Labels words: runs the encoder and its heads over the sentences of an AnalysisBuilder and fills in
// every column, batch by batch.
//
// A sentence of more pieces than the model's window is cut into windows, after a punctuation mark of
// its second half where there is one. Each window has a tree of its own; the later ones' roots hang
// under the first one's. So time is linear however long a "sentence" gets. Covered by language_test.cc.
#pragma once

#include <chrono>
#include <optional>
#include <cstdint>
#include <memory>
#include <vector>

#include "language/analysis_builder.h"
#include "language/encoder.h"
#include "language/lexicon.h"
#include "language/model_settings.h"
#include "language/roles.h"
#include "language/tagger.h"
#include "language/wordpiece.h"

namespace parley {

class ModelFile;

/// The memory one thread works in.
struct AnnotatorScratch {
  std::optional<std::chrono::steady_clock::time_point> deadline;  ///< looked at between batches
  bool late = false;  ///< it passed: the rest has no labels
  EncoderScratch encoder;
  TaggerScratch tagger;
  RoleScratch roles;
  Matrix pieces, nodes;
  NodeLabels labels;
};

class Annotator {
 public:
  static Result<Annotator> load(std::shared_ptr<const ModelFile> file, Precision precision);

  /// REQUIRES: a OneThread lives.
  void annotate(AnnotatorScratch& scratch, AnalysisBuilder& builder) const;

  /// Whether analyses keep the encoder's vectors of the words that carry meaning.
  void keep_vectors(bool keep) { keep_vectors_ = keep; }

  const ModelSettings& settings() const { return *settings_; }
  const Encoder& encoder() const { return encoder_; }
  const WordPiece& word_piece() const { return *word_piece_; }

 private:
  /// Words of one sentence, at most a window.
  struct Window {
    WordRange words;
    bool continues = false;  // a sentence that an earlier window began
  };
  struct Batch {
    std::vector<Window> windows;
    PieceBatch pieces;
    std::vector<std::uint32_t> nodes;      // pieces that stand for roots and words
    std::vector<std::uint32_t> node_ends;  // of each window
    Word sentence_root = kNoWord;          // of the last sentence begun, by this batch or one before
  };

  Word add_window(const AnalysisBuilder& builder, WordRange sentence, Word begin, Batch& batch) const;
  void run(AnnotatorScratch& scratch, AnalysisBuilder& builder, Batch& batch) const;
  void set_words(const AnnotatorScratch& scratch, AnalysisBuilder& builder, Batch& batch) const;
  void set_predicates(AnnotatorScratch& scratch, AnalysisBuilder& builder, const Batch& batch) const;
  std::string_view lemma(AnalysisBuilder& builder, Word word, Upos upos, std::size_t rule) const;
  /// `window`: the words of the sentence that were read together with `word`.
  std::string_view sense(AnalysisBuilder& builder, Word word, WordRange window, const float* vector) const;

  std::shared_ptr<const ModelFile> file_;
  std::shared_ptr<const ModelSettings> settings_;
  std::shared_ptr<const WordPiece> word_piece_;
  Encoder encoder_;
  Tagger tagger_;
  RoleLabeller roles_;
  std::vector<Upos> upos_;
  std::vector<LemmaRule> lemma_rules_;
  SortedLines lemma_lexicon_;
  SenseLexicon sense_lexicon_;
  std::span<const std::int8_t> sense_weights_;
  std::vector<float> sense_scales_, sense_bias_;
  bool keep_vectors_ = false;
};

}  // namespace parley
