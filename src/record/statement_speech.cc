// Idea: a quotation belongs to the cue whose content it overlaps; then to the cue that stands beside it; a quotation
// that nobody has yet, and that starts a sentence after one that is said by somebody, goes on with it.
//
// Example: “We signed,” she said. “It took years.” -- both quotations are her one statement, in two pieces.
// Counter-example: the “yellow line” in a sentence without a cue is nobody's speech and stays so.
//
// Cost: linear in words, quotations and drafts. Test: tests/record/statements_test.cc.
#include <algorithm>

#include "record/statement_draft.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

constexpr Word kFarthestQuotation = 14;  // words between a cue and the quotation it opens, in one sentence
constexpr Word kSpoken = 3;              // fewer words between marks are rather a term than speech
constexpr std::int32_t kNobody = -1;

class Attacher {
 public:
  Attacher(const Context& context, const StatementWords& words, const Quotations& quotations,
           std::vector<StatementDraft>& drafts)
      : analysis_(context.analysis), words_(words), quotations_(quotations), drafts_(drafts),
        owner_(quotations.list.size(), kNobody) {}

  void attach() {
    for (std::size_t d = 0; d < drafts_.size(); ++d) {
      if (!drafts_[d].content.empty()) widen(d);
    }
    for (std::size_t d = 0; d < drafts_.size(); ++d) {
      if (drafts_[d].content.empty()) take_neighbour(d);
    }
    go_back();
    go_on();
    dashes();
    for (StatementDraft& draft : drafts_) settle(draft);
    std::erase_if(drafts_, [](const StatementDraft& draft) { return draft.content.empty(); });
    drop_nested();
    std::stable_sort(drafts_.begin(), drafts_.end(),
                     [](const auto& a, const auto& b) { return a.cue.first < b.cue.first; });
  }

 private:
  void own(std::size_t quotation, std::size_t draft) {
    std::int32_t& owner = owner_[quotation];
    // Of two cues in one sentence ("said he wanted 'to talk'") the one that reports speech goes on.
    if (owner == kNobody || (drafts_[draft].takes_quotes && !drafts_[static_cast<std::size_t>(owner)].takes_quotes)) {
      owner = static_cast<std::int32_t>(draft);
    }
  }

  void widen(std::size_t d) {
    StatementDraft& draft = drafts_[d];
    for (WordRange& piece : draft.content) {
      for (Word w = piece.first; w < piece.last;) {
        const std::int32_t q = quotations_.of_word[w];
        if (q == Quotations::kNone) {
          ++w;
          continue;
        }
        const Quotation& quotation = quotations_.list[static_cast<std::size_t>(q)];
        w = std::max(w + 1, quotation.words.last);
        if (quotation.words.contains(draft.cue_head)) continue;
        if (!draft.takes_quotes && analysis_.sentence_of(quotation.words.first) != analysis_.sentence_of(draft.cue_head)) {
          continue;
        }
        piece.first = std::min(piece.first, free_of(draft, quotation.words).first);
        piece.last = std::max(piece.last, free_of(draft, quotation.words).last);
        own(static_cast<std::size_t>(q), d);
      }
    }
    // A clause cut short before the mark that closes it.
    for (WordRange& piece : draft.content) {
      const Word next = piece.last;
      if (next >= analysis_.size()) continue;
      const Quotation* quotation = quotations_.at(piece.last - 1);
      if (quotation != nullptr && quotation->words.last > piece.last && !quotation->words.contains(draft.cue_head)) {
        piece.last = quotation->words.last;
      }
    }
  }

  // A quotation's words on the cue's own side of the cue.
  WordRange free_of(const StatementDraft& draft, WordRange range) const {
    if (range.contains(draft.cue.first)) range.last = draft.cue.first;
    return range;
  }

  bool same_paragraph(Word a, Word b) const {
    for (std::uint32_t s = analysis_.sentence_of(a) + 1; s <= analysis_.sentence_of(b); ++s) {
      if (analysis_.sentences()[s].starts_paragraph) return false;
    }
    return true;
  }

  void take_neighbour(std::size_t d) {
    StatementDraft& draft = drafts_[d];
    const Sentence& sentence = analysis_.sentences()[analysis_.sentence_of(draft.cue_head)];
    // Before: “...,” the man with the flag shouted.
    Word begin = std::min(draft.cue.first, draft.source.empty() ? draft.cue.first : draft.source.first);
    Word before = begin;
    while (before > 0 && before > sentence.words.first && quotations_.of_word[before - 1] == Quotations::kNone &&
           begin - before < 3) {
      --before;
    }
    if (before > 0 && claim(d, before - 1) && (before > sentence.words.first || same_paragraph(before - 1, before))) {
      return;
    }
    // After: he shouted at the gate: “...”
    for (Word w = draft.cue.last; w < analysis_.size() && w < draft.cue.last + kFarthestQuotation; ++w) {
      if (w >= sentence.words.last && analysis_.form(w - 1) != ":") break;
      if (quotations_.of_word[w] != Quotations::kNone) {
        claim(d, w);
        return;
      }
      if (w != draft.cue.first && analysis_.upos(w) == Upos::VERB &&
          words_.verb(lemma_with_particle(analysis_, w)) != nullptr) {
        break;
      }
    }
  }

