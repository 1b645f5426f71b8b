// What the language layer found, for programs and for people. CoNLL-U is in conllu.h.
#pragma once

#include <string>

#include "parley/analysis.h"

namespace parley {

/// One JSON object a sentence:
///   {"sent_id": "1", "words": [...], "predicates": [{"word": 5, "sense": "release.01", "factual": 0.9,
///    "roles": [[1, 2, "ARG0"]]}], "factual": [{"word": 7, "factual": -0.4}]}
/// Words count from 1, role spans are inclusive; `factual` lists the verbs that are no predicate. A
/// predicate whose factuality is not known has null. Sentences without an id are numbered.
std::string to_parse_jsonl(const Analysis& analysis);

/// Each sentence's tree, a word a line, dependents under their governors in text order:
///   killed  VERB  kill.01 +1.1
///   ├─ nsubj:pass  people  NOUN  [ARG1 of killed]
///   └─ advcl  hit  VERB  hit.02 +1.2
/// Names show their type, predicates their sense and how sure it is that they happened (-3 to 3). Below
/// a depth of 64 lines are not indented further.
std::string to_tree(const Analysis& analysis);

}  // namespace parley
