// Who and what the words speak of: mentions and the chains they form.
//
// A mention is a name, a nominal phrase or a pronoun. Each one chooses, from left to right, among
// the mentions before it or starts a chain of its own; a chain is all that choose each other.
// Singletons are chains too. Spans follow GUM's annotation: from the leftmost to the rightmost
// dependent of the head, without prepositions, conjunctions, appositions and the other members of a
// coordination, with the possessive 's.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "parley/analysis.h"

namespace parley {

/// The learned part, out of the model file (`coreference.*` tensors); see training/coreference.py.
/// A linear model over hashed features: the weight of feature hash h is table[h mod size] × scale.
/// Views: the model file must outlive its user.
struct CoreferenceWeights {
  std::span<const std::int8_t> table;  ///< `coreference.weight`
  float scale = 0;                     ///< `coreference.scale`
  bool valid() const { return !table.empty() && (table.size() & (table.size() - 1)) == 0; }
};

/// The result, as AnalysisBuilder::set_mentions takes it.
struct Chains {
  std::vector<Mention> mentions;  ///< by first word, longer first
  std::uint32_t count = 0;
};

/// Resolves coreference over a document whose trees, tags, lemmas and names are known. Immutable;
/// threads may share it. Linear in the document: a mention looks back at a bounded number of
/// others.
class Coreference {
 public:
  /// Rules alone: names, titles, same heads and pronouns by number, gender and salience.
  Coreference() = default;
  /// The learned ranking. A table that is not `valid()` is not used.
  explicit Coreference(const CoreferenceWeights& weights) : weights_(weights) {}

  Chains resolve(const Analysis& analysis) const;

 private:
  CoreferenceWeights weights_;
};

}  // namespace parley
