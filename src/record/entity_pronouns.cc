// Pronouns that coreference has left alone: "In his talks with the generals, Ndiaye … He urged …".
//
// Coreference ties pronouns to each other and to names where it is sure. What is left, a chain of pronouns only,
// goes, in this order, to
//   1. the main clause's subject, when the pronoun stands in a phrase before it ("In his talks, Ndiaye …");
//   2. the subject of a clause around the pronoun's own ("Oman said it would host them"), the nearest first;
//   3. the subject of the sentence before, or the one that can be meant there.
// A candidate must agree: "he" a person, "it" a body or state, "they" a group or a people; two persons in the
// sentence before, neither of them its subject, decide nothing. A pronoun that names nobody is better than one that
// names the wrong one: "it" looks no further than its own sentence, but at the beginning of what the next one says. Cost: O(depth) a pronoun, and one walk over
// the sentence before. Tests: tests/record/entities_test.cc.
#include <algorithm>
#include <array>

#include "record/entity_draft.h"

namespace parley {
namespace {

constexpr int kMaxClimb = 12;

class Pronouns {
 public:
  explicit Pronouns(EntityWork& work) : work_(work), analysis_(work.analysis) {}

  void run() {
    std::vector<std::int64_t> entity_of_chain(analysis_.chains(), kUnknown);
    for (const Mention& mention : analysis_.mentions()) {
      if (mention.form != Mention::Form::pronoun || mention.head >= analysis_.size()) continue;
      if (mention.chain >= entity_of_chain.size() || work_.mention_at_head[mention.head] >= 0) continue;
      if (!work_.reads(mention.head) || !personal(mention.head)) continue;
      std::int64_t& entity = entity_of_chain[mention.chain];
      if (entity == kUnknown) entity = resolve(mention.head);
      if (entity < 0) continue;
      if (!agrees(mention.head, static_cast<std::uint32_t>(entity))) continue;
      work_.add_mention({mention.head, mention.head + 1}, MentionForm::pronoun, static_cast<std::uint32_t>(entity));
    }
  }

 private:
  static constexpr std::int64_t kUnknown = -2;
  static constexpr std::int64_t kNobody = -1;

  bool personal(Word w) const {
    return analysis_.has_feature(w, "PronType=Prs") && analysis_.has_feature(w, "Person=3");
  }
  bool human(Word w) const {
    return analysis_.has_feature(w, "Gender=Masc") || analysis_.has_feature(w, "Gender=Fem");
  }
  bool many(Word w) const { return analysis_.has_feature(w, "Number=Plur"); }

  bool agrees(Word pronoun, std::uint32_t entity) const {
    switch (work_.entities[entity].kind) {
      case EntityKind::person: return human(pronoun);
      case EntityKind::group:
      case EntityKind::nationality: return many(pronoun);
      case EntityKind::organisation: return !human(pronoun);
      case EntityKind::country: return !human(pronoun) && !many(pronoun);
      default: return false;
    }
  }

  /// The entity of a noun phrase, or of the name in apposition to it.
  std::int64_t entity_at(Word head) const {
    for (const Word child : analysis_.children(head)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation != "appos" && relation != "flat") continue;
      if (const std::int32_t at = work_.mention_at_head[child]; at >= 0 && is_person(at)) return entity_of(at);
    }
    if (const std::int32_t at = work_.mention_at_head[head]; at >= 0) return entity_of(at);
    const std::int32_t at = work_.mention_of_word[head];
    return at >= 0 && is_person(at) ? entity_of(at) : kNobody;
  }
  std::int64_t entity_of(std::int32_t mention) const {
    return work_.mentions[static_cast<std::size_t>(mention)].entity;
  }
  bool is_person(std::int32_t mention) const {
    return work_.entities[work_.mentions[static_cast<std::size_t>(mention)].entity].kind == EntityKind::person;
  }

  bool is_joined(Word noun) const {
    for (const Word child : analysis_.children(noun)) {
      if (analysis_.base_relation(child) == "conj") return true;
    }
    return false;
  }

  /// The entity of the verb's subject, if it can be the pronoun's.
  std::int64_t subject_of(Word verb, Word pronoun) const {
    std::int64_t found = kNobody;
    for (const Word child : analysis_.children(verb)) {
      if (analysis_.base_relation(child) != "nsubj" || child == pronoun) continue;
      if (is_joined(child)) continue;  // "Peru and Chile … it": neither
      const std::int64_t entity = entity_at(child);
      if (entity >= 0 && agrees(pronoun, static_cast<std::uint32_t>(entity))) found = entity;
    }
    return found;
  }

  std::int64_t resolve(Word pronoun) const {
    const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(pronoun)].words;
    // Its own clause's subject cannot be meant by its object; by its possessive it can.
    Word clause = pronoun;
    bool nested = analysis_.relation(pronoun) == "nmod:poss";
    for (int i = 0; i < kMaxClimb; ++i) {
      const Word head = analysis_.head(clause);
      if (head == kNoWord) break;
      const bool verb = analysis_.upos(head) == Upos::VERB || analysis_.base_relation(head) == "root";
      if (verb && nested) {
        const std::int64_t found = subject_of(head, pronoun);
        if (found >= 0) return found;  // before it, or after it as in "In his talks, Ndiaye"
      }
      nested = nested || verb;
      clause = head;
    }
    const bool subject = analysis_.base_relation(pronoun) == "nsubj" || analysis_.relation(pronoun) == "nmod:poss";
    const bool neuter = !human(pronoun) && !many(pronoun);
    if (!subject || sentence.first == 0) return kNobody;
    if (neuter && !begins_main_clause(pronoun, sentence)) return kNobody;
    return in_sentence_before(pronoun, sentence.first);
  }

  /// "The junta … . It rejected …": the subject of what the sentence says, at its beginning, of a verb that somebody
  /// does (not "It was clear", "It rained").
  bool begins_main_clause(Word pronoun, WordRange sentence) const {
    const Word verb = analysis_.head(pronoun);
    if (pronoun > sentence.first + 1 || analysis_.relation(pronoun) != "nsubj" || verb == kNoWord) return false;
    if (analysis_.head(verb) != kNoWord || analysis_.upos(verb) != Upos::VERB) return false;
    for (const Word child : analysis_.children(verb)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "csubj" || relation == "expl" || relation == "ccomp") return false;
    }
    return analysis_.predicate_at(verb) != nullptr;
  }

  std::int64_t in_sentence_before(Word pronoun, Word first) const {
    const WordRange before = analysis_.sentences()[analysis_.sentence_of(first - 1)].words;
    if (!work_.reads(before.first) || before.last != first) return kNobody;
    std::vector<std::uint32_t> able;
    constexpr Word kReach = 80;
    for (Word w = std::max(before.first, before.last > kReach ? before.last - kReach : 0); w < before.last; ++w) {
      if (analysis_.head(w) == kNoWord) {
        if (const std::int64_t found = subject_of(w, pronoun); found >= 0) return found;
      }
      const std::int32_t at = work_.mention_at_head[w];
      if (at < 0) continue;
      const DraftMention& mention = work_.mentions[static_cast<std::size_t>(at)];
      if (mention.form == MentionForm::adjective || !agrees(pronoun, mention.entity)) continue;
      if (std::find(able.begin(), able.end(), mention.entity) == able.end()) able.push_back(mention.entity);
    }
    return able.size() == 1 && human(pronoun) ? static_cast<std::int64_t>(able.front()) : kNobody;
  }

  EntityWork& work_;
  const Analysis& analysis_;
};

}  // namespace

void resolve_pronouns(EntityWork& work) { Pronouns(work).run(); }

}  // namespace parley
