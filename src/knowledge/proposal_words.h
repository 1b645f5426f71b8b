// Words of negotiation: what can be on the table, what is done with it, what it asks for: data/proposals/*.toml.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/toml_reader.h"
#include "parley/record.h"
#include "text/word_map.h"

namespace parley {

/// A noun that names something on the table.
struct ProposalNoun {
  bool strong = false;                      ///< names it without anything beside it
  bool somebodys = false;                   ///< an adjective of origin beside it tells whose it is
  bool alone = false;                       ///< nouns without a topic do not speak of it
  std::string topic;                        ///< "" for none
  std::vector<std::string> needs_modifier;  ///< lemmas, one of which must stand beside it; empty for none
};

/// What doing something with a proposal says of it and of who does it.
struct ProposalAct {
  enum class Role { none, proposer, mediator };
  std::optional<ProposalState> state;
  std::optional<Stance> stance;
  std::optional<Stance> negated;
  Role role = Role::none;
  bool reversed = false;                    ///< the proposal itself is the verb's subject
};

class ProposalWords {
 public:
  static ProposalWords load(DataFiles& files, Diagnostics& diagnostics);

  const ProposalNoun* noun(std::string_view lemma) const;
  /// The topic of a word beside such a noun, "" for none.
  std::string_view topic(std::string_view lemma) const;
  /// "earlier": speaks of another one than the one on the table.
  bool another(std::string_view lemma) const { return others_.contains(lemma); }
  bool left_out_of_name(std::string_view lemma) const { return left_out_.contains(lemma); }
  /// "accept", "turn_down", "agree to", "take effect".
  const ProposalAct* act(std::string_view verb) const;
  bool urging(std::string_view lemma) const { return urging_.contains(lemma); }
  /// "pledged to implement": a stance, but nothing done yet.
  bool promising(std::string_view lemma) const { return promising_.contains(lemma); }
  bool refusing(std::string_view lemma) const { return refusing_.contains(lemma); }
  /// "persuaded them to accept": they have.
  bool persuading(std::string_view lemma) const { return persuading_.contains(lemma); }
  /// "demand", "insist on": a condition of whoever does so.
  bool demanding(std::string_view lemma) const { return demanding_.contains(lemma); }
  /// The name of a proposal that only a verb tells of: the verb's own noun, if it is one ("offer").
  std::string name_for(std::string_view verb) const {
    return noun(verb) != nullptr ? std::string(verb) : name_otherwise_;
  }

  /// "gave them a week to leave": what such a demand is called.
  const std::string& name_of_deadline() const { return name_of_deadline_; }
  bool sets_deadline(std::string_view lemma) const { return deadline_verbs_.contains(lemma); }

  bool proposes_things(std::string_view lemma) const { return proposes_things_.contains(lemma); }
  /// "called the plan unacceptable": the verb, and the word that refuses.
  bool verdict_verb(std::string_view lemma) const { return verdict_verbs_.contains(lemma); }
  bool verdict_against(std::string_view lemma) const { return verdict_against_.contains(lemma); }
  /// "welcomed the step": stands for the proposal just spoken of.
  bool refers(std::string_view lemma) const { return references_.contains(lemma); }
  /// "commits them to an end of the fighting"
  bool contents_to(std::string_view lemma) const { return contents_to_.contains(lemma); }

  /// Between a proposal and its terms: "include".
  bool contents_verb(std::string_view lemma) const { return contents_.contains(lemma); }
  /// Of those: the verb is a part of the term ("allows the fighters to return").
  bool whole_verb(std::string_view lemma) const { return whole_.contains(lemma); }
  /// What a proposal does that is none of its terms: "the plan faces criticism".
  bool no_contents_verb(std::string_view lemma) const { return no_contents_.contains(lemma); }
  /// The same by what the verb takes: "raises doubts", "ends a quarrel".
  bool no_contents_object(std::string_view lemma) const { return no_contents_objects_.contains(lemma); }
  /// Of `no_contents_verb`: a term all the same when it is to come and has another object ("would raise their pay").
  bool deed_to_come(std::string_view lemma) const { return deeds_to_come_.contains(lemma); }
  /// "talks are to begin": the subject is the term.
  bool happens(std::string_view lemma) const { return happening_.contains(lemma); }
  /// "camp", "faction": a group that stands for who it is of.
  bool group_noun(std::string_view lemma) const { return groups_.contains(lemma); }
  /// "make", "reach": with a proposal for an object they offer it.
  bool brings_about(std::string_view verb) const { return brought_about_.contains(verb); }
  const std::string& offering() const { return offering_; }
  /// "points", "terms": what a proposal has.
  bool part_of_proposal(std::string_view lemma) const { return parts_.contains(lemma); }
  bool under(std::string_view preposition) const { return under_.contains(preposition); }
  bool exchange(std::string_view lemma) const { return exchange_.contains(lemma); }
  bool permission(std::string_view lemma) const { return permission_.contains(lemma); }
  /// The action of a verb or noun, given the lemmas of its object; "" for none.
  std::string_view action(std::string_view lemma, const std::vector<std::string>& objects) const;
  bool phase_noun(std::string_view lemma) const { return phase_nouns_.contains(lemma); }
  bool phase_adverb(std::string_view lemma) const { return phase_adverbs_.contains(lemma); }
  bool condition_mark(std::string_view lemma) const { return condition_marks_.contains(lemma); }

  bool sticking_noun(std::string_view lemma) const { return sticking_nouns_.contains(lemma); }
  bool sticking_verb(std::string_view lemma) const { return sticking_verbs_.contains(lemma); }
  /// Tells of a sticking point when it is not done: "could not agree on".
  bool sticking_if_refused(std::string_view lemma) const { return sticking_refused_.contains(lemma); }
  /// "unresolved", "in dispute", and the verbs of staying so.
  bool sticking_open(std::string_view word) const { return sticking_open_.contains(word); }
  bool sticking_stays(std::string_view lemma) const { return sticking_stays_.contains(lemma); }
  bool sticking_adverb(std::string_view lemma) const { return sticking_adverbs_.contains(lemma); }
  bool sticking_preposition(std::string_view lemma) const { return sticking_prepositions_.contains(lemma); }
  /// "at odds", "deadlocked".
  const std::vector<std::string>& sticking_phrases() const { return sticking_phrases_; }

 private:
  struct Action {
    std::string name;
    WordSet objects;  ///< empty: whatever the object
  };

  void read_nouns(TomlTable& root);
  void read_verbs(TomlTable& root);
  void read_terms(TomlTable& root);
  void read_sticking(TomlTable& root);

  WordMap<ProposalNoun> nouns_;
  WordMap<std::string> topics_;
  WordMap<ProposalAct> acts_;
  WordMap<std::vector<Action>> actions_;
  std::string name_otherwise_, name_of_deadline_, offering_;
  WordSet left_out_, others_, promising_, urging_, refusing_, persuading_, demanding_, whole_, no_contents_, parts_, deadline_verbs_, proposes_things_, verdict_verbs_, verdict_against_, references_, contents_to_, contents_, under_, exchange_, permission_, phase_nouns_, phase_adverbs_,
      condition_marks_, sticking_nouns_, sticking_verbs_, sticking_refused_, sticking_adverbs_, sticking_prepositions_,
      sticking_open_, sticking_stays_, no_contents_objects_, deeds_to_come_, happening_, groups_, brought_about_;
  std::vector<std::string> sticking_phrases_;
};

}  // namespace parley
