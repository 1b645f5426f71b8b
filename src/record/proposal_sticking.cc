// Idea: what remains in dispute stands behind a noun of disagreement ("a dispute over X"), is said to be one ("the main
// obstacle is X"), or is what the parties could not agree on.
//
// Counter-example: "called them an obstacle to peace" is a reproach, and no point of the talks.
// Cost: linear in words. Test: tests/record/proposals_test.cc.
#include <algorithm>

#include "record/proposal_draft.h"
#include "record/proposal_reality.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

class StickingFinder {
 public:
  StickingFinder(const Context& context, const ProposalWords& words, ProposalTable& table)
      : analysis_(context.analysis), words_(words), table_(table), real_(context, words) {}

  void find() {
    for (const Sentence& sentence : analysis_.sentences()) sticking_points(sentence.words);
  }

 private:
  ProposalDraft& draft(std::int32_t index) { return table_.drafts[static_cast<std::size_t>(index)]; }

  void sticking_points(WordRange sentence) {
    for (Word w = sentence.first; w < sentence.last; ++w) {
      const std::string lemma = lemma_of(analysis_, w);
      WordRange point;
      if (remains_open(w)) {
        point = what_remains(w, sentence);
      } else if (analysis_.upos(w) == Upos::NOUN) {
        const std::string pair = w > sentence.first ? lemma_of(analysis_, w - 1) + "_" + lemma : lemma;
        if (words_.sticking_noun(lemma) || words_.sticking_noun(pair)) point = point_of_noun(w);
      } else if (analysis_.upos(w) == Upos::VERB && words_.sticking_verb(lemma)) {
        point = phrase_after(w);
      } else if (analysis_.upos(w) == Upos::VERB && words_.sticking_if_refused(lemma) && real_.reality(w) == Reality::refused) {
        point = phrase_after(w);  // "could not agree on ...", "failed to settle ..."
        if (const Word object = analysis_.child(w, "obj"); point.empty() && object != kNoWord && lemma != "agree") {
          point = noun_phrase(analysis_, object);
        }
        point = before_aside(point);
      } else if (analysis_.upos(w) == Upos::ADV && words_.sticking_adverb(lemma)) {
        point = phrase_after(w);
        if (point.empty() && analysis_.head(w) != kNoWord) point = phrase_after(analysis_.head(w));
      } else if (sticks(w, sentence)) {
        point = phrase_after(w);
        if (point.empty() && analysis_.head(w) != kNoWord) point = phrase_after(analysis_.head(w));
      }
      if (point.empty() || (point.size() == 1 && analysis_.upos(point.first) == Upos::PRON)) continue;
      const std::int32_t proposal = nearest(w);
      if (proposal == ProposalTable::kNone) return;
      std::vector<WordRange>& points = draft(proposal).sticking_points;
      const bool known = std::any_of(points.begin(), points.end(), [&](WordRange other) {
        return other.first < point.last && point.first < other.last;
      });
      if (!known) {
        points.push_back(point);
        ++draft(proposal).states[static_cast<std::size_t>(ProposalState::under_discussion)];
      }
    }
  }

  // "remains unresolved", "remain in dispute", "is still disputed"
  bool remains_open(Word w) const {
    const std::string lemma = lemma_of(analysis_, w);
    if (words_.sticking_open(lemma) && analysis_.upos(w) != Upos::NOUN) {
      if (analysis_.child(w, "cop") != kNoWord) return analysis_.child(w, "nsubj") != kNoWord && !is_negated(analysis_, w);
      const Word above = analysis_.head(w);
      return above != kNoWord && words_.sticking_stays(lemma_of(analysis_, above)) && !is_negated(analysis_, above);
    }
    const Word above = analysis_.head(w);
    return words_.sticking_open("in " + lemma) && preposition_of(analysis_, w) == "in" && above != kNoWord &&
           words_.sticking_stays(lemma_of(analysis_, above));
  }

  WordRange what_remains(Word w, WordRange sentence) const {
    const Word verb = analysis_.child(w, "cop") != kNoWord ? w : analysis_.head(w);
    if (const Word subject = own_subject(analysis_, verb); subject != kNoWord && subject < verb) {
      return analysis_.upos(subject) == Upos::PRON ? WordRange{} : noun_phrase(analysis_, subject);
    }
    // "What happens to the islands remains unresolved": a clause for a subject, wherever the tree hangs it
    const std::string first = lemma_of(analysis_, sentence.first);
    const bool clause = first == "what" || first == "who" || first == "how" || first == "whether" || first == "when" || first == "where";
    return clause && sentence.first + 1 < verb ? trimmed(analysis_, {sentence.first, verb}) : WordRange{};
  }

