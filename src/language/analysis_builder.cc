#include "language/analysis_builder.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace parley {

AnalysisBuilder::AnalysisBuilder() {
  analysis_.strings_ = std::make_shared<std::deque<std::string>>();
}

AnalysisBuilder::AnalysisBuilder(Analysis analysis) : analysis_(std::move(analysis)) {
  // Copies of an analysis share their strings: what is added here goes to a list of its own, which
  // holds on to the older one.
  auto older = std::exchange(analysis_.strings_, std::make_shared<std::deque<std::string>>());
  if (older) keep_alive(std::move(older));
  sentence_begin_ = analysis_.sentences_.empty() ? 0 : analysis_.sentences_.back().words.last;
  spaces_.assign(analysis_.space_after_.begin(), analysis_.space_after_.end());
}

Word AnalysisBuilder::add_word(std::string_view form, ByteRange bytes) {
  const Word word = analysis_.size();
  analysis_.forms_.push_back(form);
  analysis_.lemmas_.push_back("_");
  analysis_.upos_.push_back(Upos::X);
  analysis_.xpos_.push_back("_");
  analysis_.feats_.push_back("_");
  analysis_.heads_.push_back(kNoWord);
  analysis_.relations_.push_back("root");
  analysis_.bytes_.push_back(bytes);
  analysis_.factuality_.push_back(std::numeric_limits<float>::quiet_NaN());
  spaces_.push_back(-1);
  return word;
}

void AnalysisBuilder::end_sentence(bool starts_paragraph, std::string id) {
  const WordRange words{sentence_begin_, analysis_.size()};
  if (words.empty()) return;
  Sentence sentence;
  sentence.words = words;
  sentence.starts_paragraph = starts_paragraph;
  sentence.id = std::move(id);
  analysis_.sentences_.push_back(std::move(sentence));
  sentence_begin_ = words.last;
}

void AnalysisBuilder::add_multiword_token(WordRange words, ByteRange bytes) {
  analysis_.multiword_tokens_.push_back({words, bytes});
}

void AnalysisBuilder::set_space_after(Word word, bool space) { spaces_[word] = space ? 1 : 0; }

void AnalysisBuilder::set_tags(Word word, Upos upos, std::string_view xpos, std::string_view feats) {
  analysis_.upos_[word] = upos;
  analysis_.xpos_[word] = xpos;
  analysis_.feats_[word] = feats;
}

void AnalysisBuilder::set_lemma(Word word, std::string_view lemma) { analysis_.lemmas_[word] = lemma; }

void AnalysisBuilder::set_tree(Word word, Word head, std::string_view relation) {
  analysis_.heads_[word] = head;
  analysis_.relations_[word] = relation;
}

void AnalysisBuilder::set_factuality(Word word, float value) { analysis_.factuality_[word] = value; }

