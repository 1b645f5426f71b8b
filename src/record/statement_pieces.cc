#include "record/statement_pieces.h"

#include <algorithm>
#include <array>

#include "record/statement_tree.h"

namespace parley {

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// A clause without the conjunction that ties it to the one before.
WordRange StatementPieces::own_clause(Word head) const {
  WordRange range = analysis_.subtree(head);
  for (const Word child : analysis_.children(head)) {
    if (child > head) break;
    const std::string_view relation = analysis_.base_relation(child);
    if ((relation == "cc" || relation == "mark") && analysis_.subtree(child).first <= range.first + 1 &&
        relation != "mark") {
      range.first = std::max(range.first, child + 1);
    }
  }
  return range;
}

// "The road, she said, was open", "Even if it rains, she said, the road will open": a tree may make the cue the
// sentence's verb and leave what stands before it outside. A clause that has no subject of its own has it there, and
// an adverbial before an aside between commas belongs to what follows the aside.
void StatementPieces::reach_over_cue(StatementDraft& draft, Word w, Word child) const {
  if (child < w || draft.content.size() != 1 || draft.source.empty() || draft.source.first > w) return;
  const WordRange after = draft.content.front();
  if (after.first == 0 || analysis_.form(after.first - 1) != ",") return;
  const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(w)].words;
  const Word comma = draft.source.first;
  if (comma <= sentence.first + 1 || analysis_.form(comma - 1) != ",") return;
  Word begin = sentence.first;
  if (analysis_.upos(begin) == Upos::CCONJ) ++begin;
  const WordRange before = trimmed(analysis_, {begin, comma - 1});
  for (const Word part : analysis_.children(child)) {
    const std::string_view relation = analysis_.base_relation(part);
    if (part < after.first || (relation != "nsubj" && relation != "csubj" && relation != "expl")) continue;
    if (!before.empty() && is_adverbial(analysis_.head_of(before))) draft.content.insert(draft.content.begin(), before);
    return;
  }
  for (Word word = before.first; word < before.last; ++word) {
    if (analysis_.upos(word) == Upos::VERB && analysis_.base_relation(word) != "acl") return;
  }
  if (!before.empty()) draft.content.insert(draft.content.begin(), before);
}

bool StatementPieces::is_adverbial(Word head) const {
  if (head == kNoWord || quotations_.at(head) != nullptr) return false;
  const std::string_view relation = analysis_.base_relation(head);
  return relation == "obl" || relation == "advcl" || relation == "advmod";
}

// "said this week they would leave": when it was said, between the cue and a clause without "that".
Word StatementPieces::behind_time(WordRange clause) const {
  if (context_.time_of_word.empty()) return clause.first;
  Word w = clause.first;
  if (w + 1 < clause.last && analysis_.upos(w) == Upos::ADP) ++w;
  if (context_.time_of_word[w] == Context::kNone) return clause.first;
  const std::int32_t time = context_.time_of_word[w];
  while (w < clause.last && context_.time_of_word[w] == time) ++w;
  // "In 2014 the army left" is said of 2014 where a comma follows; the subject follows when it was said.
  const bool subject = w < clause.last && (analysis_.upos(w) == Upos::PRON || analysis_.upos(w) == Upos::DET ||
                                           analysis_.upos(w) == Upos::PROPN || analysis_.upos(w) == Upos::NOUN);
  return subject ? w : clause.first;
}