  // Up to ", which ...".
  WordRange before_aside(WordRange range) const {
    for (Word w = range.first; w < range.last; ++w) {
      if (analysis_.relation(w) == "acl:relcl" && analysis_.subtree(w).first > range.first) {
        range.last = std::min(range.last, analysis_.subtree(w).first);
      }
    }
    return trimmed(analysis_, range);
  }

  bool sticks(Word w, WordRange sentence) const {
    for (const std::string& phrase : words_.sticking_phrases()) {
      std::size_t at = 0;
      Word word = w;
      bool matches = true;
      while (matches && at < phrase.size()) {
        const std::size_t end = std::min(phrase.find(' ', at), phrase.size());
        matches = word < sentence.last && lemma_or_form(word, std::string_view(phrase).substr(at, end - at));
        at = end + 1;
        ++word;
      }
      if (matches) return true;
    }
    return false;
  }

  bool lemma_or_form(Word w, std::string_view wanted) const {
    return analysis_.form(w) == wanted || lemma_of(analysis_, w) == wanted;
  }

  // "a dispute over X" gives X; "the main obstacle is X" and "X remains the main obstacle" give X.
  WordRange point_of_noun(Word w) const {
    if (preposition_of(analysis_, w) == "as") return {};  // "called them an obstacle", "as an obstacle": a reproach
    const WordRange after = phrase_after(w);
    if (!after.empty()) return after;
    const Word subject = analysis_.child(w, "nsubj");
    if (subject != kNoWord) return noun_phrase(analysis_, subject);
    if (const Word clause = analysis_.child(w, "csubj"); clause != kNoWord) {
      return trimmed(analysis_, analysis_.subtree(clause));
    }
    const Word above = analysis_.head(w);
    if (above == kNoWord) return {};
    if (analysis_.base_relation(w) == "nsubj" && analysis_.child(above, "cop") != kNoWord) {
      WordRange range = analysis_.subtree(above);
      range.first = std::max(range.first, analysis_.child(above, "cop") + 1);
      return trimmed(analysis_, range);
    }
    if (analysis_.base_relation(w) == "xcomp" && analysis_.child(above, "obj") == kNoWord) {
      const Word remains = analysis_.child(above, "nsubj");
      if (remains != kNoWord) return noun_phrase(analysis_, remains);
    }
    return {};
  }

  WordRange phrase_after(Word w) const {
    for (const Word child : analysis_.children(w)) {
      if (child < w) continue;
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "acl" || relation == "ccomp" || relation == "advcl") {
        const std::string mark = preposition_of(analysis_, child);
        if (mark.starts_with("of ") || mark == "whether" || mark == "over" || mark == "on") {
          return trimmed(analysis_, analysis_.subtree(child));
        }
        continue;
      }
      if (relation != "nmod" && relation != "obl") continue;
      if (!words_.sticking_preposition(preposition_of(analysis_, child))) continue;
      return noun_phrase(analysis_, child);
    }
    // "far apart on": the phrase may hang on the word before.
    const Word next = w + 1;
    if (next < analysis_.size() && analysis_.base_relation(next) == "case" && analysis_.head(next) != kNoWord &&
        analysis_.head(next) > next && words_.sticking_preposition(lemma_of(analysis_, next))) {
      return noun_phrase(analysis_, analysis_.head(next));
    }
    return {};
  }

  std::int32_t nearest(Word w) const {
    if (table_.drafts.empty()) return ProposalTable::kNone;
    for (Word before = w + 1; before > 0 && w + 1 - before < kFarthestMention; --before) {
      if (table_.of_word[before - 1] != ProposalTable::kNone) return table_.of_word[before - 1];
    }
    for (Word after = w; after < analysis_.size() && after - w < kFarthestMention; ++after) {
      if (table_.of_word[after] != ProposalTable::kNone) return table_.of_word[after];
    }
    return ProposalTable::kNone;
  }

  static constexpr Word kFarthestMention = 200;

  const Analysis& analysis_;
  const ProposalWords& words_;
  ProposalTable& table_;
  const Realities real_;
};

}  // namespace

void find_sticking_points(const Context& context, const ProposalWords& words, ProposalTable& table) {
  StickingFinder(context, words, table).find();
}

}  // namespace parley
