// Words to pieces: BERT's uncased WordPiece (Devlin et al. 2019), one word at a time.
//
//   "Al-Hasakah"  ->  al - has ##aka ##h
//   "Málaga"      ->  malaga                      accents go (NFD, marks dropped), then lower case
//   "\u00AD"      ->  [UNK]                       nothing is left of it
//
// Within a word, punctuation and CJK ideographs stand alone; each other run is cut greedily into the
// longest pieces of the vocabulary, or is [UNK] when that fails or it has more than 100 characters.
// Linear in the word's size (a run is at most 100 characters, a piece at most as long as the longest
// of the vocabulary). Covered by tests/language/wordpiece_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "parley/result.h"

namespace parley {

class ModelFile;

using Piece = std::uint32_t;

class WordPiece {
 public:
  /// One piece a line; `vocabulary` must outlive this.
  static Result<WordPiece> make(std::string_view vocabulary, const ModelFile& file);

  /// Appends the pieces of a word (valid UTF-8), at least one, at most `most`.
  void append(std::string_view word, std::size_t most, std::vector<Piece>& out) const;

  Piece cls() const { return cls_; }
  Piece sep() const { return sep_; }
  Piece unknown() const { return unknown_; }
  std::size_t size() const { return size_; }

 private:
  void append_run(std::string_view run, std::size_t most, std::vector<Piece>& out) const;

  std::unordered_map<std::string_view, Piece> first_;   // pieces that begin a run
  std::unordered_map<std::string_view, Piece> inside_;  // those with ##, without it
  std::size_t longest_ = 0;                             // bytes
  std::size_t size_ = 0;
  Piece cls_ = 0, sep_ = 0, unknown_ = 0;
};

/// What the letters of a word look like: 0 none is upper case, 1 the first alone, 2 all (of two or
/// more), 3 mixed. Embedded with every piece of the word, since the pieces are lower-cased.
std::uint8_t case_of(std::string_view word);

}  // namespace parley