// The clause that `w` reports, put right where trees are often wrong: a reason or condition that follows it without
// a comma is part of what is said; a second reporting verb ("said it was ready and warned") is not.
WordRange StatementPieces::reported_clause(Word w, Word child) const {
  WordRange range = analysis_.subtree(child);
  // "352 drones were launched, the air force said on Monday": what follows the cue may hang on the clause before it,
  // which holds the cue then. The clause's own verb tells on which side it is.
  if (range.contains(w)) return child < w ? WordRange{range.first, w} : WordRange{w + 1, range.last};
  if (child > w) range.first = behind_time(range);
  if (child < w) {  // "Cargo had fallen, its director said": the second subject is the speaker's
    const Word speaker = speaker_in_clause(analysis_, w, child);
    return speaker == kNoWord ? range : WordRange{range.first, analysis_.subtree(speaker).first};
  }
  const bool modal = analysis_.xpos(child) == "VB";  // "would honour", and "demanded that they leave and threatened"
  for (const Word conjunct : analysis_.children(child)) {
    // "said it would grow, citing demand": another thing that the speaker does
    const WordRange aside = analysis_.subtree(conjunct);
    if (conjunct > child && analysis_.base_relation(conjunct) == "advcl" && analysis_.xpos(conjunct) == "VBG" &&
        analysis_.child(conjunct, "mark") == kNoWord && aside.first > child && aside.last >= range.last &&
        (analysis_.form(aside.first) == "," || analysis_.form(aside.first - 1) == ",") &&
        words_.verb(lemma_with_particle(analysis_, conjunct)) != nullptr) {
      range.last = aside.first;
      return range;
    }
    if (analysis_.base_relation(conjunct) != "conj" || conjunct < child) continue;
    if (analysis_.child(conjunct, "nsubj") != kNoWord) continue;
    const Word doer = modal && analysis_.xpos(conjunct) != "VB" ? subject_of(analysis_, conjunct).head : kNoWord;
    if (doer != kNoWord && doer == subject_of(analysis_, w).head) {  // "said it would honour the truce but called on them to leave"
      range.last = std::min(range.last, analysis_.subtree(conjunct).first);
      return range;
    }
    if (analysis_.xpos(conjunct) != analysis_.xpos(w)) continue;
    const CueWord* cue = words_.verb(lemma_with_particle(analysis_, conjunct));
    const CueFrame* quote = cue == nullptr ? nullptr : cue->frame(ContentKind::quote);
    if (quote == nullptr || cue->frame(ContentKind::clause) == nullptr) continue;
    if (cue->frame(ContentKind::object) == nullptr && !quote->hearer) continue;  // "and thought of home"

    range.last = std::min(range.last, analysis_.subtree(conjunct).first);
    return range;
  }
  for (const Word next : analysis_.children(w)) {
    if (next < child || analysis_.base_relation(next) != "advcl") continue;
    const WordRange more = analysis_.subtree(next);
    if (more.first == range.last && analysis_.child(next, "mark") != kNoWord) range.last = more.last;
  }
  return range;
}

void StatementPieces::set_source(StatementDraft& draft, Word head) const {
  if (head == kNoWord) return;
  if (analysis_.base_relation(head) == "expl") return;
  draft.source_head = head;
  draft.source = noun_phrase(analysis_, head);
  // The source ends where its verb's own words begin.
  if (draft.source.contains(draft.cue.first) && head < draft.cue.first) {
    draft.source.last = draft.cue.first;
    draft.source = trimmed(analysis_, draft.source);
  }
  if (draft.source.contains(draft.cue_head)) {
    draft.source = {};
    draft.source_head = kNoWord;
    return;
  }
  close_aside(draft);
}

// "Mara Lund, the envoy, said": the comma that closes the aside is the source's own.
void StatementPieces::close_aside(StatementDraft& draft) const {
  const Word next = draft.source.last;
  if (draft.source.empty() || next >= draft.cue.first || analysis_.upos(next) != Upos::PUNCT) return;
  const std::string_view mark = analysis_.form(next);
  for (Word w = draft.source.first; w < draft.source.last; ++w) {
    if (w > draft.source_head && analysis_.form(w) == mark && mark != "." && mark != ":") {
      ++draft.source.last;
      return;
    }
  }
}

void StatementPieces::add(StatementDraft& draft, WordRange range) const {
  if (!range.empty()) draft.content.push_back(range);
}

void StatementPieces::take(StatementDraft& draft, Word head, WordRange range, Act act) const {
  draft.content_head = head;
  draft.act = act;
  draft.content.clear();
  const WordRange cue = draft.cue;
  if (range.first < cue.last && cue.first < range.last) {
    draft.content = without(analysis_, range, cue);
  } else {
    add(draft, trimmed(analysis_, range));
  }
}

// An aside's host may be a whole series of clauses; what comes after a full stop's worth of aside at the
// end ("..., he said, and left") is not his.
void StatementPieces::keep_one_sentence_side(StatementDraft& draft, Word w) const {
  if (draft.content.size() != 2) return;
  const WordRange tail = draft.content[1];
  if (tail.first > w && analysis_.form(tail.first - 1) == ";") {  // "40 died, he said; the army spoke of four"
    draft.content.pop_back();
    return;
  }
  if (analysis_.upos(tail.first) == Upos::CCONJ && analysis_.head(tail.first) != kNoWord &&
      analysis_.subtree(analysis_.head(tail.first)).last >= tail.last && tail.first > w) {
    draft.content.pop_back();
  }
}

// "Forty have died, the mission said on Thursday, including six children": the part behind the cue is said too.
void StatementPieces::goes_on_behind(StatementDraft& draft) const {
  static constexpr std::array<std::string_view, 5> kParts{"including", "among", "mostly", "most", "excluding"};
  static constexpr Word kFarthest = 10;  // words of "on Thursday", "in a statement"
  const Word end = std::max(draft.cue.last, draft.source.last);
  if (draft.content.empty() || draft.content.back().last > draft.cue.first) return;
  const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(draft.cue_head)].words;
  for (Word w = end; w + 2 < sentence.last && w < end + kFarthest; ++w) {
    if (analysis_.form(w) != ",") continue;
    if (std::find(kParts.begin(), kParts.end(), lower_case(analysis_.form(w + 1))) == kParts.end()) continue;
    add(draft, trimmed(analysis_, {w + 1, sentence.last}));
    return;
  }
}

