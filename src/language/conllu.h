// CoNLL-U in and out (https://universaldependencies.org/format.html).
//
// What UD has no column for stands in MISC:
//   NER=B-PER                names, BIO
//   Entity=(3-PER-2-name     coreference, CorefUD's brackets: chain, type (_ unless a name), head (counted
//   Entity=3)                in the mention), form; a mention of one word opens and closes: (3-PER-1-name)
//   Pred=release.01          a predicate's sense
//   Roles=ARG0:1-2,ARG1:4    its roles: word numbers in the sentence, first to last
//   Fact=-0.9                factuality
#pragma once

#include <string>
#include <string_view>

#include "parley/analysis.h"
#include "parley/document.h"
#include "parley/result.h"

namespace parley {

/// A text with its analysis, as CoNLL-U gives it.
struct ConlluText {
  Document document;
  Analysis analysis;
};

/// Reads sentences with whatever columns they fill ("_" elsewhere). The document's text is put together
/// from the tokens and SpaceAfter (or from `# text` where the tokens spell it); sentences are parted by
/// a space (none after SpaceAfter=No), by a blank line at `# newpar` and `# newdoc`.
///   # section = headline     this sentence and those after it stand in a section of this kind
/// starts a section in hand-written texts; without one all is body. Empty nodes (8.1) and enhanced
/// dependencies are passed over. Errors name the line.
Result<ConlluText> read_conllu(std::string_view text);

struct ConlluOptions {
  bool predicates = false;  ///< Pred=, Roles= and Fact= too
};

/// One sentence after the other. `document` is the analysed one, for `# text`; without it the line is
/// put together from the forms. Sentences without an id are numbered.
std::string to_conllu(const Document* document, const Analysis& analysis, ConlluOptions options = {});

}  // namespace parley