  bool claim(std::size_t d, Word w) {
    const std::int32_t q = quotations_.of_word[w];
    if (q == Quotations::kNone || owner_[static_cast<std::size_t>(q)] != kNobody) return false;
    const Quotation& quotation = quotations_.list[static_cast<std::size_t>(q)];
    if (quotation.words.contains(drafts_[d].cue_head)) return false;
    if (quotation.inner.size() < kSpoken && analysis_.upos(quotation.inner.last - 1) != Upos::PUNCT) return false;
    drafts_[d].content.push_back(quotation.words);
    drafts_[d].content_head = analysis_.head_of(quotation.inner);
    own(static_cast<std::size_t>(q), d);
    return true;
  }

  // “...,” he said, “...”: the first half, when the tree has given the cue the second one only.
  void go_back() {
    for (std::size_t d = 0; d < drafts_.size(); ++d) {
      StatementDraft& draft = drafts_[d];
      if (!draft.takes_quotes || draft.content.empty()) continue;
      const Word begin = draft.source.empty() ? draft.cue.first : std::min(draft.cue.first, draft.source.first);
      if (draft.content.front().first < begin || begin < 2) continue;
      const Word before = analysis_.upos(begin - 1) == Upos::PUNCT && quotations_.at(begin - 1) == nullptr ? begin - 2
                                                                                                           : begin - 1;
      if (analysis_.sentence_of(before) != analysis_.sentence_of(begin)) continue;
      claim(d, before);
    }
  }

