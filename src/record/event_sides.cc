// "The two sides", "both armies", "all parties", "they": who is meant, when no name stands there.
//
//   "Sudan's army and the RSF signed a truce, the United States and Saudi Arabia said. The two sides will …"
//
// The nearest two that were named together are the mediators. Meant are those who fight, meet or agree with each other:
// first such two in this sentence or the two before it, then those whom the whole report names so most often, last any
// two of a sentence near by, but never those who only announce, host or mediate. Counter-example: "both leaders" are
// persons, "the two countries" states, whoever else was named. Cost: one walk over the report's verbs when it is
// opened, and three sentences for each such phrase. Covered by tests/record/events_test.cc (Sides…).
#include <algorithm>
#include <map>

#include "record/event_arguments.h"

namespace parley {
namespace {

constexpr Word kReach = 60;

}  // namespace

void EventArguments::find_main_sides() {
  const auto sentences = analysis_.sentences();
  std::map<std::vector<std::int32_t>, std::size_t> known;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (!context_.is_read(i)) continue;
    const bool body = i < context_.section_of_sentence.size() && context_.section_of_sentence[i] == SectionKind::body;
    for (Sides& sides : sides_named_in(sentences[i].words)) {
      if (!sides.opposed || sides.heads.size() != 2) continue;
      std::vector<std::int32_t> key;
      for (const Word head : sides.heads) key.push_back(context_.entity_at_head[head]);
      std::sort(key.begin(), key.end());
      if (key.front() == key.back()) continue;
      const auto [at, fresh] = known.emplace(key, main_sides_.size());
      if (fresh) main_sides_.push_back(std::move(sides));
      main_sides_[at->second].times += body ? 2 : 1;
    }
  }
  std::stable_sort(main_sides_.begin(), main_sides_.end(), [](const Sides& a, const Sides& b) { return a.times > b.times; });
}

// "The two sides", "both armies", "all parties", "the warring factions", "each side": those of whom was spoken, together.
bool EventArguments::means_those_named(Word noun) const {
  const Codebook& codebook = context_.knowledge.codebook;
  if (!is_noun(noun) || !codebook.list("sides").contains(lemma(noun))) return false;
  const bool plural = analysis_.xpos(noun) == "NNS";
  const bool side = codebook.list("side_words").contains(lemma(noun));
  const std::int32_t entity = context_.entity_at_head[noun];
  if (!side && entity != Context::kNone &&
      context_.record.entities[static_cast<std::size_t>(entity)].actor.country) {
    return false;
  }
  bool counted = false;
  for (const Word child : analysis_.children(noun)) {
    const std::string_view relation = analysis_.base_relation(child);
    const auto& counts = codebook.list("side_counts");
    const std::string word = counts.contains(lowered(child)) ? lowered(child) : lemma(child);
    if (relation == "acl" || relation == "compound") return false;
    if (analysis_.relation(child) == "nmod" && child > noun) {  // "both sides of the border"
      const std::string preposition_of = preposition(child);
      if (preposition_of != "in" && preposition_of != "to") return false;
    }
    if (plural) {
      counted = counted || counts.contains(word) ||
                (side && (word == "the" || analysis_.relation(child) == "nmod:poss"));
    } else {
      counted = counted || (side && codebook.list("side_each").contains(word));
    }
    if (relation == "amod" && !counts.contains(word)) return false;  // "the opposition parties"
  }
  return counted;
}

bool EventArguments::is_side(Word word) const {
  const std::int32_t entity = context_.entity_at_head[word];
  if (entity == Context::kNone) return false;
  switch (context_.record.entities[static_cast<std::size_t>(entity)].kind) {
    case EntityKind::person:
    case EntityKind::organisation:
    case EntityKind::country:
    case EntityKind::group: return true;
    default: return false;
  }
}

// "both leaders" are persons, "the two countries" states; sides are anybody, `near` persons too.
bool EventArguments::can_be(Word noun, const Sides& sides, bool near) const {
  const Codebook& codebook = context_.knowledge.codebook;
  const bool persons = codebook.list("side_persons").contains(lemma(noun));
  const bool states = codebook.list("side_states").contains(lemma(noun));
  return std::all_of(sides.heads.begin(), sides.heads.end(), [&](Word head) {
    const Entity& entity = context_.record.entities[static_cast<std::size_t>(context_.entity_at_head[head])];
    if (persons) return entity.kind == EntityKind::person || (near && entity.kind == EntityKind::group);
    if (states) return entity.kind == EntityKind::country;
    return near || entity.kind != EntityKind::person;
  });
}

