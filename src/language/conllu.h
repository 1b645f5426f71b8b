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

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

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
/// dependencies are passed over. The document's id is that of the first `# newdoc`. Errors name the
/// line, counted from `first_line`.
Result<ConlluText> read_conllu(std::string_view text, std::size_t first_line = 1);

/// One document's lines in a file of many.
struct ConlluPart {
  std::string_view text;       ///< a view into the whole
  std::size_t first_line = 1;  ///< its number in the whole
};
/// Parts CoNLL-U before each `# newdoc` that follows a sentence; one part where there is none. A chain of
/// coreference never leaves its document, so each is to be analysed by itself.
std::vector<ConlluPart> conllu_documents(std::string_view text);

struct ConlluOptions {
  bool predicates = false;  ///< Pred=, Roles= and Fact= too
};

/// One sentence after the other. `document` is the analysed one, for `# text`; without it the line is
/// put together from the forms. Sentences without an id are numbered.
std::string to_conllu(const Document* document, const Analysis& analysis, ConlluOptions options = {});

}  // namespace parley
