// Sentences and UD words from raw text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/span.h"

namespace parley {

/// One syntactic word. `form` is empty when it is the text at `bytes`; otherwise (a part of a multiword
/// token whose spelling differs, a word with invisible characters in it) it is spelled out.
struct SegmentedWord {
  ByteRange bytes;
  std::string form;
};

struct SegmentedToken {   ///< a multiword token: words [first, last) of the list
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

/// The learned part's weights, out of the model file (`segmenter.*` tensors); see training/segmenter.py.
class Segmenter {
 public:
  /// Rules alone.
  Segmenter() = default;

  /// Appends the sentences of one section of a document: `text` is the whole document, `bytes` the
  /// section. Blank lines and line ends that are no wraps end sentences. Linear in the size.
  void segment(std::string_view text, ByteRange bytes, Segmentation& out) const;
};

}  // namespace parley