// Two sides or more that these words name together: "Iran and Saudi Arabia …", "Kenya met with Somalia", "talks between
// Chad and Libya"; the nearest to the end first.
std::vector<EventArguments::Sides> EventArguments::sides_named_in(WordRange words) const {
  const Codebook& codebook = context_.knowledge.codebook;
  std::vector<Sides> out;
  const auto code = [&](Word head) -> const std::optional<std::string>& {
    return context_.record.entities[static_cast<std::size_t>(context_.entity_at_head[head])].actor.code;
  };
  const auto add = [&](Sides sides) {
    if (sides.heads.size() < 2) return;
    const auto& first = code(sides.heads.front());  // "the Taliban and their leader" are one side
    if (first && sides.heads.size() == 2 && first == code(sides.heads.back())) return;
    const bool again = std::any_of(out.begin(), out.end(), [&](const Sides& each) { return each.heads == sides.heads; });
    if (!again) out.push_back(std::move(sides));
  };
  for (Word word = words.last; word > words.first; --word) {
    const Word each = word - 1;
    if (is_side(each) && analysis_.base_relation(each) != "conj") {
      Sides sides;
      for (const Word side : conjuncts(each)) {
        if (side < words.last && is_side(side)) add_once(sides.heads, side);
      }
      const Word verb = analysis_.head(each);
      const std::string above = verb == kNoWord ? std::string() : lemma(verb);
      if (codebook.list("side_helpers").contains(above)) continue;
      const bool subject = analysis_.base_relation(each) == "nsubj" && codebook.list("side_deeds").contains(above);
      sides.opposed = subject || preposition(each) == "between";
      add(std::move(sides));
    } else if (part_of_speech(each) == 'v' && codebook.list("side_deeds").contains(lemma(each))) {
      Sides sides;
      sides.opposed = true;
      for (const Word subject : own_subjects(each)) {
        if (is_side(subject)) add_once(sides.heads, subject);
      }
      if (sides.heads.size() != 1) continue;
      std::vector<Word> others = with_preposition(each, "with");
      if (others.empty() && codebook.list("side_meetings").contains(lemma(each))) others = objects(each);
      for (const Word other : others) {
        if (is_side(other) && other < words.last) add_once(sides.heads, other);
      }
      add(std::move(sides));
    }
  }
  return out;
}

// "all parties": may be more than the two that were named last
bool EventArguments::says_all(Word noun) const {
  return std::any_of(analysis_.children(noun).begin(), analysis_.children(noun).end(),
                     [this](Word child) { return lemma(child) == "all"; });
}

// Who is meant by a phrase that means_those_named, or by "both", "neither".
std::vector<Word> EventArguments::those_meant(Word noun) const {
  const auto sentences = analysis_.sentences();
  const std::size_t here = analysis_.sentence_of(noun);
  const Sides* other = nullptr;
  std::vector<Sides> near;
  for (std::size_t back = 0; back < 3 && back <= here; ++back) {
    WordRange words = sentences[here - back].words;
    if (back == 0) words.last = analysis_.subtree(noun).first;
    words.first = std::max(words.first, words.last > kReach ? words.last - kReach : 0);
    if (!context_.is_read(here - back)) continue;
    for (Sides& sides : sides_named_in(words)) {
      if (!can_be(noun, sides, true)) continue;
      if (sides.opposed) return sides.heads;
      if (sides.heads.size() == 2 && !says_all(noun)) near.push_back(std::move(sides));
    }
  }
  if (!near.empty()) other = &near.front();
  for (const Sides& sides : main_sides_) {
    if (can_be(noun, sides, false)) return sides.heads;
  }
  return other == nullptr ? std::vector<Word>() : other->heads;
}

// "Peru and Chile met. They agreed …": the subjects of the sentence before, when there are several.
std::vector<Word> EventArguments::those_before(Word word) const {
  std::vector<Word> out;
  const auto sentences = analysis_.sentences();
  const std::size_t here = analysis_.sentence_of(word);
  if (means_those_named(word)) return those_meant(word);
  if (analysis_.upos(word) != Upos::PRON || !analysis_.has_feature(word, "Number=Plur") ||
      !analysis_.has_feature(word, "Person=3") || analysis_.base_relation(word) != "nsubj") {
    return out;
  }
  // One person is not "they", whatever coreference says.
  const std::int32_t one = context_.entity_of_phrase(word);
  if (one != Context::kNone && context_.record.entities[static_cast<std::size_t>(one)].kind != EntityKind::person) {
    return out;
  }
  const WordRange sentence = sentences[here].words;
  if (sentence.first == 0 || word > sentence.first + 3) return out;
  const WordRange before = sentences[here - 1].words;
  for (Word root = before.first; root < before.last; ++root) {
    if (analysis_.head(root) != kNoWord) continue;
    for (const Word subject : own_subjects(root)) {
      if (means_those_named(subject)) return those_meant(subject);
      for (const Word each : conjuncts(subject)) {
        if (context_.entity_of_phrase(each) != Context::kNone) add_once(out, each);
      }
    }
    break;
  }
  if (out.size() < 2) {
    out.clear();
    for (const Sides& sides : sides_named_in(before)) {
      if (!out.empty() && !sides.opposed) continue;
      out = sides.heads;
      if (sides.opposed) break;
    }
  }
  return out;
}

}  // namespace parley
