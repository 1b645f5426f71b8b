// The CoNLL 2018 shared task's scores of dependency trees (Zeman et al. 2018): tokens, sentences and
// words are aligned by the characters they cover, so that raw text can be scored; tags, heads and
// relations count on the words that align.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eval/scores.h"
#include "parley/result.h"

namespace parley::eval {

/// {"Tokens": {"p","r","f1"}, "Sentences": …, "Words", "UPOS", "XPOS", "UFeats", "AllTags", "Lemmas",
/// "UAS", "LAS"}. Relations are compared without subtypes, features by UD's universal ones.
/// Errors: malformed CoNLL-U; texts that differ in anything but white space (where they part).
Result<Json> score_ud(std::string_view gold_conllu, std::string_view system_conllu);

/// The raw text of CoNLL-U: what `SpaceAfter` and `# newpar`/`# newdoc` say, paragraphs parted by blank
/// lines.
std::string raw_text(std::string_view conllu);

}  // namespace parley::eval