void AnalysisBuilder::set_vector(Word word, std::span<const float> vector) {
  analysis_.vector_rows_.resize(analysis_.size(), kNoWord);
  analysis_.vector_width_ = vector.size();
  analysis_.vector_rows_[word] = static_cast<std::uint32_t>(analysis_.vectors_.size() / vector.size());
  for (const float value : vector) {  // to the nearest bfloat16
    const auto bits = std::bit_cast<std::uint32_t>(value);
    analysis_.vectors_.push_back(static_cast<std::uint16_t>((bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U));
  }
}

void AnalysisBuilder::add_predicate(Predicate predicate) {
  analysis_.predicates_.push_back(std::move(predicate));
}

void AnalysisBuilder::add_name(Name name) { analysis_.names_.push_back(name); }

void AnalysisBuilder::clear_annotations() {
  analysis_.predicates_.clear();
  analysis_.names_.clear();
  analysis_.mentions_.clear();
  analysis_.chains_ = 0;
  analysis_.vector_rows_.clear();
  analysis_.vectors_.clear();
  analysis_.vector_width_ = 0;
  std::fill(analysis_.factuality_.begin(), analysis_.factuality_.end(),
            std::numeric_limits<float>::quiet_NaN());
}

void AnalysisBuilder::set_mentions(std::vector<Mention> mentions, std::uint32_t chains) {
  analysis_.mentions_ = std::move(mentions);
  analysis_.chains_ = chains;
}

void AnalysisBuilder::give_mentions(Analysis& analysis, std::vector<Mention> mentions,
                                    std::uint32_t chains) {
  analysis.mentions_ = std::move(mentions);
  analysis.chains_ = chains;
  order_mentions(analysis);
}

std::string_view AnalysisBuilder::keep(std::string text) {
  return analysis_.strings_->emplace_back(std::move(text));
}

void AnalysisBuilder::keep_alive(std::shared_ptr<const void> owner) {
  if (!analysis_.labels_) {
    analysis_.labels_ = std::move(owner);
    return;
  }
  using Pair = std::pair<std::shared_ptr<const void>, std::shared_ptr<const void>>;
  analysis_.labels_ = std::make_shared<const Pair>(std::move(analysis_.labels_), std::move(owner));
}

Analysis AnalysisBuilder::build() && {
  make_sentences_whole();
  make_trees_sound();
  index_trees();
  order_lists();
  find_spaces();
  return std::move(analysis_);
}

void AnalysisBuilder::make_sentences_whole() {
  end_sentence();
  analysis_.sentence_of_.assign(analysis_.size(), 0);
  std::uint32_t number = 0;
  for (Sentence& sentence : analysis_.sentences_) {
    sentence.bytes = {analysis_.bytes_[sentence.words.first].begin,
                      analysis_.bytes_[sentence.words.last - 1].end};
    for (Word w = sentence.words.first; w < sentence.words.last; ++w) {
      analysis_.sentence_of_[w] = number;
    }
    ++number;
  }
}

void AnalysisBuilder::make_trees_sound() {
  auto& heads = analysis_.heads_;
  for (Word w = 0; w < analysis_.size(); ++w) {
    if (heads[w] == kNoWord) continue;
    const WordRange words = analysis_.sentences_[analysis_.sentence_of_[w]].words;
    if (!words.contains(heads[w]) || heads[w] == w) heads[w] = kNoWord;
  }
  // Every word's way up is walked once: `seen` holds the walk that met it first.
  std::vector<Word> seen(analysis_.size(), kNoWord);
  for (Word start = 0; start < analysis_.size(); ++start) {
    Word w = start;
    while (seen[w] == kNoWord) {
      seen[w] = start;
      if (heads[w] == kNoWord) break;
      if (seen[heads[w]] == start) {  // round in a circle
        heads[w] = kNoWord;
        break;
      }
      w = heads[w];
    }
  }
}

void AnalysisBuilder::index_trees() {
  const Word size = analysis_.size();
  const auto& heads = analysis_.heads_;
  auto& first = analysis_.first_child_;
  first.assign(size + std::size_t{1}, 0);
  for (Word w = 0; w < size; ++w) {
    if (heads[w] != kNoWord) ++first[heads[w] + std::size_t{1}];
  }
  for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
  analysis_.children_.assign(first.back(), 0);
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (Word w = 0; w < size; ++w) {
    if (heads[w] != kNoWord) analysis_.children_[next[heads[w]]++] = w;
  }

  // Subtrees, from the leaves up.
  auto& subtrees = analysis_.subtrees_;
  subtrees.resize(size);
  std::vector<std::uint32_t> waiting(size);
  std::vector<Word> ready;
  for (Word w = 0; w < size; ++w) {
    subtrees[w] = {w, w + 1};
    waiting[w] = first[w + std::size_t{1}] - first[w];
    if (waiting[w] == 0) ready.push_back(w);
  }
  while (!ready.empty()) {
    const Word w = ready.back();
    ready.pop_back();
    const Word head = heads[w];
    if (head == kNoWord) continue;
    subtrees[head].first = std::min(subtrees[head].first, subtrees[w].first);
    subtrees[head].last = std::max(subtrees[head].last, subtrees[w].last);
    if (--waiting[head] == 0) ready.push_back(head);
  }
}

namespace {

bool longer_first(WordRange a, WordRange b) {
  return a.first != b.first ? a.first < b.first : a.last > b.last;
}

}  // namespace

void AnalysisBuilder::order_mentions(Analysis& analysis) {
  std::erase_if(analysis.mentions_, [&](const Mention& m) {
    return m.words.empty() || m.words.last > analysis.size();
  });
  std::stable_sort(analysis.mentions_.begin(), analysis.mentions_.end(),
                   [](const Mention& a, const Mention& b) { return longer_first(a.words, b.words); });
}

void AnalysisBuilder::order_lists() {
  const Word size = analysis_.size();
  const auto outside = [size](WordRange range) { return range.empty() || range.last > size; };

  auto& predicates = analysis_.predicates_;
  std::erase_if(predicates, [size](const Predicate& p) { return p.word >= size; });
  std::stable_sort(predicates.begin(), predicates.end(),
                   [](const Predicate& a, const Predicate& b) { return a.word < b.word; });
  for (Predicate& predicate : predicates) {
    std::erase_if(predicate.roles, [&](const Role& role) { return outside(role.words); });
    std::stable_sort(predicate.roles.begin(), predicate.roles.end(),
                     [&](const Role& a, const Role& b) { return longer_first(a.words, b.words); });
  }

  std::erase_if(analysis_.names_, [&](const Name& name) { return outside(name.words); });
  std::stable_sort(analysis_.names_.begin(), analysis_.names_.end(),
                   [&](const Name& a, const Name& b) { return longer_first(a.words, b.words); });
  order_mentions(analysis_);
  std::stable_sort(
      analysis_.multiword_tokens_.begin(), analysis_.multiword_tokens_.end(),
      [](const MultiwordToken& a, const MultiwordToken& b) { return a.words.first < b.words.first; });
}

void AnalysisBuilder::find_spaces() {
  auto& spaces = analysis_.space_after_;
  spaces.assign(analysis_.size(), 1);
  for (Word w = 0; w < analysis_.size(); ++w) {
    if (spaces_[w] >= 0) {
      spaces[w] = static_cast<std::uint8_t>(spaces_[w]);
    } else if (w + 1 < analysis_.size()) {
      spaces[w] = analysis_.bytes_[w + 1].begin > analysis_.bytes_[w].end ? 1 : 0;
    }
  }
}

}  // namespace parley
