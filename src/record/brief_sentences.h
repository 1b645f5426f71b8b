// The clauses a brief may choose from: trimmed, weighed, with the records they hold.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "record/context.h"

namespace parley {

struct BriefClause {
  SectionKind section = SectionKind::body;
  WordRange words;                 ///< what is left of the sentence
  std::string text;                ///< the same as a sentence of its own
  double weight = 0.0;
  bool lead = false;               ///< the first sentence of the body
  double significance = 0.0;       ///< how much it tells why the report matters
  std::set<std::string> content;   ///< lemmas of its content words
  std::vector<Id> cites;
  bool has_records = false;        ///< cites more than entities
};

/// In text order. Sentences that break off, headlines, labels and the report's own takeaways give none;
/// a report that has nothing else gives its headline.
std::vector<BriefClause> brief_clauses(const Context& context);

}  // namespace parley
