#include "record/extract.h"

#include <vector>

namespace parley {
namespace {

// Sentences and sections are both in text order: one walk over the two.
std::vector<SectionKind> sections_of_sentences(const Document& document, const Analysis& analysis) {
  std::vector<SectionKind> out;
  out.reserve(analysis.sentences().size());
  std::size_t next = 0;
  for (const Sentence& sentence : analysis.sentences()) {
    const Span span = document.span(sentence.bytes);
    while (next < document.sections.size() && document.sections[next].span.end <= span.begin) ++next;
    out.push_back(next < document.sections.size() && document.sections[next].span.begin <= span.begin
                      ? document.sections[next].kind
                      : SectionKind::body);
  }
  return out;
}

}  // namespace

Context make_context(const Document& document, const Analysis& analysis, const Knowledge& knowledge,
                     Record& record) {
  Context context{document, analysis, knowledge, record, {}, {}, {}, {}, {}, {}, {}, {}};
  const std::size_t words = analysis.size();
  context.entity_at_head.assign(words, Context::kNone);
  context.entity_of_word.assign(words, Context::kNone);
  context.time_of_word.assign(words, Context::kNone);
  context.figure_of_word.assign(words, Context::kNone);
  context.statement_of_word.assign(words, Context::kNone);
  context.teller_of_word.assign(words, Context::kNone);
  context.place_of_word.assign(words, Context::kNone);
  context.section_of_sentence = sections_of_sentences(document, analysis);
  return context;
}

void extract_up_to_events(Context& context) {
  extract_entities(context);
  extract_times(context);
  extract_places(context);
  extract_statements(context);
  extract_figures(context);
  extract_events(context);
}

Record extract_record(const Document& document, const Analysis& analysis, const Knowledge& knowledge,
                      double min_confidence, EventMakers makers) {
  Record record;
  record.document = document;
  Context context = make_context(document, analysis, knowledge, record);
  context.makers = makers;
  extract_up_to_events(context);
  std::erase_if(record.events, [min_confidence](const Event& event) { return event.confidence < min_confidence; });
  assign_places(context);
  extract_channels(context);
  extract_proposals(context);
  extract_discrepancies(context);
  compose_brief(context);
  return record;
}

}  // namespace parley
