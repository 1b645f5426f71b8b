// Who stands where around a predicate: from PropBank roles first, from the tree where there are none.
//
//   "Rebels who seized the port threatened to shell it."
//
// `shell` has no subject of its own; its doer is threaten's subject, Rebels. `seized` has "who", which
// stands for Rebels. "an attack by X on Y", "X's attack", "the Israeli attack", "X launched an attack":
// all have doer X. Each question looks at a bounded neighbourhood: O(children) and a short way up.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "knowledge/codebook.h"
#include "parley/analysis.h"
#include "record/context.h"

namespace parley {

/// A phrase that an event names as a party.
struct Party {
  Word head = kNoWord;
  std::int32_t entity = Context::kNone;
  WordRange words;        ///< the phrase it stands in, without conjuncts, appositions, clauses
};

/// Appends a word that is one and not there yet.
inline void add_once(std::vector<Word>& words, Word word) {
  if (word != kNoWord && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

class EventArguments {
 public:
  explicit EventArguments(const Context& context) : context_(context), analysis_(context.analysis) { find_main_sides(); }

  // --- the tree's view -----------------------------------------------------------------------------
  bool is_passive(Word predicate) const;
  /// Verbs and clauses: the subject, shared ones included; a relative pronoun's antecedent.
  std::vector<Word> subjects(Word predicate) const;
  std::vector<Word> objects(Word predicate) const;
  std::vector<Word> indirect_objects(Word predicate) const;
  std::vector<Word> with_preposition(Word predicate, std::string_view preposition) const;
  std::vector<Word> possessors(Word noun) const;
  std::vector<Word> modifiers(Word noun) const;
  std::vector<Word> clauses(Word predicate) const;
  /// Complement heads, clauses first.
  std::vector<Word> contents(Word predicate) const;
  std::vector<Word> role(Word predicate, std::string_view label) const;
  /// The heads of the role's spans as the model gave them; empty where it gave none.
  std::vector<Word> labelled(Word predicate, std::string_view label) const;

  /// Words that a path leads to, conjuncts not yet spread out.
  std::vector<Word> follow(Word predicate, const ArgumentPath& path) const;
  /// A phrase's head and those coordinated with it.
  std::vector<Word> conjuncts(Word head) const;
  /// "a round of talks": talks.
  Word through_transparent(Word head) const;
  /// The words below the heads, nearest first, each phrase's head before its dependents.
  std::vector<Word> below(const std::vector<Word>& heads) const;

  /// The verb that has this noun as its object and only carries it ("launched"), or kNoWord.
  Word light_verb(Word noun) const;
  /// The predicate's lemma in small letters, with its particle if it has one ("carry out").
  std::string lemma_with_particle(Word predicate) const;
  std::string lemma(Word word) const;
  std::string lowered(Word word) const;
  /// 'v', 'n', 'j', or 0 for words that are no predicate.
  char part_of_speech(Word word) const;
  /// The preposition or conjunction of a phrase, in small letters: "on", "because of"; "" if none.
  std::string preposition(Word head) const;

  // --- parties (event_parties.cc) --------------------------------------------------------------------
  /// The entity that a thing is or belongs to, else kNone.
  std::int32_t entity_of_thing(Word head) const;
  /// Whether a noun's modifier says where the thing is: "the Doha agreement".
  bool names_where(Word modifier) const;
  /// Whether a verb stands with "to".
  bool is_infinitive(Word verb) const;
  /// Whether a phrase can act: a person, group, organisation, state, people.
  bool is_party(Word head) const;
  /// The parties that these phrases are or, failing that, name one step further in.
  std::vector<Party> parties(const std::vector<Word>& heads) const;
  /// Phrases that stand where only somebody can stand: names and plurals that no list has as a thing.
  std::vector<Party> likely_parties(const std::vector<Word>& heads) const;
  /// Its core words.
  WordRange core(Word head) const;

 private:
  std::vector<Word> own_subjects(Word predicate) const;
  std::vector<Word> subjects(Word predicate, int depth) const;
  bool roles_are_shifted(Word verb) const;
  Word main_word(WordRange words, Word predicate) const;
  std::vector<Word> noun_doers(Word noun, int depth) const;
  std::vector<Word> step(Word from, const ArgumentStep& step) const;
  Word antecedent(Word word) const;
  bool is_noun(Word word) const;
  bool looks_like_people(Word head) const;
  bool could_act(Word head) const;
  /// `phrase`: the words that name the party, when they are another's: its proposal, dozens of it.
  void add_party(Word head, std::vector<Party>& out, Word phrase = kNoWord) const;
  Word name_after(Word title) const;
  Word suffering_verb(Word noun) const;
  std::vector<Word> headline_subjects(Word verb, const std::vector<Word>& doers) const;
  Word named_before(Word head, std::int32_t entity) const;
  // --- sides (event_sides.cc)
  /// Those whom a few words name together; opposed: who fight, meet, agree with each other.
  struct Sides {
    std::vector<Word> heads;
    bool opposed = false;
    int times = 0;
  };
  void find_main_sides();
  bool means_those_named(Word noun) const;
  bool is_side(Word word) const;
  bool can_be(Word noun, const Sides& sides, bool near) const;
  std::vector<Sides> sides_named_in(WordRange words) const;
  std::vector<Word> those_meant(Word noun) const;
  bool says_all(Word noun) const;
  std::vector<Word> those_before(Word word) const;
  std::vector<Word> leaders_of(Word modifier) const;
  Word shared_with(Word verb) const;

  const Context& context_;
  const Analysis& analysis_;
  std::vector<Sides> main_sides_;  ///< most often named so first
};

}  // namespace parley
