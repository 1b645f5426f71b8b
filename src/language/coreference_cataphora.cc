// A pronoun that comes before its name.
//
// Idea: in "In his talks with ministers, Aho pressed for a truce" the pronoun stands in a phrase put
// before the clause, and means the clause's subject (Reinhart 1983; Lappin and Leass 1994 weigh it
// too). So "he" or "she" in what hangs before a verb whose subject is a person's name further on
// waits for that name. Counter-example: "In his memory Byron composed Thyrza" is of somebody else;
// of GUM's 17 such names in train and dev, 14 are who the pronoun means. "Despite his own losses
// their leader ..." has no name to wait for and goes the usual way. Cost: a bounded number of
// mentions either side. Test: tests/language/coreference_test.cc.
#include "language/coreference_internal.h"

namespace parley::coreference {
namespace {

constexpr std::uint32_t kNear = 28;  ///< mentions looked at either side
constexpr int kDepth = 8;            ///< links from the pronoun up to the verb

bool is_subject_of(const Candidate& c, Word verb) {
  return c.governor == verb && (c.place == Place::subject || c.place == Place::passive_subject);
}

}  // namespace

std::uint32_t awaited(const Analysis& analysis, const Scene& scene, std::uint32_t m) {
  const std::vector<Candidate>& all = scene.mentions;
  const Candidate& c = all[m];
  if ((c.kind != Kind::he && c.kind != Kind::she) || c.reflexive) return kNone;
  Word below = c.head;
  for (int depth = 0; depth < kDepth; ++depth) {
    const Word verb = analysis.head(below);
    if (verb == kNoWord) return kNone;
    for (std::uint32_t k = m; k-- > 0 && m - k <= kNear && all[k].sentence == c.sentence;) {
      if (is_subject_of(all[k], verb)) return kNone;  // whoever it is, he was named before
    }
    for (std::uint32_t k = m; k < all.size() && k - m <= kNear && all[k].sentence == c.sentence;
         ++k) {
      const Candidate& s = all[k];
      if (!is_subject_of(s, verb)) continue;
      const bool fronted = below < s.words.first && s.words.first > c.words.last && k != m;
      const bool person = s.kind == Kind::name && s.type == NameType::PER && !s.coordination;
      const bool agrees = s.gender == Gender::unknown || s.gender == c.gender;
      return fronted && person && agrees && s.quote == c.quote ? k : kNone;
    }
    below = verb;
  }
  return kNone;
}

}  // namespace parley::coreference
