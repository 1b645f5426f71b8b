#include "record/context.h"

namespace parley {

std::int32_t Context::entity_of_phrase(Word head) const {
  if (head >= analysis.size()) return kNone;
  const auto at = [this](const std::vector<std::int32_t>& column, Word w) {
    return w < column.size() ? column[w] : kNone;
  };
  // "Secretary of State Ruiz": the name that a title carries is who is meant.
  for (const Word child : analysis.children(head)) {
    const std::string_view relation = analysis.base_relation(child);
    if ((relation != "appos" && relation != "flat") || analysis.upos(child) != Upos::PROPN) continue;
    const std::int32_t named = at(entity_at_head, child);
    if (named == kNone) continue;
    const EntityKind kind = record.entities[static_cast<std::size_t>(named)].kind;
    if (kind == EntityKind::person) return named;
    // "rights watchdog Amnesty International", with no comma between
    const bool close = child > 0 && child == head + 1 && analysis.upos(head) == Upos::NOUN;
    if (close && (kind == EntityKind::organisation || kind == EntityKind::group)) return named;
  }
  if (const std::int32_t own = at(entity_at_head, head); own != kNone) return own;
  // "the president, Mr Ndiaye": the apposition names who is meant; "Mr Ndiaye" may be the governor too.
  for (const Word child : analysis.children(head)) {
    const std::string_view relation = analysis.base_relation(child);
    if (relation != "appos" && relation != "flat") continue;
    if (const std::int32_t named = at(entity_at_head, child); named != kNone) return named;
  }
  if (const std::string_view relation = analysis.base_relation(head);
      (relation == "appos" || relation == "flat") && analysis.head(head) != kNoWord) {
    if (const std::int32_t named = at(entity_at_head, analysis.head(head)); named != kNone) return named;
  }
  // A name whose head the tree and the name recogniser see differently: "Foreign Minister Sato".
  for (const Word child : analysis.children(head)) {
    if (analysis.base_relation(child) != "compound") continue;
    const std::int32_t named = at(entity_at_head, child);
    if (named == kNone) continue;
    const EntityKind kind = record.entities[static_cast<std::size_t>(named)].kind;
    if (kind == EntityKind::person && analysis.upos(head) == Upos::PROPN) return named;
  }
  return at(entity_of_word, head);
}

bool Context::is_read(std::size_t sentence) const {
  if (sentence >= section_of_sentence.size()) return true;
  const SectionKind kind = section_of_sentence[sentence];
  return kind != SectionKind::label && kind != SectionKind::boilerplate;
}

WordRange Context::words_at(WordRange sentence, ByteRange bytes) const {
  Word low = sentence.first, high = sentence.last;
  while (low < high) {
    const Word middle = low + (high - low) / 2;
    if (analysis.bytes(middle).end <= bytes.begin) low = middle + 1;
    else high = middle;
  }
  WordRange range{low, low};
  while (range.last < sentence.last && analysis.bytes(range.last).begin < bytes.end) ++range.last;
  return range;
}

std::optional<Id> Context::entity_id(std::int32_t index) const {
  if (index < 0 || static_cast<std::size_t>(index) >= record.entities.size()) return std::nullopt;
  return record.entities[static_cast<std::size_t>(index)].id;
}

}  // namespace parley
