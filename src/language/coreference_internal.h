// Inside coreference: mentions with what is known of them, and the ranking of antecedents.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "language/coreference.h"

namespace parley::coreference {

inline constexpr std::uint32_t kNone = 0xFFFFFFFFu;

enum class Number : std::uint8_t { unknown, singular, plural };
enum class Gender : std::uint8_t { unknown, male, female };
enum class Animacy : std::uint8_t { unknown, person, thing };
enum class Kind : std::uint8_t {
  // pronouns
  first_singular,
  first_plural,
  second,
  he,
  she,
  it,
  they,
  demonstrative,
  one,
  other_pronoun,
  // nominals
  definite,
  indefinite,
  demonstrative_nominal,
  possessive,
  bare,
  quantified,
  name,
};
constexpr bool is_pronoun(Kind k) {
  return k <= Kind::other_pronoun;
}
constexpr bool is_nominal(Kind k) {
  return k > Kind::other_pronoun && k < Kind::name;
}

/// The grammatical place of a mention.
enum class Place : std::uint8_t {
  subject,
  passive_subject,
  object,
  oblique,
  agent,
  possessor,
  modifier,
  compound,
  apposition,
  predicate,
  conjunct,
  root,
  other
};

struct Candidate {
  WordRange words;
  Word head = kNoWord;
  Kind kind = Kind::bare;
  NameType type = NameType::none;
  Number number = Number::unknown;
  Gender gender = Gender::unknown;
  Animacy animacy = Animacy::unknown;
  Place place = Place::other;
  bool reflexive = false;
  bool possessive_pronoun = false;
  bool coordination = false;     ///< "Egypt and Qatar" as a whole
  bool inside_compound = false;  ///< a noun before a noun: "ceasefire" in "ceasefire deal"
  bool first_in_sentence = false;
  std::uint32_t sentence = 0;
  std::uint32_t paragraph = 0;
  std::uint32_t quote = 0;       ///< 0: outside quotation marks
  std::uint32_t text = 0;        ///< hash of the words without determiner and possessive 's
  std::uint32_t head_hash = 0;   ///< of the head's lemma; of the last word of a name
  std::uint32_t first_hash = 0;  ///< of a name's first word
  std::uint32_t acronym = 0;     ///< of a name's initials, or of a name in capitals itself; 0: none
  bool is_acronym = false;
  std::uint32_t governor_hash = 0;
  Word governor = kNoWord;
  std::uint32_t content_first = 0,
                content_last = 0;  ///< hashes of content words but the head, in `contents`
  std::uint32_t title_first = 0,
                title_last = 0;  ///< hashes of what a name is called besides, in `contents`
};

struct Quote {
  WordRange words;
  Word speaker = kNoWord;  ///< the subject's head of the verb of speech
};

/// A document's mentions.
struct Scene {
  std::vector<Candidate> mentions;      // by first word, longer first
  std::vector<std::uint32_t> contents;  // arena
  std::vector<Quote> quotes;            // quote q is quotes[q - 1]
  std::vector<std::uint32_t> by_head;   // word -> the mention it is the head of, or kNone
};

Scene find_mentions(const Analysis& analysis);

/// The person's name that a pronoun before it waits for ("In his talks with ministers, Aho ..."):
/// a later mention of the same sentence, or kNone.
std::uint32_t awaited(const Analysis& analysis, const Scene& scene, std::uint32_t m);

/// For training: the mentions' gold chains (kNone: none), and a sink for the features of each
/// choice. `right` says which choices are right; the first choice is a chain of its own.
struct Trace {
  std::vector<std::uint32_t> gold;
  std::function<void(const std::vector<std::vector<std::uint32_t>>& choices,
                     const std::vector<std::uint8_t>& right)>
      sink;
};

/// The chain of each mention.
std::vector<std::uint32_t> link(const Analysis& analysis, const Scene& scene,
                                const CoreferenceWeights& weights, const Trace* trace);

inline std::uint32_t mix(std::uint32_t h, std::uint32_t v) {
  h ^= v + 0x9e3779b9u + (h << 6) + (h >> 2);
  h *= 0x85ebca6bu;
  return h ^ (h >> 15);
}
/// Of a word's letters, ASCII case and full stops aside.
std::uint32_t hash_word(std::string_view word);

}  // namespace parley::coreference

/// What is English about it: word lists in coreference_english.cc. All take lower-cased words.
namespace parley::coreference::english {

struct Pronoun {
  std::string_view form;
  Kind kind;
  Number number;
  Gender gender;
  Animacy animacy;
  bool reflexive = false;
  bool possessive = false;
};
/// The pronoun of this form, or nullptr.
const Pronoun* pronoun(std::string_view form);
bool is_person_noun(std::string_view lemma);
Gender gender_of_noun(std::string_view lemma);  ///< "woman", "king", "mr"
Gender gender_of_name(std::string_view name);   ///< a first name
bool is_group_noun(std::string_view lemma);     ///< "government", "army": it or they
bool is_speech_verb(std::string_view lemma);
bool is_quantifier(std::string_view lemma);  ///< "no", "every", "some"
bool is_time_noun(std::string_view lemma);   ///< "day", "week": no thing that is spoken of again

}  // namespace parley::coreference::english