  // “We are still here.” — Ana Ruiz, farmer
  void dashes() {
    for (std::size_t q = 0; q < quotations_.list.size(); ++q) {
      if (owner_[q] != kNobody) continue;
      const Quotation& quotation = quotations_.list[q];
      const Word dash = quotation.words.last;
      if (quotation.inner.size() < kSpoken || dash + 1 >= analysis_.size() || !is_dash(analysis_.form(dash))) continue;
      const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(dash)].words;
      if (dash + 1 >= sentence.last || analysis_.upos(dash + 1) != Upos::PROPN) continue;
      WordRange name{dash + 1, dash + 2};
      while (name.last < sentence.last && analysis_.upos(name.last) == Upos::PROPN) ++name.last;
      StatementDraft draft;
      draft.cue_head = dash;
      draft.cue = {dash, dash + 1};
      draft.source = name;
      draft.source_head = analysis_.head_of(name);
      draft.takes_quotes = true;
      draft.content.push_back(quotation.words);
      draft.content_head = analysis_.head_of(quotation.inner);
      owner_[q] = static_cast<std::int32_t>(drafts_.size());
      drafts_.push_back(std::move(draft));
    }
  }

  static bool is_dash(std::string_view form) {
    return form == "\u2014" || form == "\u2013" || form == "\u2015" || form == "--";
  }

  void go_on() {
    for (std::size_t q = 1; q < quotations_.list.size(); ++q) {
      const Quotation& quotation = quotations_.list[q];
      if (owner_[q] != kNobody) continue;
      const Quotation& last = quotations_.list[q - 1];
      const std::int32_t owner = owner_[q - 1];
      if (owner == kNobody || quotation.inner.size() < kSpoken) continue;
      StatementDraft& draft = drafts_[static_cast<std::size_t>(owner)];
      if (!draft.takes_quotes) continue;
      const Word first = quotation.words.first;
      const Sentence& sentence = analysis_.sentences()[analysis_.sentence_of(first)];
      const Word said_until = std::max({last.words.last, draft.cue.last, draft.source.last});
      const bool starts_sentence = first == sentence.words.first;
      const bool next_sentence =
          first > 0 && analysis_.sentence_of(first) <= analysis_.sentence_of(std::max<Word>(said_until, 1) - 1) + 1;
      const bool continued = last.goes_on && sentence.starts_paragraph && starts_sentence;
      // “..., ” he said, “...” when the tree lost the second half
      const bool same_sentence = analysis_.sentence_of(first) == analysis_.sentence_of(draft.cue_head) &&
                                 draft.cue.last <= first && first - draft.cue.last <= kFarthestQuotation &&
                                 !cue_between(draft.cue.last, first);
      if (continued || same_sentence ||
          (starts_sentence && next_sentence && !sentence.starts_paragraph)) {
        draft.content.push_back(quotation.words);
        owner_[q] = owner;
      }
    }
  }

  bool cue_between(Word from, Word to) const {
    for (Word w = from; w < to; ++w) {
      if (analysis_.upos(w) == Upos::VERB) return true;
    }
    return false;
  }

  // "She said he wanted to leave" is her statement; what he wants is its content. A quotation in it keeps its own
  // speaker.
  void drop_nested() {
    std::vector<std::uint32_t> inside(analysis_.size(), 0);  // drafts whose content holds the word
    for (const StatementDraft& draft : drafts_) {
      for (const WordRange piece : draft.content) {
        for (Word w = piece.first; w < piece.last; ++w) ++inside[w];
      }
    }
    std::erase_if(drafts_, [&](const StatementDraft& draft) {
      std::uint32_t own = 0;
      for (const WordRange piece : draft.content) own += piece.contains(draft.cue_head) ? 1 : 0;
      if (inside[draft.cue_head] == own) return false;
      return !(draft.takes_quotes && all_quoted(draft));
    });
  }

  bool all_quoted(const StatementDraft& draft) const {
    for (const WordRange piece : draft.content) {
      for (Word w = piece.first; w < piece.last; ++w) {
        if (quotations_.of_word[w] == Quotations::kNone) return false;
      }
    }
    return true;
  }

  // Pieces in order, none touching another, none holding the cue or the source.
  void settle(StatementDraft& draft) const {
    std::sort(draft.content.begin(), draft.content.end(),
              [](WordRange a, WordRange b) { return a.first < b.first; });
    std::vector<WordRange> merged;
    for (const WordRange piece : draft.content) {
      if (piece.empty()) continue;
      const bool new_paragraph = analysis_.sentences()[analysis_.sentence_of(piece.first)].starts_paragraph &&
                                 analysis_.sentences()[analysis_.sentence_of(piece.first)].words.first == piece.first;
      if (!merged.empty() && piece.first <= merged.back().last &&
          !(new_paragraph && piece.first == merged.back().last)) {
        merged.back().last = std::max(merged.back().last, piece.last);
      } else {
        merged.push_back(piece);
      }
    }
    draft.content.clear();
    for (const WordRange piece : merged) {
      // “...,” the envoy said, “...”: a tree that hung the source inside the quotation
      const bool beside = !draft.source.empty() && !quotations_.at(draft.source.first) &&
                          piece.first < draft.source.last && draft.source.first < piece.last;
      if (!beside) {
        draft.content.push_back(piece);
      } else {
        for (const WordRange part : without(analysis_, piece, draft.source)) draft.content.push_back(part);
      }
    }
    // "which Oman has offered to host": the pronoun tells a reader nothing
    if (draft.content.size() > 1 && draft.content.front().size() == 1 &&
        is_relative_pronoun(analysis_, draft.content.front().first)) {
      draft.content.erase(draft.content.begin());
    }
    drop_narration(draft);
    complete_parted(draft);
    take_conjunction(draft);
    // "said:" the colon is the cue's.
    if (draft.cue.last < analysis_.size() && analysis_.form(draft.cue.last) == ":" && !draft.content.empty()) {
      ++draft.cue.last;
    }
  }

  // “I love you,” he said, and the lights went out: behind a whole quotation and its cue only a quotation goes on, the
  // rest is the report's own.
  void drop_narration(StatementDraft& draft) const {
    if (!draft.takes_quotes || draft.content.size() < 2) return;
    const WordRange first = draft.content.front();
    if (first.last > draft.cue.first || quotations_.at(first.first) == nullptr || quotations_.at(first.last - 1) == nullptr) return;
    if (!is_quote_mark(analysis_.form(first.last - 1))) return;
    std::erase_if(draft.content, [&](WordRange piece) {
      return piece.first >= draft.cue.last && quotations_.at(piece.first) == nullptr &&
             analysis_.sentence_of(piece.first) == analysis_.sentence_of(draft.cue_head);
    });
  }

  // tweeted that “...”: the conjunction is a part of what it opens, as before other clauses.
  void take_conjunction(StatementDraft& draft) const {
    if (draft.content.empty() || draft.cue.last >= draft.content.front().first) return;
    const Word first = draft.content.front().first;
    if (first - draft.cue.last > 2 || analysis_.form(draft.cue.last) != "that") return;
    if (first - draft.cue.last == 2 && analysis_.form(first - 1) != ",") return;
    draft.content.front().first = draft.cue.last;
  }

  // The museum, he said, would make visitors think: both sides of the aside are what he said.
  void complete_parted(StatementDraft& draft) const {
    if (!draft.takes_quotes || draft.content.size() != 1 || draft.source.empty()) return;
    WordRange& before = draft.content.front();
    const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(draft.cue_head)].words;
    const WordRange aside{std::min(draft.source.first, draft.cue.first), std::max(draft.source.last, draft.cue.last)};
    if (before.first != sentence.first || before.last > aside.first || aside.last + 2 >= sentence.last) return;
    if (analysis_.form(aside.first - 1) != "," || analysis_.form(aside.last) != ",") return;
    for (Word w = before.first; w < before.last; ++w) {
      if (analysis_.upos(w) == Upos::VERB || quotations_.at(w) != nullptr) return;
    }
    const WordRange after = trimmed(analysis_, {aside.last + 1, sentence.last});
    if (!after.empty()) draft.content.push_back(after);
  }

  const Analysis& analysis_;
  const StatementWords& words_;
  const Quotations& quotations_;
  std::vector<StatementDraft>& drafts_;
  std::vector<std::int32_t> owner_;
};

}  // namespace

void attach_quotations(const Context& context, const StatementWords& words, const Quotations& quotations,
                       std::vector<StatementDraft>& drafts) {
  Attacher(context, words, quotations, drafts).attach();
}

}  // namespace parley
