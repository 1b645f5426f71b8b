// The roles of predicates: one transformer layer over a sentence's words, once per predicate, which sees
// each word's distance from it; BIO labels over what comes out.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "language/bio.h"
#include "language/encoder.h"
#include "language/tagger.h"

namespace parley {

/// A predicate of a batch: its node, and the nodes of its segment's words.
struct RoleQuery {
  std::uint32_t node = 0;
  std::uint32_t first = 0, last = 0;
};

struct RoleScratch {
  Matrix x, scores;
  std::vector<std::uint32_t> ends;
};

class RoleLabeller {
 public:
  RoleLabeller() = default;
  /// `settings` must outlive it.
  static Result<RoleLabeller> load(const ModelFile& file, const ModelSettings& settings,
                                   Precision precision);

  /// Calls found(query index, spans); spans count words from the segment's first.
  template <typename Found>
  void run(EncoderScratch& scratch, RoleScratch& own, const Tagger& tagger, const TaggerScratch& tagged,
           std::span<const RoleQuery> queries, Found found) const {
    std::size_t begin = 0;
    while (begin < queries.size()) {
      const std::size_t end = run_some(scratch, own, tagger, tagged, queries, begin);
      std::size_t row = 0;
      for (std::size_t q = begin; q < end; ++q) {
        const std::size_t words = queries[q].last - queries[q].first;
        found(q, decoder_.decode(own.scores.row(row), words, own.scores.width()));
        row += words;
      }
      begin = end;
    }
  }

 private:
  /// Label scores of as many queries from `begin` on as make a batch; gives the first one left out.
  std::size_t run_some(EncoderScratch& scratch, RoleScratch& own, const Tagger& tagger,
                       const TaggerScratch& tagged, std::span<const RoleQuery> queries,
                       std::size_t begin) const;

  const ModelSettings* settings_ = nullptr;
  std::vector<float> distance_, norm_weight_, norm_bias_;
  TransformerLayer layer_;
  Linear out_;
  BioDecoder decoder_;
};

}  // namespace parley
