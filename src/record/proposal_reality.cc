#include "record/proposal_reality.h"

#include <algorithm>
#include <string>

#include "record/proposal_draft.h"
#include "record/statement_tree.h"

namespace parley {

Word Realities::urged_by(Word verb) const {
  const Word above = analysis_.head(verb);
  if (above == kNoWord) return kNoWord;
  const std::string_view relation = analysis_.base_relation(verb);
  if (relation != "xcomp" && relation != "ccomp" && relation != "advcl") return kNoWord;
  if (analysis_.upos(above) != Upos::VERB || !is_infinitive(analysis_, verb)) return kNoWord;  // "told them it would not"
  const std::string lemma = lemma_of(analysis_, above);
  return words_.urging(lemma) || words_.urging(lemma_with_particle(analysis_, above)) ? above : kNoWord;
}

// "accused the other side of breaking the truce"
bool Realities::accused_of(Word verb) const {
  const Word above = analysis_.head(verb);
  if (above == kNoWord || analysis_.xpos(verb) != "VBG" || analysis_.upos(above) != Upos::VERB) return false;
  const CueWord* word = context_.knowledge.statements.verb(analysis_.lemma(above));
  return word != nullptr && std::any_of(word->frames.begin(), word->frames.end(),
                                        [](const CueFrame& frame) { return frame.act == Act::accuse || frame.act == Act::deny; });
}

Word Realities::persuaded_by(Word verb) const {
  const Word above = analysis_.head(verb);
  if (above == kNoWord || analysis_.base_relation(verb) != "xcomp" || !is_infinitive(analysis_, verb)) return kNoWord;
  return words_.persuading(lemma_of(analysis_, above)) && analysis_.child(above, "obj") != kNoWord ? above : kNoWord;
}

bool Realities::proposed(Word verb) const {
  const Word above = analysis_.head(verb);
  const std::string_view relation = analysis_.base_relation(verb);
  if (above == kNoWord || (relation != "xcomp" && relation != "ccomp") || analysis_.upos(above) != Upos::VERB) return false;
  const ProposalAct* act = words_.act(act_lemma(analysis_, words_, above));
  return act != nullptr && act->role == ProposalAct::Role::proposer;
}

// "said it would respect the truce": what was promised; on a condition it stays open.
bool Realities::reported(Word verb) const {
  const Word above = analysis_.head(verb);
  if (above == kNoWord || above > verb || analysis_.base_relation(verb) != "ccomp" || analysis_.upos(above) != Upos::VERB) return false;
  const CueWord* cue = context_.knowledge.statements.verb(lemma_of(analysis_, above));
  if (cue == nullptr || cue->frame(ContentKind::quote) == nullptr || is_negated(analysis_, above)) return false;
  for (const Word child : analysis_.children(verb)) {
    const Word mark = analysis_.base_relation(child) == "advcl" ? analysis_.child(child, "mark") : kNoWord;
    if (mark != kNoWord && words_.condition_mark(lemma_of(analysis_, mark))) return false;
  }
  // Only of themselves: "said the rebels would accept it" is a guess.
  const Word subject = analysis_.child(verb, "nsubj");
  return subject != kNoWord && (analysis_.upos(subject) == Upos::PRON || analysis_.child(subject, "nmod:poss") != kNoWord);
}

// "neither side has signed it"
bool Realities::nobody_does(Word verb) const {
  const Word subject = analysis_.child(verb, "nsubj");
  const Word determiner = subject == kNoWord ? kNoWord : analysis_.child(subject, "det");
  if (subject != kNoWord && lemma_of(analysis_, subject) == "neither") return true;
  return determiner != kNoWord && (lemma_of(analysis_, determiner) == "neither" || lemma_of(analysis_, determiner) == "no");
}

Reality Realities::reality(Word verb) const {
  if (const Word persuader = persuaded_by(verb); persuader != kNoWord) return reality(persuader);
  if (urged_by(verb) != kNoWord) return Reality::wanted;
  bool refused = is_negated(analysis_, verb) || nobody_does(verb);
  bool open = accused_of(verb) || proposed(verb);
  for (const Word child : analysis_.children(verb)) {
    const std::string_view relation = analysis_.base_relation(child);
    const std::string lemma = lemma_of(analysis_, child);
    if (relation == "aux" && (lemma == "may" || lemma == "might" || lemma == "could" || lemma == "can" ||
                              lemma == "should" || lemma == "must")) {
      open = true;
    }
    if (relation == "aux" && lemma == "would" && !refused) {
      if (reported(verb)) return Reality::promised;
      open = true;
    }
    if (relation == "mark" && child < verb && (lemma == "if" || lemma == "unless" || lemma == "whether" ||
                                                        lemma == "before" || lemma == "until")) {
      open = true;
    }
  }
  const Word above = analysis_.head(verb);
  if (above != kNoWord && analysis_.base_relation(verb) == "xcomp") {
    if (words_.refusing(lemma_of(analysis_, above))) {
      refused = !is_negated(analysis_, above);
    } else if (words_.promising(lemma_of(analysis_, above))) {
      return is_negated(analysis_, above) ? Reality::open : Reality::promised;
    } else if (is_infinitive(analysis_, verb)) {
      open = true;
    }
  } else if (!refused && is_infinitive(analysis_, verb)) {
    open = true;  // "efforts to reach a deal"
  }
  if (refused) return Reality::refused;
  if (open) return Reality::open;
  const Word conjoined = analysis_.base_relation(verb) == "conj" ? above : kNoWord;
  if (conjoined != kNoWord && is_infinitive(analysis_, conjoined) && analysis_.child(verb, "nsubj") == kNoWord) {
    return reality(conjoined);
  }
  return Reality::done;
}

std::optional<std::string> Realities::date_of(Word verb) const {
  if (context_.time_of_word.empty()) return std::nullopt;
  for (const Word child : analysis_.children(verb)) {
    const std::string_view relation = analysis_.base_relation(child);
    if (relation != "obl" && relation != "advmod" && relation != "nmod") continue;
    const std::int32_t time = context_.time_of_word[child];
    if (time == Context::kNone) continue;
    const Time& found = context_.record.times[static_cast<std::size_t>(time)];
    if (found.type == TimeType::date || found.type == TimeType::time) return found.value;
  }
  return std::nullopt;
}

}  // namespace parley