void StatementPieces::extend_cue_to(StatementDraft& draft, Word first) const {
  if (first > draft.cue.last && first - draft.cue.last <= 2) draft.cue.last = first;
}

Word StatementPieces::object_of(Word w) const {
  const Word object = analysis_.child(w, "obj");
  return object != kNoWord ? object : analysis_.child(w, "iobj");
}

// "Prices rose, the bank warned of inflation": two clauses, and no aside.
bool StatementPieces::has_own_phrase(Word w, const CueWord& cue) const {
  for (const Word child : analysis_.children(w)) {
    if (child < w || analysis_.base_relation(child) != "obl") continue;
    const Word mark = analysis_.child(child, "case");
    if (mark != kNoWord && cue.preposition(lower_case(analysis_.lemma(mark))) != nullptr) return true;
  }
  return false;
}

bool StatementPieces::aside(Word w, Word object, const CueFrame& frame) const {
  const Word host = analysis_.head(w);
  if (host == kNoWord || (object != kNoWord && !frame.hearer)) return false;
  const std::string_view relation = analysis_.base_relation(w);
  if (relation == "parataxis") return analysis_.child(w, "nsubj") != kNoWord || is_passive(analysis_, w);
  if (analysis_.relation(w) == "acl:relcl") {  // "The bridge, she said, is closed", read as what she said of it
    const Word subject = analysis_.child(w, "nsubj");
    const WordRange words = analysis_.subtree(w);
    return subject != kNoWord && !is_relative_pronoun(analysis_, subject) && words.first > 0 &&
           analysis_.form(words.first - 1) == "," && words.last < analysis_.size() &&
           (analysis_.form(words.last) == "," || analysis_.form(words.last - 1) == ",") &&
           clause_head(analysis_, host) != w;
  }
  if (relation == "advcl") {
    const Word mark = analysis_.child(w, "mark");
    if (mark == kNoWord || lower_case(analysis_.form(mark)) != "as") return false;
    return analysis_.child(w, "nsubj") != kNoWord && analysis_.child(w, "obl") == kNoWord;
  }
  return false;
}

bool StatementPieces::follows_colon_or_quote(Word w, Word child) const {
  const WordRange range = analysis_.subtree(child);
  if (range.first <= w || range.first == 0) return false;
  const std::string_view before = analysis_.form(range.first - 1);
  return before == ":" || is_quote_mark(before) || is_quote_mark(analysis_.form(range.first));
}

Word StatementPieces::told_to(Word w) const {
  const Word person = oblique_with(w, "to");
  return person != kNoWord && person > w ? person : kNoWord;
}

Word StatementPieces::oblique_with(Word w, std::string_view preposition) const {
  for (const Word child : analysis_.children(w)) {
    if (analysis_.base_relation(child) != "obl" && analysis_.base_relation(child) != "iobj") continue;
    const Word mark = analysis_.child(child, "case");
    if (mark != kNoWord && lower_case(analysis_.form(mark)) == preposition) return child;
  }
  return kNoWord;
}

Word StatementPieces::phrase_with(Word w, std::initializer_list<std::string_view> prepositions) const {
  for (const Word child : analysis_.children(w)) {
    if (analysis_.base_relation(child) != "nmod" || child < w) continue;
    const Word mark = analysis_.child(child, "case");
    if (mark == kNoWord) continue;
    for (const std::string_view wanted : prepositions) {
      if (lower_case(analysis_.form(mark)) == wanted) return child;
    }
  }
  return kNoWord;
}

bool StatementPieces::is_time(Word w) const {
  return analysis_.relation(w) == "obl:tmod" ||
         (!context_.time_of_word.empty() && context_.time_of_word[w] != Context::kNone);
}

Word StatementPieces::antecedent_of(Word w) const {
  Word at = w;
  for (int step = 0; step < 4 && at != kNoWord; ++step) {
    if (analysis_.relation(at) == "acl:relcl") return analysis_.head(at);
    at = analysis_.head(at);
  }
  return kNoWord;
}

WordRange StatementPieces::noun_or_antecedent(Word subject, Word verb) const {
  if (is_relative_pronoun(analysis_, subject)) {
    if (const Word noun = antecedent_of(verb); noun != kNoWord) {
      WordRange range = noun_phrase(analysis_, noun);
      range.last = std::min(range.last, analysis_.subtree(verb).first);
      return trimmed(analysis_, range);
    }
  }
  return noun_phrase(analysis_, subject);
}

}  // namespace parley
