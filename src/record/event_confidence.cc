// Confidence orders events: the higher it is asked for (--min-confidence), the fewer and the surer they are.
//
//   "Rebels who had seized the port freed two sailors after talks with the navy."
//
// `freed` is what the sentence tells; `seized` and `talks` come along with it. They may well have happened, but a
// desk that keeps one event of the sentence keeps the first, and what hangs deep below is also what the analysis gets
// wrong most: measured on sentences with one event marked, rules are right at .8 in main clauses, at .5 in clauses
// without a conjunction of their own ("…, wounding three") and at .2 to .4 further down. Cost: a climb to the root.
// Test: tests/record/events_test.cc; the curve is in docs/events.md.
#include "record/event_confidence.h"

#include <algorithm>
#include <cmath>

namespace parley {
namespace {

constexpr int kMaxClimb = 24;

// A noun that a verb only carries ("launched an attack") stands where the verb does.
double weight_of_place(Word word, const Context& context, const EventArguments& arguments) {
  const Analysis& analysis = context.analysis;
  Word at = word;
  for (int i = 0; i < kMaxClimb; ++i) {
    const Word head = analysis.head(at);
    if (head == kNoWord) return 1.0;
    const std::string_view relation = analysis.relation(at);
    const std::string_view base = analysis.base_relation(at);
    if (relation == "acl:relcl") {
      // ", which Bamako denies": told beside the sentence, not to say which thing is meant
      const Word first = analysis.subtree(at).first;
      const bool beside = first > 0 && (analysis.form(first) == "," || analysis.form(first - 1) == ",");
      return beside ? 0.75 : 0.6;
    }
    if (base == "advcl") {
      const std::string mark = arguments.preposition(at);
      if (mark.empty()) return 0.8;
      // "accused Chad of arming them": the accusation's own content; its status says the rest
      if (mark == "of") return 0.8;
      if (mark == "if" || mark == "unless" || mark == "until" || mark == "once") return 0.3;
      return mark == "to" || mark == "after" || mark == "as" || mark == "when" || mark == "while" ? 0.7 : 0.6;
    }
    if (base == "acl" && context.knowledge.codebook.list("texts").contains(arguments.lemma(head))) {
      return 0.9;  // "issued a statement condemning …": the statement is there for what it says
    }
    if (base == "acl" || base == "appos") return 0.65;
    if (base == "xcomp" || base == "csubj") {
      if (arguments.part_of_speech(at) != 'v') return 1.0;
      const Predicate* above = analysis.predicate_at(head);
      const Embedding* embedding =
          context.knowledge.status.embedding(above == nullptr ? std::string_view{} : above->sense,
                                             arguments.lemma_with_particle(head), arguments.part_of_speech(head));
      if (embedding == nullptr || !embedding->clause) return 0.55;
      if (!embedding->status || *embedding->status == Status::ongoing) {
        at = head;  // "continued to send arms", "began to withdraw"
        continue;
      }
      return 0.7;  // "plans to send": its status says the rest
    }
    if (base == "obj" || base == "nsubj" || base == "obl" || base == "nmod") {
      if (arguments.light_verb(at) == head) {
        at = head;
        continue;
      }
      return base == "obj" || base == "nsubj" ? 0.75 : 0.6;
    }
    if (base != "ccomp" && base != "parataxis" && base != "conj") return 0.8;
    at = head;
  }
  return 0.6;
}

}  // namespace

double confidence_of(const EventReading& reading, const Context& context, const EventArguments& arguments) {
  const EventDraft& draft = reading.draft;
  const Rule& rule = context.knowledge.codebook.rules()[draft.rule];
  double out = rule.confidence * (draft.by_sense ? 0.95 : 0.85);
  if (reading.maker == Maker::model) out = reading.certainty;
  if (reading.maker != Maker::model && rule.conditions.empty()) out *= 0.97;
  const auto weigh = [&out](const std::vector<Party>& parties, double when_missing) {
    if (parties.empty()) {
      out *= when_missing;
    } else if (parties.front().entity == Context::kNone) {
      out *= 0.9;
    }
  };
  weigh(draft.actors, rule.alone ? 0.85 : 0.72);
  if (!rule.alone && !rule.recipient.empty() && !rule.reciprocal) weigh(draft.recipients, 0.75);
  // What has not happened is the less sure to be worth a line, the further off it is.
  switch (reading.status.status) {
    case Status::conditional: out *= 0.6; break;
    case Status::demanded:
    case Status::proposed:
    case Status::denied: out *= 0.7; break;
    case Status::alleged: out *= 0.7; break;
    case Status::planned: out *= 0.75; break;
    default: break;
  }
  const float factuality = context.analysis.factuality(draft.word);
  // "will not accept" is a refusal, and as real as the accepting is not
  const bool of_the_word = !reading.status.refusal && draft.type == rule.type;
  if (of_the_word && !std::isnan(factuality) && reading.status.status == Status::actual && factuality < 0.5f) {
    out *= std::max(0.5, 0.9 + 0.2 * static_cast<double>(factuality));
  }
  out *= weight_of_place(draft.word, context, arguments);
  return std::clamp(out, 0.0, 1.0);
}

}  // namespace parley
