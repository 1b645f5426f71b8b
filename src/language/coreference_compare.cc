#include "language/coreference_compare.h"

namespace parley::coreference {

std::uint32_t Comparison::name_relation(const Candidate& c, const Candidate& b, const Chain& e) const {
  if (c.text == b.text || holds(e.texts, e.text_count, c.text)) return 1;
  if (c.acronym != 0 && c.acronym == b.acronym && c.is_acronym != b.is_acronym) return 4;
  if (b.kind != Kind::name) return holds(e.name_heads, e.text_count, c.head_hash) ? 5 : 0;
  if (c.head_hash == b.head_hash)
    return c.first_hash == c.head_hash || b.first_hash == b.head_hash ? 2 : 5;
  if (c.first_hash == b.first_hash)
    return c.first_hash == c.head_hash || b.first_hash == b.head_hash ? 3 : 7;
  if (c.head_hash == b.first_hash || c.first_hash == b.head_hash) return 6;
  return holds(e.name_heads, e.text_count, c.head_hash) ? 5 : 0;
}

Comparison::Overlap Comparison::overlap(const Candidate& c, const Chain& e) const {
  Overlap o;
  for (std::uint32_t k = c.content_first; k < c.content_last; ++k) {
    if (holds(e.contents, e.content_count, scene_.contents[k])) {
      ++o.shared;
    } else {
      ++o.fresh;
    }
  }
  return o;
}

std::uint32_t Comparison::tie(const Candidate& c, const Candidate& b) const {
  if (c.sentence != b.sentence) return 0;
  if (c.governor == b.head && c.place == Place::apposition && !c.coordination) return 1;
  if (b.governor == c.head && b.place == Place::subject && c.place == Place::predicate) return 2;
  if (c.governor == kNoWord) return 0;
  if (c.governor == b.governor && c.place != Place::conjunct && b.place != Place::conjunct)
    return 3;
  if (c.place == Place::possessor) {
    const Word phrase = c.governor;
    if (a_.head(phrase) != kNoWord && a_.head(phrase) == b.governor) return 4;
  }
  if ((b.place == Place::subject || b.place == Place::passive_subject) && b.governor != kNoWord &&
      b.governor != c.governor) {
    Word up = c.governor;
    for (int depth = 0; depth < 4 && up != kNoWord; ++depth) {
      up = a_.head(up);
      if (up == b.governor) return 5;
    }
  }
  return 0;
}

std::uint32_t Comparison::speech(const Candidate& c, const Candidate& b, const Chain& e) const {
  if (c.quote == 0 && b.quote == 0) return 0;
  const Word cs = c.quote == 0 ? kNoWord : scene_.quotes[c.quote - 1].speaker;
  const Word bs = b.quote == 0 ? kNoWord : scene_.quotes[b.quote - 1].speaker;
  const bool ci = c.kind == Kind::first_singular, bi = b.kind == Kind::first_singular;
  if (ci && cs != kNoWord && (b.head == cs || same_chain(cs, b))) return 1;
  if (bi && bs != kNoWord && c.head == bs) return 1;
  if (e.speaker != kNoWord && c.head == e.speaker) return 1;
  if (c.quote == b.quote) return ci && bi ? 2 : 3;
  if (c.quote != 0 && b.quote != 0) {
    const bool same = cs != kNoWord && bs != kNoWord &&
                      (cs == bs || chain_of_word(cs) == chain_of_word(bs)) &&
                      chain_of_word(cs) != kNone;
    return same ? (ci && bi ? 2 : 4) : 5;
  }
  return 6;
}

std::uint32_t Comparison::chain_of_word(Word w) const {
  const std::uint32_t m = w < scene_.by_head.size() ? scene_.by_head[w] : kNone;
  return m == kNone ? kNone : chain_of_[m];
}

bool Comparison::same_chain(Word w, const Candidate& b) const {
  const std::uint32_t chain = chain_of_word(w);
  return chain != kNone && chain == chain_of_word(b.head);
}

std::uint32_t Comparison::overlap_back(const Candidate& c, const Candidate& b) const {
  std::uint32_t lacking = 0;
  for (std::uint32_t k = b.content_first; k < b.content_last; ++k) {
    bool found = false;
    for (std::uint32_t q = c.content_first; q < c.content_last && !found; ++q)
      found = scene_.contents[k] == scene_.contents[q];
    if (!found) ++lacking;
  }
  return std::min(lacking, 3u);
}

}  // namespace parley::coreference
