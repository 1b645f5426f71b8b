// The smallest pieces of a stretch of text that number and time expressions are made of.
//
// A tokeniser decides whether "three-month-old", "Nov." or "10pm" is one token; grammars of numbers
// and times must not depend on it. An atom is a run of letters, a number with its separators, or one
// symbol: three - month - old, nov ., 10 pm, 34,568, $ 1.5 bn. Dashes are all "-", apostrophes all
// "'", quotes all "\"". Linear in the text; no heap object per atom.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/span.h"

namespace parley {

enum class AtomKind : std::uint8_t { word, number, symbol };

class Atoms {
 public:
  /// The atoms of `text[bytes)`; places are bytes of `text`, which must be valid UTF-8.
  void split(std::string_view text, ByteRange bytes);

  std::size_t size() const { return atoms_.size(); }
  bool empty() const { return atoms_.empty(); }
  AtomKind kind(std::size_t i) const { return atoms_[i].kind; }
  ByteRange bytes(std::size_t i) const { return atoms_[i].bytes; }
  /// ASCII letters in lower case, symbols normalised. Out of range: "".
  std::string_view key(std::size_t i) const {
    if (i >= atoms_.size()) return {};
    return std::string_view(keys_).substr(atoms_[i].key, atoms_[i].key_size);
  }
  /// White space (or the text's begin) stands before the atom.
  bool spaced(std::size_t i) const { return i >= atoms_.size() || atoms_[i].spaced; }
  bool capital(std::size_t i) const { return i < atoms_.size() && atoms_[i].capital; }
  bool is(std::size_t i, std::string_view key_wanted) const { return key(i) == key_wanted; }
  bool is_word(std::size_t i) const { return i < size() && kind(i) == AtomKind::word; }
  bool is_number(std::size_t i) const { return i < size() && kind(i) == AtomKind::number; }
  /// The keys of [first, last) joined by single spaces: how phrases are looked up.
  void phrase(std::size_t first, std::size_t last, std::string& out) const;

 private:
  struct Atom {
    ByteRange bytes;
    std::uint32_t key = 0;
    std::uint32_t key_size = 0;
    AtomKind kind = AtomKind::word;
    bool spaced = false;
    bool capital = false;
  };
  std::vector<Atom> atoms_;
  std::string keys_;
};

/// A phrase as `Atoms::phrase` spells it: "p.m." is "p . m .".
std::string atom_phrase(std::string_view phrase);

}  // namespace parley
