// Token-per-line BIO files (CoNLL 2003, WNUT, UNER's iob2), read as sentences with labelled spans.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parley/span.h"

namespace parley::eval {

struct LabelledSpan {
  Span span;
  std::string label;
};

/// Tokens joined by single spaces; spans are code points of that text.
struct BioSentence {
  std::string text;
  std::vector<LabelledSpan> spans;
};

/// Blank lines end sentences, lines that start with `#` are comments. The label is the last column, or
/// the third where the first is a token number. An I- after O or after another label begins a span.
std::vector<BioSentence> read_bio(std::string_view text);

}  // namespace parley::eval
