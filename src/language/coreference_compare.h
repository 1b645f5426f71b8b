// What a mention and an antecedent, or the antecedent's chain so far, have in common.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "language/coreference_internal.h"

namespace parley::coreference {

/// What a chain is known to be.
struct Chain {
  std::uint32_t size = 0;
  std::uint32_t last = 0;  ///< its last mention
  std::uint32_t names = 0;
  Number number = Number::unknown;
  Gender gender = Gender::unknown;
  Animacy animacy = Animacy::unknown;
  NameType type = NameType::none;
  Kind pronoun = Kind::bare;             ///< the last pronoun's kind
  std::array<std::uint32_t, 6> heads{};  // of its nominals and titles, ring
  std::array<std::uint32_t, 6> texts{};  // of its names, ring
  std::array<std::uint32_t, 6> name_heads{};
  std::array<std::uint32_t, 10> contents{};
  std::uint32_t head_count = 0, text_count = 0, content_count = 0;
  Word speaker = kNoWord;  ///< of the last quote in which a mention of it stands in as "I"
};

template <std::size_t N>
bool holds(const std::array<std::uint32_t, N>& ring, std::uint32_t count, std::uint32_t value) {
  const std::size_t n = std::min<std::size_t>(count, N);
  return std::find(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(n), value) !=
         ring.begin() + static_cast<std::ptrdiff_t>(n);
}

/// Agreement of two values of which either may be unknown: 0 unknown, 1 same, 2 clash.
template <typename T>
std::uint32_t agree(T a, T b) {
  if (a == T::unknown || b == T::unknown) return 0;
  return a == b ? 1 : 2;
}

inline std::uint32_t agreement(const Candidate& c, const Chain& e) {
  return agree(c.gender, e.gender) * 9 + agree(c.number, e.number) * 3 +
         agree(c.animacy, e.animacy);
}
inline bool clashes(const Candidate& c, const Chain& e) {
  return agree(c.gender, e.gender) == 2 || agree(c.number, e.number) == 2 ||
         (agree(c.animacy, e.animacy) == 2 && c.kind != Kind::they);
}

/// A mention's sort: pronouns by their kind, nominals by their determiner, names by their type.
inline std::uint32_t sort_of(const Candidate& c) {
  if (c.kind == Kind::name) return 40 + static_cast<std::uint32_t>(c.type);
  std::uint32_t s = static_cast<std::uint32_t>(c.kind) * 2;
  if (c.reflexive || c.inside_compound || c.coordination) ++s;
  return s;
}
inline std::uint32_t coarse(const Candidate& c) {
  return is_pronoun(c.kind) ? 0 : c.kind == Kind::name ? 2 : 1;
}

/// What a chain is, as far as known.
inline std::uint32_t nature(const Chain& e) {
  return (static_cast<std::uint32_t>(e.type) * 3 + static_cast<std::uint32_t>(e.animacy)) * 9 +
         static_cast<std::uint32_t>(e.gender) * 3 + static_cast<std::uint32_t>(e.number);
}

/// Compares mentions of one document. `chain_of` is filled while mentions are linked.
class Comparison {
 public:
  Comparison(const Analysis& analysis, const Scene& scene, const std::vector<std::uint32_t>& chain_of)
      : a_(analysis), scene_(scene), chain_of_(chain_of) {}

  /// How two names go together: 0 not, 1 same, 2 last word, 3 first word, 4 acronym, 5 same head
  /// only, 6 a word in common, 7 the same first but different last words ("Omar Haddad", "Omar
  /// Nassar").
  std::uint32_t name_relation(const Candidate& c, const Candidate& b, const Chain& e) const;
  struct Overlap {
    std::uint32_t shared = 0, fresh = 0;
  };
  /// Content words of the mention that its chain-to-be has, and has not.
  Overlap overlap(const Candidate& c, const Chain& e) const;
  /// Whether one of the two is tied to the other by its place: 1 apposition, 2 copula, 3 arguments
  /// of one verb, 4 possessor in the other's phrase, 5 subject of the clause above.
  std::uint32_t tie(const Candidate& c, const Candidate& b) const;
  /// Quotations: 0 both outside; 1 "I" and its speaker; 2 "I" of one speaker twice; 3 same quote; 4
  /// different quotes of one speaker; 5 of different speakers; 6 one of them inside.
  std::uint32_t speech(const Candidate& c, const Candidate& b, const Chain& e) const;
  /// Content words of the candidate that the mention lacks (a new modifier on the earlier one is no
  /// clash; few).
  std::uint32_t overlap_back(const Candidate& c, const Candidate& b) const;

 private:
  std::uint32_t chain_of_word(Word w) const;
  bool same_chain(Word w, const Candidate& b) const;

  const Analysis& a_;
  const Scene& scene_;
  const std::vector<std::uint32_t>& chain_of_;
};

}  // namespace parley::coreference
