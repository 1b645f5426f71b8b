// The codebook: which predicates, with which arguments, are which PLOVER event. Data, not code: see
// docs/codebook.md for the format and data/codebook/ for the rules.
//
// Rules are found by predicate through hash tables, so the cost of reading a word depends on the rules
// that are keyed on that very word, never on the number of rules.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "knowledge/toml_reader.h"
#include "parley/record.h"
#include "text/word_map.h"

namespace parley {

/// One step from a predicate or a phrase to another phrase.
struct ArgumentStep {
  enum class Kind : std::uint8_t {
    role,         ///< "ARG0": the PropBank role, else what the tree says of it
    subject,      ///< grammatical subject (of a passive too)
    object,       ///< direct object
    indirect,     ///< indirect object
    preposition,  ///< "with": what hangs on it through that preposition
    possessor,    ///< "X's …"
    modifier,     ///< "French …", "rebel …"
    clause,       ///< the complement clause's predicate
    content,      ///< the complement, clause or phrase, whichever role or preposition brings it
  };
  Kind kind = Kind::role;
  std::string text;  ///< of role and preposition
};

/// "ARG1>possessor": steps from the predicate.
struct ArgumentPath {
  std::vector<ArgumentStep> steps;
  std::string text;  ///< as written
};

/// What must, or must not, be there for a rule to fire.
struct Condition {
  enum class Where : std::uint8_t {
    path,      ///< the head words of what `path` leads to
    content,   ///< any word of the complement (clause, object, prepositional phrase)
    sentence,  ///< any word of the sentence
    particle,  ///< "out" in "carry out"
    governor,  ///< the word that governs the predicate
    itself,    ///< the predicate's own modifiers: adjectives, compounds, determiners
    actor,     ///< who has been found as actor
    recipient,
  };
  Where where = Where::path;
  ArgumentPath path;
  std::string text;                 ///< the key as written
  WordSet lemmas;
  std::vector<std::string> kinds;   ///< "country", "actor", "MIL" … from "<country>"
  bool anything = false;            ///< "*": something is there
  bool forbidden = false;           ///< from `exclude`
};

/// A sentence that a rule must, or is known not to, read right.
struct RuleExample {
  std::string text;
  std::vector<std::string> actors;
  std::vector<std::string> recipients;
  std::optional<std::string> status;
  std::optional<std::string> known_wrong;  ///< why it is read wrong today; asserted as wrong
  TomlPlace place;
};

struct Rule {
  std::string name;
  EventType type = EventType::consult;
  std::vector<std::string> modes;
  std::vector<std::string> contexts;
  std::optional<std::string> cameo;
  std::vector<std::string> predicates;  ///< as written
  std::vector<ArgumentPath> actor;      ///< the first path that leads somewhere counts
  std::vector<ArgumentPath> recipient;
  std::vector<Condition> conditions;
  bool reciprocal = false;              ///< actors and recipients are all actors
  bool by_content = false;              ///< mode and CAMEO code come from the content classes
  bool alone = false;                   ///< stands without any party: "Fighting resumed"
  bool quiet = false;                   ///< what it matches is no event: an idiom, another sense
  bool background = false;              ///< a nominal that tells of a state, not of a happening ("war")
  std::int32_t priority = 0;
  double confidence = 1.0;
  std::vector<RuleExample> examples;
  std::vector<RuleExample> not_examples;  ///< that look like it, but must make no event of its type
  std::string file;
  TomlPlace place;
};

/// What a demand, refusal, promise or threat is about: its mode and CAMEO code for each event type.
struct ContentClass {
  std::string name;
  WordSet words;
  struct Reading {
    EventType type = EventType::request;
    std::vector<std::string> modes;
    std::optional<std::string> cameo;
  };
  std::vector<Reading> readings;
  std::vector<std::string> contexts;
  const Reading* reading(EventType type) const;
};

/// One of PLOVER's sixteen types.
struct EventTypeInfo {
  int quad = 1;
  double score = 0.0;
  WordMap<double> mode_scores;
  std::string cameo;                     ///< the root code when nothing finer is known
  std::optional<EventType> planned_as;   ///< an announced CONSULT is an AGREE
  std::optional<EventType> announced_as; ///< "we will blockade the port" is a THREATEN
  std::optional<EventType> refused_as;   ///< "will not meet" is a REJECT
  bool needs_recipient = false;
  bool verbal_content = false;           ///< its complement is what it is about, not another event
  std::uint32_t companion_rule = 0;      ///< who is who of an event that no rule has a predicate for
};

class Codebook {
 public:
  /// Reads data/codebook/*.toml.
  static Codebook load(DataFiles& files, Diagnostics& diagnostics);
  /// The same from one text, for tests: `file` is what messages call it.
  static Codebook parse(std::string_view text, const std::string& file, Diagnostics& diagnostics);

  /// Puts rules behind those that are there.
  void add(std::vector<Rule> rules);

  const std::vector<Rule>& rules() const { return rules_; }
  /// Indices of the rules keyed on this sense ("abduct.01"), in the codebook's order. O(1).
  const std::vector<std::uint32_t>& by_sense(std::string_view sense) const;
  /// The same for a lemma and `v`, `n` or `j`; with a particle "carry out". O(1).
  const std::vector<std::uint32_t>& by_lemma(std::string_view lemma, char part_of_speech) const;
  bool knows_lemma(std::string_view lemma, char part_of_speech) const;

  const EventTypeInfo& type(EventType type) const {
    return types_[static_cast<std::size_t>(type)];
  }
  /// PLOVER's score: the strongest of the modes', else the type's.
  double score(EventType type, const std::vector<std::string>& modes) const;

  const std::vector<ContentClass>& contents() const { return contents_; }
  /// Indices of the content classes that this lemma belongs to, in the file's order.
  const std::vector<std::uint32_t>& contents_of(std::string_view lemma) const;
  /// Contexts that this lemma, or two lemmas with a space, points to. Empty when none.
  const std::vector<std::string>& contexts_of(std::string_view words) const;
  /// Words of `[lists]`; empty when there is no such list.
  const WordSet& list(std::string_view name) const;
  const WordMap<std::vector<std::uint32_t>>& sense_keys() const { return by_sense_; }
  const WordMap<std::vector<std::uint32_t>>& lemma_keys() const { return by_lemma_; }

 private:
  friend class CodebookReader;
  void index_rule(std::uint32_t index);

  std::vector<Rule> rules_;
  WordMap<std::vector<std::uint32_t>> by_sense_;
  WordMap<std::vector<std::uint32_t>> by_lemma_;  // "carry out/v"
  std::array<EventTypeInfo, kEventTypes> types_;
  std::vector<ContentClass> contents_;
  WordMap<std::vector<std::uint32_t>> content_words_;
  WordMap<std::vector<std::string>> contexts_;
  WordMap<WordSet> lists_;
};

/// `data` as a folder like data/: everything that can be wrong with a codebook. With the senses that the
/// model can emit, also warns of rules that only their lemma can wake.
Diagnostics check_codebook(const std::filesystem::path& data, const std::filesystem::path& overrides,
                           const std::vector<std::string>* model_senses);

}  // namespace parley
