// What the steps of entities.cc hand to each other: names found in the words, entities on their
// way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "knowledge/actors.h"
#include "record/context.h"

namespace parley {

/// A name or a nationality adjective in the text.
struct FoundName {
  WordRange words;
  EntityKind kind = EntityKind::other;
  MentionForm form = MentionForm::name;
  std::optional<std::uint32_t> actor;  ///< its entry in the tables
  std::string folded;
  bool title_case = false;  ///< stands in a headline whose capitals prove nothing
};

struct DraftMention {
  WordRange words;
  Word head = kNoWord;
  MentionForm form = MentionForm::name;
  std::uint32_t entity = 0;
};

struct EntityDraft {
  EntityKind kind = EntityKind::other;
  std::optional<std::uint32_t> actor;
  WordRange name;     ///< the words its name is taken from
  std::string label;  ///< a name that does not stand in one place: "Kenyan officials"
  bool named = false;
  ActorCode code;
  bool coded = false;
};

/// A report's words as the tables know them, and what has been found so far.
struct EntityWork {
  const Context& context;
  const Analysis& analysis;
  const Actors& actors;
  std::optional<std::string> date;              ///< the report's
  std::vector<std::string> folded;              ///< by word: fold_name(form)
  std::vector<std::uint8_t> title_case;         ///< by sentence
  std::unordered_set<std::string> lower_words;  ///< folded words seen in lower case in running text
  std::unordered_set<std::string> words;        ///< all folded words
  std::vector<FoundName> names;                 ///< in text order, not overlapping
  std::vector<EntityDraft> entities;
  std::vector<DraftMention> mentions;
  std::vector<std::int32_t> mention_of_word;  ///< by word: the mention that covers it, or -1
  std::vector<std::int32_t> mention_at_head;  ///< by word: the mention headed there, or -1
  /// A phrase that stands for several ("Kenyan and Somali officials"): its head, and each modifier
  /// with the entity it makes.
  struct Several {
    Word head = kNoWord;
    std::vector<std::pair<Word, std::uint32_t>> each;
  };
  std::vector<Several> several;

  explicit EntityWork(const Context& context);

  std::uint32_t add_entity(EntityDraft draft);
  /// Records a mention unless its words are taken by one with the same head.
  void add_mention(WordRange words, MentionForm form, std::uint32_t entity);
  std::string joined(WordRange words) const;
  bool reads(Word word) const;  ///< whether extractors may read the word's section
};

/// entity_names.cc: fills `names`.
void find_names(EntityWork& work);
/// entity_clusters.cc: names to entities, one for each person, body and place.
void cluster_names(EntityWork& work);
/// entity_nominals.cc: "rebels", "a senior Hamas official", with their codes.
void find_nominals(EntityWork& work);
/// entity_pronouns.cc: pronouns that coreference has tied to nobody.
void resolve_pronouns(EntityWork& work);
/// entity_codes.cc: country and roles of every named entity.
void code_entities(EntityWork& work);
/// entity_context.cc: countries that only the context tells.
void complete_codes(EntityWork& work);

/// entity_codes.cc. The title before a name, if there is one: its words and what it says.
struct FoundTitle {
  WordRange words;
  const ActorTitle* title = nullptr;
  bool former = false;
};
std::optional<FoundTitle> title_before(const EntityWork& work, Word name_begin);

/// Country and roles that modifiers of a noun or title give: "Kenyan …", "Hamas …", "… of Sudan".
struct Affiliation {
  std::string country;
  std::vector<std::string> roles;       ///< of the body it belongs to; empty for a mere country
  std::optional<std::uint32_t> entity;  ///< the draft that gave it
  bool body = false;
  bool nested = false;  ///< through another common noun: "movement of Kenyan workers"
};
std::optional<Affiliation> affiliation_of_mention(const EntityWork& work, std::int32_t mention);
std::optional<Affiliation> affiliation(const EntityWork& work, Word noun, int depth = 0);
/// Country and roles of `noun_roles` inside a body: "Hamas official" keeps Hamas' roles.
ActorCode composed_code(const AgentNoun& noun, const std::optional<Affiliation>& of);
/// The agent noun whose phrase has its head at `word`, and the phrase.
struct FoundAgent {
  const AgentNoun* noun = nullptr;
  WordRange words;
};
std::optional<FoundAgent> agent_at(const EntityWork& work, Word word);

}  // namespace parley
