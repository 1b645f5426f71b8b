#include "parley/analysis.h"

#include <algorithm>
#include <array>
#include <bit>

namespace parley {
namespace {

constexpr std::array<std::string_view, 17> kUposNames = {
    "ADJ",  "ADP",  "ADV",  "AUX",   "CCONJ", "DET",   "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
};
constexpr std::array<std::string_view, 9> kNameTypeNames = {
    "O", "PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVT", "WEA",
};

}  // namespace

std::string_view name(Upos upos) { return kUposNames[static_cast<std::size_t>(upos)]; }

Upos upos_from_name(std::string_view name) {
  const auto found = std::find(kUposNames.begin(), kUposNames.end(), name);
  return found == kUposNames.end() ? Upos::X : static_cast<Upos>(found - kUposNames.begin());
}

std::string_view name(NameType type) { return kNameTypeNames[static_cast<std::size_t>(type)]; }

NameType name_type_from_name(std::string_view name) {
  const auto found = std::find(kNameTypeNames.begin(), kNameTypeNames.end(), name);
  return found == kNameTypeNames.end() ? NameType::none
                                       : static_cast<NameType>(found - kNameTypeNames.begin());
}

bool Analysis::has_feature(Word w, std::string_view feature) const {
  const std::string_view all = feats_[w];
  for (std::size_t at = all.find(feature); at != std::string_view::npos; at = all.find(feature, at + 1)) {
    const std::size_t end = at + feature.size();
    if ((at == 0 || all[at - 1] == '|') && (end == all.size() || all[end] == '|')) return true;
  }
  return false;
}

std::span<const Word> Analysis::children(Word w) const {
  return std::span(children_).subspan(first_child_[w], first_child_[w + std::size_t{1}] - first_child_[w]);
}

Word Analysis::child(Word w, std::string_view relation) const {
  const bool exact = relation.find(':') != std::string_view::npos;
  for (Word c : children(w)) {
    if ((exact ? relations_[c] : base_relation(c)) == relation) return c;
  }
  return kNoWord;
}

bool Analysis::dominates(Word ancestor, Word w) const {
  for (Word up = heads_[w]; up != kNoWord; up = heads_[up]) {
    if (up == ancestor) return true;
  }
  return false;
}

Word Analysis::head_of(WordRange range) const {
  // The word that most of the range hangs under: of several whose governors lie outside (a range that
  // is no subtree), the one with the widest subtree, the first of equals.
  Word best = kNoWord;
  for (Word w = range.first; w < range.last; ++w) {
    if (heads_[w] != kNoWord && range.contains(heads_[w])) continue;
    if (best == kNoWord || subtrees_[w].size() > subtrees_[best].size()) best = w;
  }
  return best;
}

const Predicate* Analysis::predicate_at(Word w) const {
  const auto found = std::lower_bound(predicates_.begin(), predicates_.end(), w,
                                      [](const Predicate& p, Word word) { return p.word < word; });
  return found != predicates_.end() && found->word == w ? &*found : nullptr;
}

std::span<const Predicate> Analysis::predicates(const Sentence& sentence) const {
  const auto before = [](const Predicate& p, Word word) { return p.word < word; };
  const auto first =
      std::lower_bound(predicates_.begin(), predicates_.end(), sentence.words.first, before);
  const auto last = std::lower_bound(first, predicates_.end(), sentence.words.last, before);
  return {first, last};
}

bool Analysis::add_vector(Word w, float weight, std::span<float> sum) const {
  if (w >= vector_rows_.size() || vector_rows_[w] == kNoWord || sum.size() != vector_width_) return false;
  const std::uint16_t* from = vectors_.data() + std::size_t{vector_rows_[w]} * vector_width_;
  for (std::size_t i = 0; i < vector_width_; ++i) {
    sum[i] += weight * std::bit_cast<float>(static_cast<std::uint32_t>(from[i]) << 16U);
  }
  return true;
}

ByteRange Analysis::bytes(WordRange words) const {
  if (words.empty()) return {};
  return {bytes_[words.first].begin, bytes_[words.last - 1].end};
}

}  // namespace parley
