// Words that decide whether an event happened: what a word does to the event it governs ("refused to
// …", "threat of …"), modals, negations, conjunctions. Data in data/status/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/codebook.h"
#include "knowledge/toml_reader.h"
#include "parley/record.h"

namespace parley {

/// What a governing word does to the event below it.
struct Embedding {
  /// Nothing: the event is as real as the governing word is ("began to", "carried out an attack").
  std::optional<Status> status;
  /// When the governing word is negated ("did not agree to"): this instead.
  std::optional<Status> negated;
  bool clause = false;   ///< governs clauses: "refused to leave"
  bool phrase = false;   ///< governs nouns: "called off the attack", "threat of an attack"
  bool infinitive = false;  ///< of clauses only those with "to": "told them to go", not "told them that …"
  bool claim = false;    ///< "denied having …": what it governs stays an event beside it
  bool light = false;    ///< its subject is the noun's doer: "launched an attack"
};

class StatusWords {
 public:
  static StatusWords load(DataFiles& files, Diagnostics& diagnostics);

  /// By PropBank sense or by lemma and part of speech ('v', 'n', 'j'); the sense counts first.
  const Embedding* embedding(std::string_view sense, std::string_view lemma, char part_of_speech) const;
  /// "will": planned, "could": conditional …
  std::optional<Status> modal(std::string_view lemma) const;
  /// Conjunctions: "if": conditional, "without": denied.
  std::optional<Status> conjunction(std::string_view lemma) const;
  /// Adjectives, compounds, adverbs of the event itself: "planned", "alleged", "former", "ongoing".
  std::optional<Status> modifier(std::string_view lemma) const;
  bool negation(std::string_view lemma) const { return negations_.contains(lemma); }

 private:
  WordMap<Embedding> embeddings_;
  WordMap<Status> modals_;
  WordMap<Status> conjunctions_;
  WordMap<Status> modifiers_;
  WordSet negations_;
};

}  // namespace parley
