#include "record/explain.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "record/event_draft.h"
#include "record/extract.h"

namespace parley {
namespace {

// "    nsubj  Israel"; one line a word, governors above what they govern.
void draw(const Analysis& analysis, Word word, int depth, std::string& out) {
  constexpr int kDeepest = 60;
  if (depth > kDeepest) return;
  const Predicate* predicate = analysis.predicate_at(word);
  out += fmt::format("  {:>{}}{}  {}{}\n", "", depth * 2, analysis.relation(word), analysis.form(word),
                     predicate == nullptr ? "" : "  [" + std::string(predicate->sense) + "]");
  for (const Word child : analysis.children(word)) {
    if (analysis.base_relation(child) != "punct") draw(analysis, child, depth + 1, out);
  }
}

std::string parties(const Context& context, const std::vector<Party>& parties) {
  std::string out;
  for (const Party& party : parties) {
    if (!out.empty()) out += "; ";
    out += '"' + std::string(context.slice(party.words)) + '"';
    if (party.entity == Context::kNone) continue;
    const Entity& entity = context.record.entities[static_cast<std::size_t>(party.entity)];
    out += " = " + entity.id + ' ' + entity.name;
    if (entity.actor.code) out += " (" + *entity.actor.code + ')';
  }
  return out.empty() ? "nobody" : out;
}

std::string place_of(const Rule& rule) {
  const std::filesystem::path path(rule.file);
  return (path.parent_path().filename() / path.filename()).string() + ':' + std::to_string(rule.place.line);
}

std::string describe(const Context& context, const SentenceEvents& events, const Sentence& sentence,
                     const EventReading& reading, const Event& event) {
  const Analysis& analysis = context.analysis;
  const std::vector<Rule>& rules = context.knowledge.codebook.rules();
  const EventDraft& draft = reading.draft;
  const Rule& rule = rules[draft.rule];
  std::string out = fmt::format("{}  {}", event.id, name(event.type));
  for (const std::string& mode : event.mode) out += '/' + mode;
  out += fmt::format("  {}  confidence {:.2f}\n\n", name(event.status), event.confidence);
  out += fmt::format("sentence  {}\n\n", context.document.slice(sentence.bytes));
  for (Word word = sentence.words.first; word < sentence.words.last; ++word) {
    if (analysis.head(word) == kNoWord) draw(analysis, word, 0, out);
  }
  if (reading.maker == Maker::model) {
    out += fmt::format("\ncompanion no rule knows \"{}\"; the model takes it for {} with probability {:.2f}\n",
                       analysis.form(draft.word), name(rule.type), reading.certainty);
  } else {
    out += fmt::format("\nrule      {} ({})\n", rule.name, place_of(rule));
    out += fmt::format("fired by  \"{}\", {}\n", analysis.form(draft.word),
                       draft.by_sense ? "by its sense " + std::string(analysis.predicate_at(draft.word)->sense)
                                      : "by its lemma " + events.arguments().lemma_with_particle(draft.word));
    if (reading.maker == Maker::both) out += "          the companion agrees\n";
  }
  if (name(rule.type) != name(event.type)) {
    out += fmt::format("type      the rule says {}; {} because of \"{}\"\n", name(rule.type),
                       name(event.type), reading.status.reason);
  }
  if (draft.content != nullptr) out += fmt::format("about     {}\n", draft.content->name);
  out += fmt::format("actors    {}{}\n", parties(context, draft.actors),
                     draft.actor_path.empty() ? "" : ", by " + draft.actor_path);
  if (rule.reciprocal && !draft.recipient_path.empty()) {
    out += fmt::format("          and by {}, as all parties of a reciprocal event are actors\n", draft.recipient_path);
  }
  out += fmt::format("recipients {}{}\n", parties(context, draft.recipients),
                     draft.recipient_path.empty() || rule.reciprocal ? "" : ", by " + draft.recipient_path);
  out += fmt::format("status    {}{}\n", name(event.status),
                     reading.status.reason.empty() ? "" : ", because of \"" + reading.status.reason + "\"");
  std::vector<NearMiss> missed;
  (void)events.matcher().match(draft.word, &missed);
  for (const NearMiss& miss : missed) {
    const Rule& other = rules[miss.rule];
    out += fmt::format("not       {} ({}): {}\n", other.name, place_of(other), miss.reason);
  }
  return out;
}

}  // namespace

Result<Explanation> explain_event(const Document& document, const Analysis& analysis,
                                  const Knowledge& knowledge, std::string_view event_id,
                                  EventMakers makers) {
  Record record;
  record.document = document;
  Context context = make_context(document, analysis, knowledge, record);
  context.makers = makers;
  extract_up_to_events(context);
  const auto event = std::find_if(record.events.begin(), record.events.end(),
                                  [event_id](const Event& each) { return each.id == event_id; });
  if (event == record.events.end()) {
    std::string known;
    for (const Event& each : record.events) known += ' ' + each.id;
    return Error{Error::Code::not_found,
                 "there is no event '" + std::string(event_id) + "' in this report; " +
                     (known.empty() ? "it has none" : "there are" + known),
                 document.id};
  }
  const SentenceEvents events(context);
  for (const Sentence& sentence : analysis.sentences()) {
    if (!document.span(sentence.bytes).contains(event->trigger)) continue;
    for (const EventReading& reading : events.read(sentence)) {
      if (reading.kept && context.span(reading.draft.word).begin == event->trigger.begin) {
        return Explanation{describe(context, events, sentence, reading, *event)};
      }
    }
  }
  return Error{Error::Code::internal, "the event's sentence was not found again", document.id};
}

}  // namespace parley
