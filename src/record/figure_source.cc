#include "record/figure_source.h"

#include <string>

#include "record/figure_measure.h"

namespace parley {
namespace {

/// What stands before a time: its case marker, or the preposition right in front of its words.
std::string preposition_of(const Context& context, Word head, std::int32_t time) {
  const Analysis& analysis = context.analysis;
  if (const Word mark = analysis.child(head, "case"); mark != kNoWord) return lower_lemma(analysis, mark);
  Word first = head;
  while (first > 0 && context.time_of_word[first - 1] == time) --first;
  if (first == 0) return {};
  const Upos tag = analysis.upos(first - 1);
  return tag == Upos::ADP || tag == Upos::SCONJ ? lower_lemma(analysis, first - 1) : std::string();
}

}  // namespace

Word FigureSources::counting_subject(Word head) const {
  const Analysis& analysis = context_.analysis;
  Word at = head;
  for (int step = 0; step < 4 && at != kNoWord; ++step) {
    if (analysis.upos(at) == Upos::VERB) {
      if (!context_.knowledge.figures.counting_verbs.contains(lower_lemma(analysis, at))) return kNoWord;
      const Word subject = analysis.child(at, "nsubj");
      return subject != kNoWord && analysis.relation(subject) == "nsubj:pass" ? kNoWord : subject;
    }
    at = analysis.head(at);
  }
  return kNoWord;
}

std::optional<Id> FigureSources::of(Word head) const {
  if (head < context_.teller_of_word.size()) {
    const std::int32_t statement = context_.teller_of_word[head];
    if (statement != Context::kNone) {
      const auto& speaker = context_.record.statements[static_cast<std::size_t>(statement)].speaker;
      if (speaker) return speaker;
    }
  }
  if (context_.entity_at_head.size() != context_.analysis.size()) return std::nullopt;
  const Word subject = counting_subject(head);
  if (subject == kNoWord) return std::nullopt;
  const std::int32_t entity = context_.entity_of_phrase(subject);
  if (entity == Context::kNone) return std::nullopt;
  const EntityKind kind = context_.record.entities[static_cast<std::size_t>(entity)].kind;
  const bool speaks = kind == EntityKind::person || kind == EntityKind::organisation || kind == EntityKind::group ||
                      kind == EntityKind::country;
  return speaks ? context_.entity_id(entity) : std::nullopt;
}

bool FigureSources::counted_by_pronoun(Word head) const {
  const Word subject = counting_subject(head);
  return subject != kNoWord && context_.analysis.upos(subject) == Upos::PRON;
}

void date_figure(const Context& context, Word counted, Word governor, Figure& figure) {
const Analysis& analysis = context.analysis;
  Word verb = governor != kNoWord ? governor : counted;
  for (int steps = 0; steps < 6 && verb != kNoWord && analysis.upos(verb) != Upos::VERB; ++steps) verb = analysis.head(verb);
  const auto look = [&](Word at) {
    if (at == kNoWord) return;
    for (const Word child : analysis.children(at)) {
      if (child >= context.time_of_word.size()) continue;
      const std::int32_t index = context.time_of_word[child];
      if (index == Context::kNone) continue;
      const Time& time = context.record.times[static_cast<std::size_t>(index)];
      if (time.type == TimeType::duration || time.type == TimeType::set) continue;
      if (time.value.ends_with("_REF")) continue;
      std::string preposition = preposition_of(context, child, index);
      if (preposition == "since" || preposition == "from") {
        if (!figure.period.from) figure.period.from = time.value;
        // "from January to August".
        for (const Word other : analysis.children(child)) {
          const std::int32_t end = other < context.time_of_word.size() ? context.time_of_word[other] : Context::kNone;
          if (end == Context::kNone || end == index) continue;
          const std::string link = preposition_of(context, other, end);
          if (link == "to" || link == "until" || link == "through") {
            figure.period.to = context.record.times[static_cast<std::size_t>(end)].value;
          }
        }
      } else if (preposition == "until" || preposition == "through" || preposition == "till" || preposition == "to") {
        if (!figure.period.to) figure.period.to = time.value;
      } else if (preposition == "by" || preposition == "as") {
        if (!figure.as_of) figure.as_of = time.value;
      } else if (preposition == "between") {
        if (!figure.period.from) figure.period.from = time.value;
        for (const Word other : analysis.children(child)) {
          const std::int32_t end = other < context.time_of_word.size() ? context.time_of_word[other] : Context::kNone;
          if (end != Context::kNone && end != index) figure.period.to = context.record.times[static_cast<std::size_t>(end)].value;
        }
      } else if (preposition.empty() || preposition == "in" || preposition == "on" || preposition == "during" ||
                 preposition == "over" || preposition == "at") {
        if (!figure.period.from && !figure.period.to) figure.period.from = figure.period.to = time.value;
      }
    }
  };
  look(counted);
  if (verb != counted) look(verb);
  // "has killed", "have fled": as the report stands.
  if (!figure.as_of && context.document.published && verb != kNoWord) {
    for (const Word child : analysis.children(verb)) {
      if (analysis.base_relation(child) != "aux") continue;
      const std::string form(analysis.form(child));
      if (form == "has" || form == "have") figure.as_of = context.document.published->substr(0, 10);
    }
  }
}

}  // namespace parley
