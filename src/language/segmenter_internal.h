// Inside the segmenter: characters, atoms, tokens of one block of text (a paragraph).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "language/segmenter.h"

namespace parley::segmenter {

enum class CharClass : std::uint8_t { space, upper, lower, letter, digit, other };

/// A visible character.
struct Char {
  char32_t c = 0;
  std::uint32_t begin = 0;  ///< bytes of the document
  std::uint32_t end = 0;
  CharClass cls = CharClass::other;
};

constexpr bool is_letter(CharClass c) {
  return c == CharClass::upper || c == CharClass::lower || c == CharClass::letter;
}

/// The smallest pieces: a run of letters, a run of digits, a run of one and the same other
/// character, or a stretch that a rule holds together (an address, an emoticon).
enum class AtomKind : std::uint8_t { letters, digits, other, whole };

struct Atom {
  std::uint32_t first = 0;  ///< characters [first, last)
  std::uint32_t last = 0;
  AtomKind kind = AtomKind::other;
  bool space_before = false;
  bool starts_token = true;
  std::uint32_t hash = 0;  ///< of the lower-cased characters
  std::uint32_t shape = 0;
  std::uint32_t size() const { return last - first; }
};

struct Token {
  std::uint32_t first = 0;  ///< characters [first, last)
  std::uint32_t last = 0;
  bool space_before = false;
  bool possessive = false;  ///< ends in a plural's apostrophe
  std::uint32_t hash = 0;
  std::uint32_t shape = 0;
};

/// The features of one decision: as many as there are templates.
inline constexpr std::size_t kJoinFeatures = 18;
inline constexpr std::size_t kSentenceFeatures = 26;

/// For training: the gold answers, which are taken instead of the segmenter's own, and a sink for
/// each decision's features.
struct Trace {
  std::function<bool(std::uint32_t byte)> token_starts;
  std::function<bool(std::uint32_t byte)> sentence_starts;
  std::function<void(bool label, const std::uint32_t*features, std::size_t count)> join, sentence;
};

/// One block and all that is found out about it, reused from block to block.
struct Block {
  std::vector<Char> chars;
  std::vector<Atom> atoms;
  std::vector<Token> tokens;
  std::vector<std::uint32_t> sentence_starts;  ///< token numbers; the first is 0
};

/// Appends the visible characters of text[bytes) to `chars`. Line ends in it are spaces.
void read_chars(std::string_view text, ByteRange bytes, std::vector<Char>& chars);
/// Atoms out of the characters.
void cut_atoms(Block& block);
/// Atoms and tokens out of the characters.
void tokenise(Block& block, const SegmenterWeights& weights, const Trace* trace);
/// The characters before which a token's second, third … word starts: "do|n't". Appended to `out`.
void word_starts(const Block& block, const Token& token, std::vector<std::uint32_t>& out);
/// Sentence starts out of the tokens.
void split_sentences(Block& block, const SegmenterWeights& weights, const Trace* trace);

/// Segmenter::segment with a trace.
void segment(std::string_view text, ByteRange bytes, const SegmenterWeights& weights,
             const Trace* trace, Segmentation& out);

inline std::uint32_t mix(std::uint32_t h, std::uint32_t v) {
  h ^= v + 0x9e3779b9u + (h << 6) + (h >> 2);
  h *= 0x85ebca6bu;
  return h ^ (h >> 15);
}
float score(const SegmenterWeights::Linear& model, const std::uint32_t* features,
            std::size_t count);
char32_t lower(char32_t c);
/// Whether characters [first, last) spell `ascii`, case aside.
bool spells(const Block& block, std::uint32_t first, std::uint32_t last, std::string_view ascii);
/// Lower-cased ASCII spelling, or empty when there is another character or more than 24.
std::string_view ascii_lower(const Block& block, std::uint32_t first, std::uint32_t last,
                             std::array<char, 24>& buffer);
bool is_apostrophe(char32_t c);
bool is_open_quote(char32_t c);
bool is_close_quote(char32_t c);
bool is_dash(char32_t c);
bool is_bullet(char32_t c);

}  // namespace parley::segmenter

/// What is English about it: word lists in segmenter_english.cc. All take lower-cased ASCII.
namespace parley::segmenter::english {

/// Written with a full stop: "gen", "nov". Of which a sentence hardly ends in: titles before a name
/// ("gen").
bool is_abbreviation(std::string_view word);
bool is_title_abbreviation(std::string_view word);
/// Kept together with what follows its hyphen: "non", "co", "pro".
bool is_prefix(std::string_view word);
/// Split from the number it is written next to: "km", "kg".
bool is_unit(std::string_view word);
/// What follows an apostrophe as a word of its own: "s", "ll", "ve".
bool is_clitic(std::string_view word);
/// Shortened in front: "em", "til", "cause".
bool is_clipped(std::string_view word);
/// Where a word that is written as one falls in two or three: "cannot" after 3; 0s when it does
/// not.
std::array<std::uint8_t, 2> split_of(std::string_view word);
/// A word that sentences often start with, and that is no name: "the", "he", "however".
bool is_starter(std::string_view word);
/// "com", "org", "pdf".
bool is_address_ending(std::string_view word);

}  // namespace parley::segmenter::english
