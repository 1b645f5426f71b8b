// Words that report what somebody says, thinks or wants: data/statements/*.toml.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/toml_reader.h"
#include "parley/record.h"
#include "text/word_map.h"

namespace parley {

/// Where a cue's content may stand (data/statements/verbs.toml has examples).
enum class ContentKind : std::uint8_t { clause, quote, infinitive, gerund, object, finding, adjunct, preposition };

/// One way a cue takes its content.
struct CueFrame {
  ContentKind content = ContentKind::clause;
  std::string preposition;      ///< of ContentKind::preposition
  Act act = Act::neutral;
  bool hearer = false;          ///< the object is the one told
};

/// All the ways of one lemma.
struct CueWord {
  std::vector<CueFrame> frames;
  bool manner = false;          ///< reports only beside a quotation

  const CueFrame* frame(ContentKind content) const;
  const CueFrame* preposition(std::string_view word) const;
};

class StatementWords {
 public:
  static StatementWords load(DataFiles& files, Diagnostics& diagnostics);

  /// By lemma; a verb with its particle is "point_out". nullptr when it reports nothing.
  const CueWord* verb(std::string_view lemma) const { return find(verbs_, lemma); }
  const CueWord* noun(std::string_view lemma) const { return find(nouns_, lemma); }
  const CueWord* adjective(std::string_view lemma) const { return find(adjectives_, lemma); }
  /// "make" in "made a promise".
  bool light_verb(std::string_view lemma) const { return light_verbs_.contains(lemma); }
  /// "expect" in "is expected to".
  bool held(std::string_view lemma) const { return held_.contains(lemma); }
  /// "reportedly".
  bool hearsay_adverb(std::string_view lemma) const { return hearsay_.contains(lemma); }
  /// "could", "would": nothing was said yet.
  bool open_auxiliary(std::string_view lemma) const { return open_auxiliaries_.contains(lemma); }
  /// "poll", "statement": speaks by itself after "in".
  bool speaking_document(std::string_view lemma) const { return documents_.contains(lemma); }
  /// Source phrases, word by word, longest first: {"according", "to"}.
  const std::vector<std::vector<std::string>>& source_phrases() const { return source_phrases_; }
  /// The act that an auxiliary of the content brings to a neutral cue: "must" demands.
  Act act_of_auxiliary(std::string_view lemma) const;

 private:

  static const CueWord* find(const WordMap<CueWord>& map, std::string_view lemma);
  static void read_cues(TomlTable& root, std::string_view key, WordMap<CueWord>& into);

  WordMap<CueWord> verbs_, nouns_, adjectives_;
  WordSet light_verbs_, held_, hearsay_, documents_, open_auxiliaries_;
  std::vector<std::vector<std::string>> source_phrases_;
  WordMap<Act> auxiliary_acts_;
};

}  // namespace parley
