// Coreference's CoNLL F1: the mean of MUC, B-cubed and CEAF-phi4 (Pradhan et al. 2014, "Scoring
// coreference partitions of predicted mentions"), over exact spans, singletons left out.
#pragma once

#include "eval/scores.h"
#include "parley/analysis.h"

namespace parley::eval {

/// Adds up documents. A mention is right when it has the same words; sums are over all documents,
/// as the reference scorer takes them. Cost: CEAF pairs chains by the Hungarian method, cubic in a
/// document's chains of two and more mentions. Not thread-safe.
class CoreferenceScore {
 public:
  /// REQUIRES: both are analyses of the same words.
  void add(const Analysis& gold, const Analysis& system);
  /// {"mentions": {"p","r","f1"}, "muc": …, "b3": …, "ceaf": …, "conll": F1}.
  Json figures() const;

 private:
  /// What was found and what there was to find, for the two sides.
  struct Sums {
    double recall_hit = 0, recall_of = 0;
    double precision_hit = 0, precision_of = 0;
    Json json() const;
    double f1() const;
  };
  Sums mentions_, muc_, b3_, ceaf_;
};

}  // namespace parley::eval
