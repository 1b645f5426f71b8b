// PropBank predicates and roles, and factuality, of sentences with given words.
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>

#include "eval/scores.h"
#include "parley/analysis.h"
#include "parley/result.h"

namespace parley::eval {

/// Sentences of an analysis by their id.
class SentenceIndex {
 public:
  explicit SentenceIndex(const Analysis& analysis);
  const Analysis& analysis() const { return analysis_; }
  /// nullptr when there is none of that id.
  const Sentence* find(const std::string& id) const;

 private:
  const Analysis& analysis_;
  std::unordered_map<std::string, std::size_t> by_id_;
};

/// Over the gold's sentences: predicates found, senses right among the gold's predicates, roles (span and
/// label) of all. Gold: JSON lines {"sent_id", "predicates": [{"word", "sense", "roles": [[first, last, label]]}]}.
Result<Json> score_propbank(const std::filesystem::path& gold, const SentenceIndex& system);

/// Pearson's r and mean absolute error; a word that is no predicate counts as 0. Gold: JSON lines
/// {"sent_id", "word", "factual"}.
Result<Json> score_factuality(const std::filesystem::path& gold, const SentenceIndex& system);

}  // namespace parley::eval
