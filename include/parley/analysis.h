// What the language layer finds in a document: sentences, words, trees, predicates with their roles,
// names and coreference. Universal Dependencies v2, PropBank 3.
//
// Structure of arrays: word `w` of the document is row `w` of every column, a sentence is a range of
// rows. Nothing here owns text; forms are views into the document (or into the label tables), so the
// document must outlive its analysis. Immutable once made; threads may share it.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/span.h"

namespace parley {

/// The index of a word in its document.
using Word = std::uint32_t;
inline constexpr Word kNoWord = std::numeric_limits<Word>::max();

/// Universal part-of-speech tags.
enum class Upos : std::uint8_t {
  ADJ, ADP, ADV, AUX, CCONJ, DET, INTJ, NOUN, NUM, PART, PRON, PROPN, PUNCT, SCONJ, SYM, VERB, X,
};
std::string_view name(Upos upos);
/// `X` for a name that is no tag.
Upos upos_from_name(std::string_view name);

/// Types of names (CoNLL-U `NER=`).
enum class NameType : std::uint8_t { none, PER, ORG, GPE, LOC, FAC, NORP, EVT, WEA };
/// "O" for none.
std::string_view name(NameType type);
/// `none` for a name that is no type.
NameType name_type_from_name(std::string_view name);

/// A run of words `[first, last)`.
struct WordRange {
  Word first = 0;
  Word last = 0;
  constexpr Word size() const { return last > first ? last - first : 0; }
  constexpr bool empty() const { return last <= first; }
  constexpr bool contains(Word w) const { return first <= w && w < last; }
  constexpr bool contains(WordRange r) const { return first <= r.first && r.last <= last; }
  friend constexpr bool operator==(WordRange, WordRange) = default;
};

/// A surface token of several words ("don't": "do", "n't").
struct MultiwordToken {
  WordRange words;
  ByteRange bytes;
};

struct Sentence {
  WordRange words;
  ByteRange bytes;           ///< without the white space around it
  bool starts_paragraph = false;
  std::string id;            ///< CoNLL-U's sent_id where the input gave one, else empty
};

/// A semantic role of a predicate.
struct Role {
  WordRange words;
  std::string_view label;    ///< "ARG0", "ARGM-TMP", "R-ARG1", "C-ARG1" …
};

/// A predicate: a verb, noun, adjective or light-verb construction with a PropBank sense.
struct Predicate {
  Word word = kNoWord;
  std::string_view sense;    ///< "release.01"; the lemma with ".01" when no sense of it is known
  std::vector<Role> roles;   ///< by first word
};

/// A name found by the name recogniser.
struct Name {
  WordRange words;
  NameType type = NameType::none;
};

/// A mention in a coreference chain.
struct Mention {
  enum class Form : std::uint8_t { name, nominal, pronoun };
  WordRange words;
  Word head = kNoWord;
  Form form = Form::nominal;
  NameType type = NameType::none;   ///< of names, else none
  std::uint32_t chain = 0;          ///< mentions with one number speak of one thing
};

class Analysis {
 public:
  // --- words -------------------------------------------------------------------------------------
  Word size() const { return static_cast<Word>(bytes_.size()); }
  std::string_view form(Word w) const { return forms_[w]; }
  std::string_view lemma(Word w) const { return lemmas_[w]; }
  Upos upos(Word w) const { return upos_[w]; }
  std::string_view xpos(Word w) const { return xpos_[w]; }
  /// CoNLL-U features, "Number=Plur|Tense=Past", or "_".
  std::string_view feats(Word w) const { return feats_[w]; }
  /// Whether `feature` ("Number=Plur") is among the word's features.
  bool has_feature(Word w, std::string_view feature) const;
  /// The governor, or kNoWord for the root of a sentence.
  Word head(Word w) const { return heads_[w]; }
  /// The relation to it, with subtype: "nsubj:pass".
  std::string_view relation(Word w) const { return relations_[w]; }
  /// The relation without its subtype: "nsubj".
  std::string_view base_relation(Word w) const { return relations_[w].substr(0, relations_[w].find(':')); }
  /// Where the word stands. Words of a multiword token have their own parts of it.
  ByteRange bytes(Word w) const { return bytes_[w]; }
  bool space_after(Word w) const { return space_after_[w] != 0; }
  std::uint32_t sentence_of(Word w) const { return sentence_of_[w]; }
  /// How sure a reader would be that the event of this word happened, -3 (did not) to 3; NaN for words
  /// that are no event. UDS factuality's scale (White et al. 2016; Rudinger et al. 2018).
  float factuality(Word w) const { return factuality_[w]; }
  /// The width of the encoder's vectors; 0 when they were not kept (Language::Options::keep_vectors).
  std::size_t vector_width() const { return vector_width_; }
  /// Adds `weight` times the encoder's vector of `w` to `sum`, which is vector_width() wide. False, and
  /// nothing added, for words without one: only verbs, nouns, adjectives and pronouns keep theirs.
  bool add_vector(Word w, float weight, std::span<float> sum) const;

