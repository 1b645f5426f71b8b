// CoNLL-U of any bytes, a document at a time: places lie in the text, heads in their sentences, and what
// is written is read again as the same words.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "language/conllu.h"

namespace {

void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void check(const parley::ConlluText& read) {
  using namespace parley;
  const Analysis& analysis = read.analysis;
  const std::size_t size = read.document.text().size();
  for (const Sentence& sentence : analysis.sentences()) {
    for (Word w = sentence.words.first; w < sentence.words.last; ++w) {
      require(analysis.bytes(w).begin <= analysis.bytes(w).end && analysis.bytes(w).end <= size, "words lie in the text");
      require(analysis.head(w) == kNoWord || sentence.words.contains(analysis.head(w)), "heads lie in their sentence");
    }
  }
  for (const Mention& mention : analysis.mentions()) {
    require(mention.words.first < mention.words.last && mention.words.last <= analysis.size(), "mentions have words");
    require(mention.words.contains(mention.head), "a mention's head is in it");
    require(mention.chain < analysis.chains(), "a mention's chain is one of them");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t parted = 0;
  for (const ConlluPart& part : conllu_documents(text)) {
    parted += part.text.size();
    const auto read = read_conllu(part.text, part.first_line);
    if (!read) continue;
    check(*read);
    const std::string written = to_conllu(&read->document, read->analysis, {.predicates = true});
    const auto again = read_conllu(written);
    require(again.ok(), "what is written can be read");
    require(again->analysis.size() == read->analysis.size(), "it has the same words");
    require(again->analysis.sentences().size() == read->analysis.sentences().size(), "in the same sentences");
  }
  require(parted == text.size(), "the parts are the whole");
  return 0;
}
