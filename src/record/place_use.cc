// Whether a toponym says where something is or names who acts: "Moscow said" is a government, "in
// Moscow" a town, "Moscow streets" a town, "Moscow officials" of whom.
//
// Idea: a place that fills a numbered role of a predicate is one who acts or is acted on, unless the
// predicate is one of going, holding or striking (data/gazetteer/words.toml: "going") or a preposition
// of place stands before it. Counter-example: "Kyiv was hit", "left Syria": places. Cost: a walk over the
// predicates of the sentence. Test: tests/record/places_test.cc. The division is Gritta et al.'s (2020).
#include <algorithm>

#include "knowledge/actors.h"
#include "record/place_draft.h"

namespace parley {

PlaceUse use_of(const Context& context, const FoundToponym& found) {
  const Analysis& analysis = context.analysis;
  const PlaceWords& words = context.knowledge.places;
  if (found.adjective || found.embedded) return PlaceUse::adjective;
  const Word head = analysis.head_of(found.words);
  if (head == kNoWord || found.facility) return PlaceUse::literal;
  const std::string_view relation = analysis.base_relation(head);
  const Word governor = analysis.head(head);
  if ((relation == "compound" || relation == "amod") && governor != kNoWord && !found.words.contains(governor)) {
    const AgentNoun* agent = context.knowledge.actors.agent(analysis.lemma(governor));
    return agent != nullptr ? PlaceUse::adjective : PlaceUse::literal;
  }
  // A preposition of place settles it.
  for (const Word child : analysis.children(head)) {
    if (analysis.base_relation(child) == "case" && words.only_locative(fold_name(analysis.lemma(child)))) {
      return PlaceUse::literal;
    }
  }
  const Sentence& sentence = analysis.sentences()[analysis.sentence_of(head)];
  for (const Predicate& predicate : analysis.predicates(sentence)) {
    if (words.going(analysis.lemma(predicate.word))) {
      // "Russia invaded": who does it acts; where it is done is a place.
      const bool acts = std::any_of(predicate.roles.begin(), predicate.roles.end(), [&](const Role& role) {
        return role.label == "ARG0" && role.words.contains(head) && role.words.size() <= found.words.size() + 2;
      });
      if (acts) return PlaceUse::metonym;
      continue;
    }
    for (const Role& role : predicate.roles) {
      if (!role.words.contains(found.words)) continue;
      const bool numbered = role.label.size() == 4 && role.label.starts_with("ARG");
      if (numbered && analysis.head_of(role.words) == head) return PlaceUse::metonym;
    }
  }
  if ((relation == "nsubj" || relation == "iobj") && governor != kNoWord && analysis.upos(governor) == Upos::VERB &&
      !words.going(analysis.lemma(governor))) {
    return PlaceUse::metonym;
  }
  return PlaceUse::literal;
}

}  // namespace parley