  // --- trees -------------------------------------------------------------------------------------
  /// The dependents of `w` in text order.
  std::span<const Word> children(Word w) const;
  /// The first child with this relation (exact, or base when `relation` has no colon), or kNoWord.
  Word child(Word w, std::string_view relation) const;
  /// The words from the leftmost to the rightmost descendant of `w` (in O(1)).
  WordRange subtree(Word w) const { return subtrees_[w]; }
  /// Whether `ancestor` governs `w`, directly or not. O(depth).
  bool dominates(Word ancestor, Word w) const;
  /// The highest word of a range: the one whose governor lies outside it; of several, the one with the
  /// widest subtree. kNoWord for an empty range.
  Word head_of(WordRange range) const;

  // --- sentences, predicates, names, mentions -----------------------------------------------------
  std::span<const Sentence> sentences() const { return sentences_; }
  std::span<const MultiwordToken> multiword_tokens() const { return multiword_tokens_; }
  /// By word.
  std::span<const Predicate> predicates() const { return predicates_; }
  /// The predicate at `w`, or nullptr. O(log n).
  const Predicate* predicate_at(Word w) const;
  /// The predicates of one sentence.
  std::span<const Predicate> predicates(const Sentence& sentence) const;
  std::span<const Name> names() const { return names_; }
  /// By first word, longer first.
  std::span<const Mention> mentions() const { return mentions_; }
  std::uint32_t chains() const { return chains_; }

  /// The bytes from the first word's begin to the last one's end.
  ByteRange bytes(WordRange words) const;

 private:
  friend class AnalysisBuilder;

  std::vector<std::string_view> forms_, lemmas_, xpos_, feats_, relations_;
  std::vector<Upos> upos_;
  std::vector<Word> heads_;
  std::vector<ByteRange> bytes_;
  std::vector<std::uint8_t> space_after_;
  std::vector<std::uint32_t> sentence_of_;
  std::vector<float> factuality_;
  std::vector<std::uint32_t> vector_rows_;  // by word: its row in vectors_, or kNoWord; empty when not kept
  std::vector<std::uint16_t> vectors_;      // bfloat16: the upper half of a float
  std::size_t vector_width_ = 0;
  std::vector<Word> children_;              // grouped by governor
  std::vector<std::uint32_t> first_child_;  // size() + 1 entries
  std::vector<WordRange> subtrees_;
  std::vector<Sentence> sentences_;
  std::vector<MultiwordToken> multiword_tokens_;
  std::vector<Predicate> predicates_;
  std::vector<Name> names_;
  std::vector<Mention> mentions_;
  std::uint32_t chains_ = 0;
  std::shared_ptr<const void> labels_;      // keeps the model's label tables alive
  std::shared_ptr<std::deque<std::string>> strings_;  // lemmas and forms that no table has
};

}  // namespace parley
