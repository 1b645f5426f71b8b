// Sentences and UD words from raw text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/span.h"

namespace parley {

/// One syntactic word. `form` is empty when it is the text at `bytes`; otherwise (a word with
/// invisible characters in it, or not in Unicode's form NFC) it is spelled out.
struct SegmentedWord {
  ByteRange bytes;
  std::string form;
};

struct SegmentedToken {  ///< a multiword token: words [first, last) of the list
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

struct SegmentedSentence {
  std::uint32_t first = 0;  ///< words [first, last)
  std::uint32_t last = 0;
  bool starts_paragraph = false;
};

struct Segmentation {
  std::vector<SegmentedWord> words;
  std::vector<SegmentedToken> multiword_tokens;
  std::vector<SegmentedSentence> sentences;
};

/// The learned part, out of the model file (`segmenter.*` tensors); see training/segmenter.py. Two
/// linear models over hashed features: weight of feature hash h is table[h mod size] × scale. Sizes
/// are powers of two. Views: the model file must outlive the segmenter.
struct SegmenterWeights {
  struct Linear {
    std::span<const std::int8_t> table;  ///< `.weight`
    float scale = 0;                     ///< `.scale`
    float bias = 0;                      ///< `.bias`
    bool valid() const { return !table.empty() && (table.size() & (table.size() - 1)) == 0; }
  };
  Linear join;      ///< `segmenter.join`: whether two adjacent pieces of text are one token
  Linear sentence;  ///< `segmenter.sentence`: whether a sentence ends here
};

/// Splits text into sentences and UD words. Immutable; threads may share it.
class Segmenter {
 public:
  /// Rules alone.
  Segmenter() = default;
  /// Rules, and the learned part where they are unsure. A table that is not `valid()` is not used.
  explicit Segmenter(const SegmenterWeights& weights) : weights_(weights) {}

  /// Appends the sentences of one section of a document: `text` is the whole document (valid
  /// UTF-8), `bytes` the section. Blank lines and line ends that are no wraps end sentences. Every
  /// character that is neither white space nor invisible is in exactly one word. Linear in the
  /// size.
  void segment(std::string_view text, ByteRange bytes, Segmentation& out) const;

 private:
  SegmenterWeights weights_;
};

}  // namespace parley
