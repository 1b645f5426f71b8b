// What extractors share while one report is read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "knowledge/knowledge.h"
#include "parley/analysis.h"
#include "parley/document.h"
#include "parley/record.h"

namespace parley {

class EventCompanion;

/// Who makes events: the codebook's rules, its learned companion (nullptr when there is none), or both.
struct EventMakers {
  const EventCompanion* companion = nullptr;
  EventsBy by = EventsBy::rules;
};

/// One report on its way to a record. Extractors run in the order of `extract_record` (extract.h);
/// each reads what earlier ones left and writes its own list in `record`.
struct Context {
  const Document& document;
  const Analysis& analysis;
  const Knowledge& knowledge;
  Record& record;

  static constexpr std::int32_t kNone = -1;

  /// By word: index into record.entities of the innermost mention whose HEAD is this word, else kNone.
  std::vector<std::int32_t> entity_at_head;
  /// By word: index into record.entities of the innermost mention that covers this word, else kNone.
  std::vector<std::int32_t> entity_of_word;
  /// By word: index into record.times of the expression that covers it, else kNone.
  std::vector<std::int32_t> time_of_word;
  /// By word: index into record.figures of the figure that covers it, else kNone.
  std::vector<std::int32_t> figure_of_word;
  /// By word: index into record.statements of the innermost statement whose content holds it, else kNone.
  std::vector<std::int32_t> statement_of_word;
  /// The same of statements that tell something as so: not of what is demanded, promised, planned or refused.
  std::vector<std::int32_t> teller_of_word;
  /// By word: index into record.places of the toponym that covers it, else kNone.
  std::vector<std::int32_t> place_of_word;
  /// By sentence: the section it stands in.
  std::vector<SectionKind> section_of_sentence;
  EventMakers makers = {};

  Span span(WordRange words) const { return document.span(analysis.bytes(words)); }
  Span span(Word word) const { return document.span(analysis.bytes(word)); }
  std::string_view slice(WordRange words) const { return document.slice(analysis.bytes(words)); }

  /// Whether extractors read the sentence: not what is label or boilerplate.
  bool is_read(std::size_t sentence) const;
  /// The words of a sentence that overlap `bytes`. O(log n).
  WordRange words_at(WordRange sentence, ByteRange bytes) const;

  /// The entity that a noun phrase headed by `head` denotes: the mention headed there, else through
  /// apposition, else the entity of the word; kNone when there is none.
  std::int32_t entity_of_phrase(Word head) const;
  /// The id, or nothing for kNone.
  std::optional<Id> entity_id(std::int32_t index) const;
};

}  // namespace parley
