// TIMEX3 expressions: found sentence by sentence, resolved in text order.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/extract.h"
#include "record/time_direction.h"
#include "record/time_grammar.h"
#include "record/time_resolver.h"
#include "text/atoms.h"

namespace parley {
namespace {

struct Found {
  TimeExpression expression;
  ByteRange bytes;
  WordRange words;
  std::size_t sentence = 0;
};

/// "PRETORIA, Nov 2, 2022 -": a place in capitals and a comma before the date; "By Ana Roy | 3 May 2023".
bool stands_behind_dateline(std::string_view text, std::uint32_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  if (at == 0) return false;
  if (text[at - 1] == '|') return true;
  if (text[at - 1] != ',') return false;
  --at;
  std::uint32_t letters = 0;
  while (at > 0 && text[at - 1] >= 'A' && text[at - 1] <= 'Z') --at, ++letters;
  return letters >= 3;
}

/// The date at the top of the report, when the page gave none: a dateline's full date.
std::optional<KnownDate> dateline_date(const Context& context, const std::vector<Found>& found) {
  for (const Found& each : found) {
    const bool known = each.sentence < context.section_of_sentence.size();
    const SectionKind kind = known ? context.section_of_sentence[each.sentence] : SectionKind::body;
    const bool section = kind == SectionKind::dateline || kind == SectionKind::byline;
    // Without sections a dateline opens the text: below a title at most.
    if (!section && (each.sentence > 3 || !stands_behind_dateline(context.document.text(), each.bytes.begin))) {
      continue;
    }
    const TimeExpression& e = each.expression;
    if (e.form == TimeForm::date && e.year != 0 && e.month != 0 && e.day != 0) {
      KnownDate date;
      date.year = e.year, date.month = e.month, date.day = e.day;
      return date;
    }
  }
  return std::nullopt;
}

/// "called on Wednesday for a ceasefire from Friday": the nearest verb above calls for something.
bool is_called_for(const Analysis& analysis, WordRange words, const TimeWords& table) {
  Word w = analysis.head(analysis.head_of(words));
  for (int steps = 0; steps < 5 && w != kNoWord; ++steps, w = analysis.head(w)) {
    if (analysis.upos(w) == Upos::VERB) return table.calls.contains(std::string(analysis.lemma(w)));
  }
  return false;
}

}  // namespace

void extract_times(Context& context) {
  const Analysis& analysis = context.analysis;
  const TimeWords& words = context.knowledge.times;
  const NumberWords& numbers = context.knowledge.figures.numbers;
  context.time_of_word.assign(analysis.size(), Context::kNone);

  std::vector<Found> found;
  Atoms atoms;
  std::vector<Upos> upos;
  const auto sentences = analysis.sentences();
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    if (!context.is_read(s)) continue;
    const Sentence& sentence = sentences[s];
    atoms.split(context.document.text(), sentence.bytes);
    upos.clear();
    Word w = sentence.words.first;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      while (w < sentence.words.last && analysis.bytes(w).end <= atoms.bytes(i).begin) ++w;
      upos.push_back(w < sentence.words.last ? analysis.upos(w) : Upos::X);
    }
    for (TimeExpression& e : find_times(atoms, upos, words, numbers)) {
      const ByteRange bytes{atoms.bytes(e.first).begin, atoms.bytes(e.last - 1).end};
      const WordRange range = context.words_at(sentence.words, bytes);
      found.push_back({std::move(e), bytes, range, s});
    }
  }

  std::optional<KnownDate> published;
  if (context.document.published) published = parse_known_date(*context.document.published);
  if (!published && context.document.updated) published = parse_known_date(*context.document.updated);
  if (!published) published = dateline_date(context, found);
  TimeResolver resolver(words, published);
  for (const Found& each : found) resolver.learn(each.expression);
  for (const Found& each : found) {
    TimeDirection direction = TimeDirection::unknown;
    if (!each.words.empty()) {
      direction = time_direction(analysis, analysis.head_of(each.words), words);
      const Word first = each.words.first;
      if (first > sentences[each.sentence].words.first) {
        const std::string before(analysis.lemma(first - 1));
        if (words.past_prepositions.contains(before)) direction = TimeDirection::past;
        const bool open = direction == TimeDirection::unknown || direction == TimeDirection::present;
        if (open && words.ahead_prepositions.contains(before)) direction = TimeDirection::future;
        if (words.call_prepositions.contains(before) && is_called_for(analysis, each.words, words)) {
          direction = TimeDirection::future;
        }
      }
    }
    Time time = resolver.resolve(each.expression, direction, each.sentence);
    time.span = context.document.span(each.bytes);
    time.id = "t" + std::to_string(context.record.times.size() + 1);
    const auto index = static_cast<std::int32_t>(context.record.times.size());
    for (Word w = each.words.first; w < each.words.last; ++w) context.time_of_word[w] = index;
    context.record.times.push_back(std::move(time));
  }
}

}  // namespace parley
