// The best sequence of BIO labels (O, B-X, I-X) where I-X only follows B-X or I-X.
//
//   scores say  O    I-PER  I-PER     ->  O  B-PER  I-PER   (or O O O, whichever sums higher)
//
// Viterbi. Only I-X cares what came before, so a step costs the number of labels, not its square:
// n words of L labels take O(n·L). Covered by bio_test.cc against all sequences tried one by one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

class BioDecoder {
 public:
  BioDecoder() = default;
  /// Labels that are not B- or I- count as outside. `labels` must outlive this.
  explicit BioDecoder(const std::vector<std::string>& labels);

  struct Span {
    std::uint32_t first = 0, last = 0;  ///< words [first, last)
    std::string_view kind;              ///< "PER"
  };

  /// scores of word w, label l: scores[w * stride + l].
  std::vector<Span> decode(const float* scores, std::size_t words, std::size_t stride) const;
  /// The labels themselves.
  std::vector<std::uint32_t> path(const float* scores, std::size_t words, std::size_t stride) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  const std::vector<std::string>* labels_ = nullptr;
  std::vector<std::uint32_t> inside_;  // of I-X: its B-X (or kNone); labels that follow anything: itself
  std::vector<bool> is_inside_;
};

}  // namespace parley
