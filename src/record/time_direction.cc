#include "record/time_direction.h"

#include <string>

namespace parley {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool verbal(const Analysis& analysis, Word w) {
  return analysis.upos(w) == Upos::VERB || analysis.upos(w) == Upos::AUX;
}

/// What the auxiliaries and the form of one clause's head say.
TimeDirection direction_of_clause(const Analysis& analysis, Word head, const TimeWords& words, bool& infinitive) {
  infinitive = false;
  bool past_auxiliary = false, present_auxiliary = false, to = false, be = false;
  for (const Word child : analysis.children(head)) {
    const std::string_view relation = analysis.base_relation(child);
    if (relation == "aux" || relation == "cop") {
      const std::string form = lower(analysis.form(child));
      if (words.ahead_auxiliaries.contains(form) || words.ahead_auxiliaries.contains(lower(analysis.lemma(child)))) {
        return TimeDirection::future;
      }
      if (analysis.has_feature(child, "Tense=Past") || form == "was" || form == "were" || form == "had" || form == "did") {
        past_auxiliary = true;
      } else {
        present_auxiliary = true;
      }
      if (analysis.lemma(child) == "be") be = true;
      if (analysis.lemma(child) == "have") past_auxiliary = true;  // "has met on Monday" looks back
    } else if (relation == "mark" && analysis.upos(child) == Upos::PART) {
      to = true;
    }
  }
  if (to) {
    infinitive = true;
    // "had been due to expire on Friday": a plan that was overtaken.
    const Word governor = analysis.head(head);
    if (governor != kNoWord) {
      for (const Word child : analysis.children(governor)) {
        if (analysis.base_relation(child) == "aux" && lower(analysis.form(child)) == "had") return TimeDirection::past;
      }
    }
    return TimeDirection::future;
  }
  if (words.ahead_governors.contains(lower(analysis.lemma(head))) && (be || verbal(analysis, head))) {
    // "was due on Monday", "is scheduled for Monday"; "planned on Monday to" is rarer.
    if (be || !analysis.has_feature(head, "Tense=Past")) return TimeDirection::future;
  }
  if (past_auxiliary) return TimeDirection::past;
  if (analysis.has_feature(head, "Tense=Past")) {
    return TimeDirection::past;  // finite past, or the bare participle of "signed on Monday"
  }
  if (present_auxiliary) {
    // "is meeting him on Monday" looks ahead; "is killed" in a headline does not.
    if (analysis.has_feature(head, "VerbForm=Ger") || analysis.xpos(head) == "VBG") return TimeDirection::future;
    return TimeDirection::present;
  }
  if (analysis.has_feature(head, "Tense=Pres") && !analysis.has_feature(head, "VerbForm=Part")) {
    return TimeDirection::present;
  }
  return TimeDirection::unknown;
}

}  // namespace

TimeDirection time_direction(const Analysis& analysis, Word word, const TimeWords& words) {
  Word w = word;
  // The date of a thing is not the date of the clause it stands in: "will discuss Tuesday's attack".
  if (word != kNoWord && analysis.head(word) != kNoWord) {
    const std::string_view relation = analysis.relation(word);
    const Word governor = analysis.head(word);
    if ((relation == "nmod:poss" || relation == "compound") && analysis.upos(governor) == Upos::NOUN &&
        !words.ahead_governors.contains(lower(analysis.lemma(governor)))) {
      return TimeDirection::past;
    }
  }
  // A tree is at most as deep as its sentence; broken input must not loop.
  for (Word steps = 0; w != kNoWord && steps < 64; ++steps) {
    const bool clause = verbal(analysis, w) || analysis.child(w, "cop") != kNoWord;
    if (clause && w != word) {
      bool infinitive = false;
      const TimeDirection direction = direction_of_clause(analysis, w, words, infinitive);
      if (direction != TimeDirection::unknown) return direction;
    } else if (w != word && analysis.upos(w) == Upos::ADJ &&
               words.ahead_governors.contains(lower(analysis.lemma(w)))) {
      return TimeDirection::future;  // "bonds due in May"
    }
    w = analysis.head(w);
  }
  return TimeDirection::unknown;
}

}  // namespace parley
