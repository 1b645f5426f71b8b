// What the model file knows of words: lemmas that the rules would miss, and the senses of lemmas.
// Both are sorted lines in the mapped file, searched in place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/analysis.h"
#include "parley/result.h"

namespace parley {

class ModelFile;

/// Lines `key TAB second TAB value`, sorted by bytes. A view.
class SortedLines {
 public:
  SortedLines() = default;
  explicit SortedLines(std::string_view text) : text_(text) {}
  /// The value of the line that begins with `key TAB second TAB`, or nothing.
  std::string_view find(std::string_view key, std::string_view second) const;
  /// The values of all lines that begin with `key TAB`.
  std::vector<std::string_view> find_all(std::string_view key) const;

 private:
  /// Where the first line that is not before `prefix` begins.
  std::size_t lower_bound(std::string_view prefix) const;
  std::string_view text_;
};

/// An edit script from a form to its lemma: "l;0;;3;y" makes studies study, "*good" makes better good.
class LemmaRule {
 public:
  /// A script that is none leaves the form as it is, lower-cased.
  static LemmaRule parse(std::string_view script);
  std::string apply(std::string_view form) const;

 private:
  bool whole_ = false;  // the lemma itself stands in `prefix_`
  bool lower_ = true;
  std::uint32_t prefix_cut_ = 0, suffix_cut_ = 0;
  std::string prefix_, suffix_;
};

/// Which of a lemma's senses there are, as indices into the label list.
class SenseLexicon {
 public:
  SenseLexicon() = default;
  SenseLexicon(std::string_view lines, std::size_t senses) : lines_(lines), senses_(senses) {}
  /// Of the lemma with this part of speech; else of the lemma with any; else none.
  std::vector<std::uint32_t> candidates(std::string_view lemma, Upos upos) const;

 private:
  void append(std::string_view list, std::vector<std::uint32_t>& out) const;
  SortedLines lines_;
  std::size_t senses_ = 0;
};

}  // namespace parley
