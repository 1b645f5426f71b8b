// The codebook's learned companion: which PLOVER event, if any, a predicate tells of, judged by what the
// encoder made of it and of its arguments.
//
//   "Loyalists bulldozed the shrine."   "She bulldozed her way to the final."
//
// No rule need know `bulldoze`: its vector lies near those of raze and demolish in training/companion/, and
// the vector of what is bulldozed tells the two sentences apart. A small network (one hidden layer, softmax over
// the sixteen types and NONE) reads the vectors of the predicate, of its ARG0, its ARG1, its governor and the
// words around, and a few flags. It judges words, not what became of them: "will not shell" is an ASSAULT here, its status is
// EventStatus's business. So it is trained, and so its answers go through the same steps as a rule's.
//
// Cost: hidden × inputs products for each verb and nominal predicate, some 200,000; less than a hundredth of what
// the encoder takes for the words around it. Covered by event_companion_test.cc.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "parley/analysis.h"
#include "parley/record.h"
#include "parley/result.h"

namespace parley {

class ModelFile;

/// What the companion thinks of one word.
struct CompanionReading {
  EventType type = EventType::consult;  ///< the likeliest of the sixteen
  double probability = 0.0;             ///< of that type
  double none = 1.0;                    ///< that it tells of no event
  /// The probability of each type, by EventType.
  std::array<float, 16> types{};
};

/// What the network sees of a predicate, in this order: five vectors (the predicate, the mean of its ARG0's
/// heads, of its ARG1's, its governor, the mean of the words around it in the sentence), each as wide as the
/// encoder, zero where there is none; then flags.
struct CompanionFeatures {
  static constexpr std::size_t kVectors = 5;
  static constexpr std::size_t kFlags = 16;

  /// Verbs, and nouns that the language layer takes for predicates.
  static bool considers(const Analysis& analysis, Word word);
  static std::size_t size(const Analysis& analysis) { return kVectors * analysis.vector_width() + kFlags; }
  /// REQUIRES: the analysis kept its vectors; `out` has size(analysis) places.
  static void of(const Analysis& analysis, Word word, std::span<float> out);
};

/// Immutable once loaded; threads may share it.
class EventCompanion {
 public:
  /// `encoder` is the fingerprint of the model file that the vectors come from: a companion of another
  /// encoder's is refused.
  static Result<EventCompanion> load(const std::filesystem::path& path, const std::string& encoder);
  static Result<EventCompanion> load(const ModelFile& file, const std::string& encoder);

  /// Nothing for words that it does not consider, or when the analysis kept no vectors.
  std::optional<CompanionReading> read(const Analysis& analysis, Word word) const;

  /// From here on an event of its own is worth a line; chosen on held-out sentences (models/MODEL_CARD.md).
  double accept() const { return accept_; }
  /// A rule's event is doubted where the companion is at least this sure that there is none.
  double veto() const { return veto_; }
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  std::size_t inputs_ = 0, hidden_ = 0;
  std::vector<float> in_, in_bias_, out_, out_bias_;
  double accept_ = 1.0, veto_ = 1.0;
  std::string fingerprint_;
};

}  // namespace parley
