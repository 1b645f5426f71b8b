// Idea: every word that the data files know as a cue is asked, in the order of how sure they are, for the ways it can
// take content: a clause, the clause it is an aside to, an infinitive, an object, a phrase with its preposition. The
// first that the tree has wins. The source is the cue's subject, shared by coordination and control; a passive's is
// its agent.
//
// Example: "Officials, she added, had been urged to wait": cue "added" (aside), content "Officials ... had been urged
// to wait"; cue "had been urged", content "Officials ... to wait", nobody named.
// Counter-example: "They want to talk" inside a quotation is part of what is quoted, and makes no statement.
//
// Cost: linear in words; each cue looks at its children and, for a shared subject, at six verbs above it at most.
// Test: tests/record/statements_test.cc.
#include <algorithm>
#include <optional>

#include "record/statement_draft.h"
#include "record/statement_pieces.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

constexpr Word kShortQuotation = 2;  // words of a scare quote: a cue in one is the reporter's
constexpr Word kLongestLabel = 6;    // words before the colon of "Foreign Minister Jane Doe: We agreed"

class CueFinder : private StatementPieces {
 public:
  CueFinder(const Context& context, const StatementWords& words, const Quotations& quotations)
      : StatementPieces(context, words, quotations) {}

  std::vector<StatementDraft> find() {
    for (Word w = 0; w < analysis_.size(); ++w) {
      const Quotation* quotation = quotations_.at(w);
      if (quotation != nullptr && quotation->inner.size() > kShortQuotation) continue;
      if (source_phrase(w)) continue;
      switch (analysis_.upos(w)) {
        case Upos::VERB: verb(w); break;
        case Upos::NOUN: noun(w); break;
        case Upos::ADJ: adjective(w); break;
        case Upos::ADV: hearsay(w); break;
        case Upos::PUNCT: colon(w); break;
        default: break;
      }
    }
    end_sources();
    return std::move(drafts_);
  }

 private:
  // "Leaders meeting in Angola called on Wednesday for a truce and demanded ...": a tree that takes the first verb for a
  // part of the leaders makes the source of the second too long. Both have the first one's.
  void end_sources() {
    for (std::size_t i = 1; i < drafts_.size(); ++i) {
      StatementDraft& draft = drafts_[i];
      for (std::size_t k = i; k-- > 0 && drafts_[k].cue_head >= draft.source.first && !draft.source.empty();) {
        const bool within = drafts_[k].source_head == draft.source_head && draft.source.contains(drafts_[k].cue_head) &&
                            !drafts_[k].source.empty() && drafts_[k].cue.first > draft.source_head;
        if (within) draft.source = drafts_[k].source;
      }
    }
  }

  // --- verbs ---------------------------------------------------------------------------------------

  void verb(Word w) {
    const CueWord* cue = words_.verb(lemma_with_particle(analysis_, w));
    if (cue == nullptr) {
      // "called on both sides to": the preposition is no particle in the tree.
      cue = words_.verb(lower_case(analysis_.lemma(w)));
      if (cue == nullptr) {
        if (passive_participle_as_adjective(w)) adjective(w);
        return;
      }
    }
    if (analysis_.base_relation(w) == "amod") return;
    StatementDraft draft;
    draft.cue_head = w;
    draft.cue = verb_group(analysis_, w);
    if (!told(w)) return;
    if (const Word preposition = draft.cue.last; preposition < analysis_.size() && directs(w, preposition)) {
      // "called on both sides to": the verb with its preposition is another one
      const CueWord* phrasal = words_.verb(lower_case(analysis_.lemma(w)) + "_" + lower_case(analysis_.form(preposition)));
      if (phrasal != nullptr) {
        cue = phrasal;
        ++draft.cue.last;
      }
    }
    draft.takes_quotes = cue->frame(ContentKind::quote) != nullptr;
    draft.negated = is_negated(analysis_, w);
    const Subject subject = subject_of(analysis_, w);
    set_source(draft, subject.head);
    const bool passive = is_passive(analysis_, w);
    const bool found = passive ? passive_content(w, *cue, draft) : active_content(w, *cue, draft);
    if (!found && !passive && that_clause(w, *cue, draft)) {
      drafts_.push_back(std::move(draft));
      return;
    }
    if (!found) {
      const CueFrame* quote = cue->frame(ContentKind::quote);
      if (quote == nullptr || passive) {
        if (passive_participle_as_adjective(w)) adjective(w);
        return;
      }
      draft.act = quote->act;
      if (quote->hearer) draft.hearer = analysis_.child(w, "obj");
    }
    if (found && !passive && cue->frame(ContentKind::object) != nullptr) join_object(draft);
    drafts_.push_back(std::move(draft));
  }

  // "called the law 'a trap'": a noun phrase between cue and content is the first half of what is said.
  void join_object(StatementDraft& draft) const {
    if (draft.content.empty() || draft.hearer != kNoWord) return;
    WordRange& first = draft.content.front();
    if (first.first <= draft.cue.last || first.first - draft.cue.last > kLongestLabel) return;
    for (Word w = draft.cue.last; w < first.first; ++w) {
      const Upos upos = analysis_.upos(w);
      const bool nominal = upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::PRON || upos == Upos::DET ||
                           upos == Upos::ADJ || upos == Upos::NUM;
      if (!nominal || draft.source.contains(w)) return;
    }
    first.first = draft.cue.last;
  }

  // Told as said: "could say", "to say so" report nothing that was said, unless words stand beside them.
  bool told(Word w) const {
    bool open = false;
    for (const Word child : analysis_.children(w)) {
      if (child > w) break;
      if (analysis_.base_relation(child) == "aux" && words_.open_auxiliary(lower_case(analysis_.lemma(child)))) open = true;
    }
    if (is_infinitive(analysis_, w) && analysis_.base_relation(w) != "root") open = true;
    if (!open) return true;
    const Sentence& sentence = analysis_.sentences()[analysis_.sentence_of(w)];
    for (Word next = w + 1; next < sentence.words.last && next < w + 4; ++next) {
      if (quotations_.of_word[next] != Quotations::kNone) return true;
    }
    return false;
  }

  bool directs(Word w, Word preposition) const {
    const Word person = analysis_.head(preposition);
    const bool asked = analysis_.child(w, "xcomp") != kNoWord || analysis_.child(w, "ccomp") != kNoWord ||
                       analysis_.child(w, "advcl") != kNoWord;
    return asked && analysis_.base_relation(preposition) == "case" && person != kNoWord &&
           analysis_.head(person) == w && !is_time(person) &&
           (analysis_.base_relation(person) == "obl" || analysis_.base_relation(person) == "obj");
  }

  bool passive_participle_as_adjective(Word w) const {
    return words_.adjective(lower_case(analysis_.form(w))) != nullptr &&
           (analysis_.child(w, "cop") != kNoWord || is_passive(analysis_, w));
  }

  // "emphasised that ...": the word says where the content begins when the tree does not.
  bool that_clause(Word w, const CueWord& cue, StatementDraft& draft) const {
    const CueFrame* clause = cue.frame(ContentKind::clause);
    const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(w)].words;
    const Word first = draft.cue.last;
    if (clause == nullptr || first + 3 > sentence.last || lower_case(analysis_.form(first)) != "that") return false;
    const Upos next = analysis_.upos(first + 1);
    if (next == Upos::PUNCT || next == Upos::VERB || next == Upos::ADP) return false;
    const WordRange range = trimmed(analysis_, {first, sentence.last});
    take(draft, analysis_.head_of(range), range, clause->act);
    return !draft.content.empty();
  }

  bool active_content(Word w, const CueWord& cue, StatementDraft& draft) {
    const Word object = object_of(w);
    // "said that ..."
    const CueFrame* clause = cue.frame(ContentKind::clause);
    const CueFrame* quote = cue.frame(ContentKind::quote);
    if (clause == nullptr) clause = quote != nullptr ? quote : cue.frame(ContentKind::object);
    if (clause != nullptr) {
      for (const Word child : analysis_.children(w)) {
        const std::string_view relation = analysis_.base_relation(child);
        const bool reported = relation == "ccomp" || (relation == "csubj" && child > w) ||
                              (relation == "parataxis" && quote != nullptr && follows_colon_or_quote(w, child));
        if (!reported || (is_infinitive(analysis_, child) && cue.frame(ContentKind::infinitive) != nullptr)) continue;
        if (clause->hearer && object != kNoWord) draft.hearer = object;
        if (draft.hearer == kNoWord) draft.hearer = told_to(w);
        take(draft, child, reported_clause(w, child), clause->act);
        reach_over_cue(draft, w, child);
        if (child < w) goes_on_behind(draft);
        return true;
      }
    }
    // "The road, he said, was open"; "Exports fell, the ministry said"
    if (const CueFrame* adjunct = cue.frame(ContentKind::adjunct);
        adjunct != nullptr && aside(w, object, *adjunct) && !has_own_phrase(w, cue)) {
      const Word host = analysis_.base_relation(w) == "acl" ? clause_head(analysis_, analysis_.head(w)) : analysis_.head(w);
      if (adjunct->hearer && object != kNoWord) draft.hearer = object;
      draft.content_head = host;
      draft.act = adjunct->act;
      draft.content = without(analysis_, analysis_.subtree(host), analysis_.subtree(w));
      keep_one_sentence_side(draft, w);
      if (!draft.content.empty()) {
        goes_on_behind(draft);
        return true;
      }
    }
    // "promised to leave", "urged both sides to talk"
    if (const CueFrame* infinitive = cue.frame(ContentKind::infinitive)) {
      for (const Word child : analysis_.children(w)) {
        const std::string_view relation = analysis_.base_relation(child);
        if (child < w || (relation != "xcomp" && relation != "ccomp" && relation != "advcl")) continue;
        if (!is_infinitive(analysis_, child)) continue;
        const bool directed = object != kNoWord || oblique_with(w, "on") != kNoWord;  // "called on them to leave"
        if (relation == "advcl" && !(infinitive->hearer && directed)) continue;
        WordRange range = analysis_.subtree(child);
        for (const Word further : analysis_.children(w)) {  // "offered to free ..., withdraw ...", hung one too high
          if (further > child && analysis_.base_relation(further) == "conj" && analysis_.xpos(further) == "VB" &&
              analysis_.child(further, "nsubj") == kNoWord && analysis_.child(further, "aux") == kNoWord) {
            range.last = std::max(range.last, analysis_.subtree(further).last);
          }
        }
        if (object != kNoWord && object > w && object < child) {
          range.first = std::min(range.first, noun_phrase(analysis_, object).first);
          if (infinitive->hearer) draft.hearer = object;
        } else if (const Word person = infinitive->hearer ? oblique_with(w, "on") : kNoWord;
                   person != kNoWord && person < child && !is_time(person)) {
          range.first = std::min(range.first, noun_phrase(analysis_, person).first);
          extend_cue_to(draft, range.first);
          draft.hearer = person;
        }
        take(draft, child, range, infinitive->act);
        return true;
      }
    }
    if (const CueFrame* gerund = cue.frame(ContentKind::gerund)) {
      for (const Word child : analysis_.children(w)) {
        if (child < w || analysis_.base_relation(child) != "xcomp") continue;
        if (analysis_.xpos(child) != "VBG" && !analysis_.has_feature(child, "VerbForm=Ger")) continue;
        take(draft, child, analysis_.subtree(child), gerund->act);
        return true;
      }
    }
    const CueFrame* frame = cue.frame(ContentKind::object);
    if (frame == nullptr && draft.source_head != kNoWord &&
        words_.speaking_document(lower_case(analysis_.lemma(draft.source_head)))) {
      frame = cue.frame(ContentKind::finding);
    }
    if (frame != nullptr && object != kNoWord) {
      if (object_content(w, object, *frame, draft)) return true;
    }
    for (const Word child : analysis_.children(w)) {
      if (prepositional_content(w, child, cue, draft)) {
        if (object != kNoWord && draft.hearer == kNoWord) {
          if (const CueFrame* any = cue.frame(ContentKind::clause); any != nullptr && any->hearer) draft.hearer = object;
        }
        return true;
      }
    }
    return false;
  }

  // "rejected the plan", "called the plan a mistake", "accused the army of shelling"
  bool object_content(Word w, Word object, const CueFrame& frame, StatementDraft& draft) {
    if (is_relative_pronoun(analysis_, object)) {
      const Word antecedent = antecedent_of(w);
      if (antecedent == kNoWord) {
        take(draft, object, analysis_.subtree(object), frame.act);
      } else {
        WordRange range = noun_phrase(analysis_, antecedent);
        range.last = std::min(range.last, analysis_.subtree(w).first);
        take(draft, antecedent, range, frame.act);
      }
      return !draft.content.empty();
    }
    WordRange range = noun_phrase(analysis_, object);
    if (object > w) {
      for (const Word child : analysis_.children(w)) {
        if (child == object || child < w) continue;
        const std::string_view relation = analysis_.base_relation(child);
        bool belongs = relation == "xcomp" || relation == "ccomp" || relation == "obj" || relation == "iobj";
        if (child < object) {
          if (belongs) range.first = std::min(range.first, noun_phrase(analysis_, child).first);
          continue;
        }
        if (relation == "obl" || relation == "advcl") {
          const Word mark = analysis_.child(child, relation == "obl" ? "case" : "mark");
          const std::string form = mark == kNoWord ? std::string() : lower_case(analysis_.form(mark));
          belongs = form == "of" || form == "as" || form == "for" || form == "with";
        }
        if (belongs) range.last = std::max(range.last, analysis_.subtree(child).last);
      }
    } else {
      return false;  // a fronted object is a topic, or a parser's slip
    }
    range.last = before_next_clause(range);
    for (const Word child : analysis_.children(w)) {  // "welcomed it as a step, and India supported it too"
      const Word other = child > object && analysis_.upos(child) == Upos::VERB ? swallowed_subject(analysis_, child) : kNoWord;
      if (other != kNoWord) range.last = std::min(range.last, analysis_.subtree(other).first);
    }
    take(draft, object, range, frame.act);
    return true;
  }

  // "blames the army for the delay, wants talks": headlines string clauses together, and trees take the second for a
  // part of the first one's object.
  Word before_next_clause(WordRange range) const {
    for (Word w = range.first; w < range.last; ++w) {
      const std::string_view xpos = analysis_.xpos(w);
      if (analysis_.base_relation(w) != "conj" || (xpos != "VBZ" && xpos != "VBP" && xpos != "VBD")) continue;
      const Word head = analysis_.head(w);
      if (head == kNoWord || analysis_.upos(head) == Upos::VERB || analysis_.upos(head) == Upos::AUX ||
          analysis_.child(head, "cop") != kNoWord || analysis_.child(w, "nsubj") != kNoWord) {
        continue;
      }
      if (analysis_.subtree(w).first > range.first) return analysis_.subtree(w).first;
    }
    return range.last;
  }

  bool prepositional_content(Word w, Word child, const CueWord& cue, StatementDraft& draft) {
    if (child < w) return false;
    const std::string_view relation = analysis_.base_relation(child);
    const bool phrase = relation == "obl" || relation == "nmod";
    const bool clause = relation == "advcl" || relation == "ccomp" || relation == "xcomp" || relation == "acl";
    if (!phrase && !clause) return false;
    Word mark = analysis_.child(child, phrase ? "case" : "mark");
    if (mark == kNoWord && clause) mark = analysis_.child(child, "case");
    if (mark == kNoWord || mark < w) return false;
    const CueFrame* frame = cue.preposition(lower_case(analysis_.lemma(mark)));
    if (frame == nullptr || (phrase && is_time(child))) return false;
    WordRange range = analysis_.subtree(child);
    range.first = mark + 1;
    extend_cue_to(draft, range.first);
    take(draft, child, range, frame->act);
    return !draft.content.empty();
  }

  bool passive_content(Word w, const CueWord& cue, StatementDraft& draft) {
    Word subject = analysis_.child(w, "nsubj:pass");
    const Word expletive = analysis_.child(w, "expl");
    const Word clause = analysis_.child(w, "ccomp") != kNoWord ? analysis_.child(w, "ccomp")
                                                              : analysis_.child(w, "csubj");
    const CueFrame* frame = cue.frame(ContentKind::clause);
    if (frame == nullptr) frame = cue.frame(ContentKind::object);
    if (frame == nullptr) frame = cue.frame(ContentKind::infinitive);
    if (frame == nullptr) return false;
    if (clause != kNoWord && clause > w) {  // "it is feared that", "they were told that"
      if (subject != kNoWord && subject != expletive && frame->hearer) draft.hearer = subject;
      take(draft, clause, analysis_.subtree(clause), frame->act);
      return true;
    }
    if (subject == kNoWord && analysis_.base_relation(w) == "conj" && analysis_.head(w) != kNoWord) {
      subject = analysis_.child(analysis_.head(w), "nsubj:pass");
    }
    Word complement = analysis_.child(w, "xcomp");
    if (complement != kNoWord && complement < w) complement = kNoWord;
    if (subject == kNoWord) {  // "a plan backed by the union"
      if (analysis_.base_relation(w) != "acl" || draft.source.empty() ||
          cue.frame(ContentKind::object) == nullptr) {
        return false;
      }
      const Word noun = analysis_.head(w);
      WordRange range = noun_phrase(analysis_, noun);
      range.last = std::min(range.last, analysis_.subtree(w).first);
      take(draft, noun, range, cue.frame(ContentKind::object)->act);
      return !draft.content.empty();
    }
    const bool held = complement != kNoWord && words_.held(lower_case(analysis_.lemma(w)));
    if (!held && draft.source.empty() && complement == kNoWord) return false;
    if (!held && cue.frame(ContentKind::object) == nullptr &&
        (complement == kNoWord || cue.frame(ContentKind::infinitive) == nullptr)) {
      return false;
    }
    if (const CueFrame* object = cue.frame(ContentKind::object)) frame = object;
    if (complement != kNoWord && cue.frame(ContentKind::infinitive) != nullptr && !held) {
      frame = cue.frame(ContentKind::infinitive);
      if (frame->hearer) draft.hearer = subject;
    }
    draft.act = frame->act;
    draft.content_head = complement != kNoWord ? complement : subject;
    add(draft, noun_or_antecedent(subject, w));
    if (complement != kNoWord) add(draft, trimmed(analysis_, analysis_.subtree(complement)));
    return !draft.content.empty();
  }

  // --- nouns and adjectives ------------------------------------------------------------------------

  // "his promise to leave", "made a promise to leave", "the claim that", "calls for a truce"
  void noun(Word w) {
    const CueWord* cue = words_.noun(lower_case(analysis_.lemma(w)));
    if (cue == nullptr) return;
    StatementDraft draft;
    draft.cue_head = w;
    draft.cue = {w, w + 1};
    draft.negated = is_negated(analysis_, w);
    const Word owner = analysis_.child(w, "nmod:poss");
    const Word above = analysis_.head(w);
    const std::string_view relation = analysis_.base_relation(w);
    if (owner != kNoWord) {
      set_source(draft, owner);
    } else if (above != kNoWord && relation == "obj" && words_.light_verb(lemma_with_particle(analysis_, above)) &&
               above < w) {
      draft.cue.first = verb_group(analysis_, above).first;
      set_source(draft, subject_of(analysis_, above).head);
      draft.negated = draft.negated || is_negated(analysis_, above);
    } else if (const Word author = phrase_with(w, {"by", "from"}); author != kNoWord) {
      set_source(draft, author);
    }
    const bool known_source = !draft.source.empty();
    for (const Word child : analysis_.children(w)) {
      if (child < w) continue;
      const std::string_view kind = analysis_.base_relation(child);
      if (kind == "acl" || kind == "ccomp" || kind == "advcl" || kind == "parataxis") {
        const Word mark = analysis_.child(child, "mark");
        const bool infinitive = is_infinitive(analysis_, child);
        const bool that = mark != kNoWord && lower_case(analysis_.form(mark)) == "that";
        const CueFrame* frame = infinitive ? cue->frame(ContentKind::infinitive)
                                : that     ? cue->frame(ContentKind::clause)
                                           : nullptr;
        if (analysis_.relation(child) == "acl:relcl" || frame == nullptr) {
          if (mark != kNoWord && !infinitive && prepositional_content(w, child, *cue, draft)) break;
          continue;
        }
        take(draft, child, analysis_.subtree(child), frame->act);
        break;
      }
      if (kind == "nmod" || kind == "obl") {
        if (prepositional_content(w, child, *cue, draft)) break;
      }
    }
    if (draft.content.empty()) return;
    if (!known_source) return;  // "fears of war" are nobody's in particular
    drafts_.push_back(std::move(draft));
  }

  // "is confident that", "has made clear that"
  void adjective(Word w) {
    const CueWord* cue = words_.adjective(lower_case(analysis_.form(w)));
    if (cue == nullptr) cue = words_.adjective(lower_case(analysis_.lemma(w)));
    if (cue == nullptr) return;
    const std::string_view relation = analysis_.base_relation(w);
    StatementDraft draft;
    draft.cue_head = w;
    draft.cue = verb_group(analysis_, w);
    draft.negated = is_negated(analysis_, w);
    const Word above = analysis_.head(w);
    Word subject = analysis_.child(w, "nsubj");
    if (subject == kNoWord) subject = analysis_.child(w, "nsubj:pass");
    if (relation == "xcomp" && above != kNoWord && above < w && above + 4 > w) {
      draft.cue.first = verb_group(analysis_, above).first;
      subject = subject_of(analysis_, above).head;
    } else if (subject == kNoWord && (relation == "conj" || relation == "advcl" || relation == "acl")) {
      subject = relation == "acl" ? above : subject_of(analysis_, w).head;
    } else if (subject == kNoWord) {
      return;
    }
    set_source(draft, subject);
    const auto content_among = [&](Word governor) {
      for (const Word child : analysis_.children(governor)) {
        if (child < w) continue;
        const std::string_view kind = analysis_.base_relation(child);
        if (kind == "ccomp" || kind == "xcomp" || kind == "advcl") {
          const bool infinitive = is_infinitive(analysis_, child);
          const CueFrame* frame = cue->frame(infinitive ? ContentKind::infinitive : ContentKind::clause);
          if (frame != nullptr && (infinitive || kind == "ccomp")) {
            take(draft, child, analysis_.subtree(child), frame->act);
            return true;
          }
        }
        if (prepositional_content(governor, child, *cue, draft)) return true;
      }
      return false;
    };
    if (!content_among(w) && !(relation == "xcomp" && content_among(above))) return;
    drafts_.push_back(std::move(draft));
  }

  // --- sources without a reporting verb ------------------------------------------------------------

  // "according to the ministry"
  bool source_phrase(Word w) {
    for (const std::vector<std::string>& phrase : words_.source_phrases()) {
      if (w + phrase.size() >= analysis_.size()) continue;
      bool matches = true;
      for (std::size_t i = 0; matches && i < phrase.size(); ++i) {
        matches = lower_case(analysis_.form(w + static_cast<Word>(i))) == phrase[i];
      }
      if (!matches) continue;
      const WordRange cue{w, w + static_cast<Word>(phrase.size())};
      const Word source = phrase_source(cue);
      if (source == kNoWord) continue;
      // "per the ministry", but "barrels per day": the one word is a measure's where nobody is named
      if (phrase.size() == 1 && context_.entity_of_phrase(source) == Context::kNone) continue;
      // The source's own governor has the content, but for what the phrase itself is made of.
      Word top = source;
      while (analysis_.head(top) != kNoWord && analysis_.head(top) != kNoWord &&
             (cue.contains(analysis_.head(top)) || (analysis_.upos(analysis_.head(top)) == Upos::NOUN &&
                                                    cue.contains(analysis_.subtree(analysis_.head(top)).first)))) {
        top = analysis_.head(top);
      }
      if (analysis_.head(top) == kNoWord) continue;
      StatementDraft draft;
      draft.cue_head = w;
      draft.cue = cue;
      set_source(draft, source);
      const Word host = clause_head(analysis_, analysis_.head(top));
      WordRange hole = analysis_.subtree(top);
      hole.first = std::min(hole.first, w);
      draft.content_head = host;
      draft.content = without(analysis_, own_clause(host), hole);
      if (draft.content.empty()) continue;
      keep_one_sentence_side(draft, w);
      drafts_.push_back(std::move(draft));
      return true;
    }
    return false;
  }

  Word phrase_source(WordRange cue) const {
    for (Word c = cue.first; c < cue.last; ++c) {
      const Word head = analysis_.head(c);
      if (head != kNoWord && head >= cue.last && analysis_.base_relation(c) != "advmod") return head;
      for (const Word child : analysis_.children(c)) {
        if (child >= cue.last && (analysis_.base_relation(child) == "obl" || analysis_.base_relation(child) == "nmod" ||
                                  analysis_.base_relation(child) == "obj")) {
          return child;
        }
      }
    }
    return kNoWord;
  }

  // "the bridge has reportedly been closed"
  void hearsay(Word w) {
    if (!words_.hearsay_adverb(lower_case(analysis_.form(w))) || analysis_.head(w) == kNoWord) return;
    StatementDraft draft;
    draft.cue_head = w;
    draft.cue = {w, w + 1};
    const Word host = clause_head(analysis_, analysis_.head(w));
    draft.content_head = host;
    draft.content = without(analysis_, own_clause(host), draft.cue);
    if (!draft.content.empty()) drafts_.push_back(std::move(draft));
  }

  // "Ministry: No troops will be sent"
  void colon(Word w) {
    if (analysis_.form(w) != ":") return;
    const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(w)].words;
    if (w == sentence.first || w - sentence.first > kLongestLabel || w + 2 > sentence.last) return;
    bool named = false;
    for (Word left = sentence.first; left < w; ++left) {
      const Upos upos = analysis_.upos(left);
      if (upos == Upos::VERB || upos == Upos::AUX || upos == Upos::PUNCT) return;
      named = named || names_speaker(left);
    }
    if (!named) return;
    bool clause = false;
    for (Word right = w + 1; right < sentence.last && !clause; ++right) {
      clause = analysis_.upos(right) == Upos::VERB || analysis_.upos(right) == Upos::AUX;
    }
    if (!clause && quotations_.at(w + 1) == nullptr) return;
    StatementDraft draft;
    draft.cue_head = w;
    draft.cue = {w, w + 1};
    draft.source = trimmed(analysis_, {sentence.first, w});
    draft.source_head = analysis_.head_of(draft.source);
    draft.content_head = analysis_.head_of({w + 1, sentence.last});
    draft.takes_quotes = true;
    add(draft, trimmed(analysis_, {w + 1, sentence.last}));
    if (!draft.content.empty() && draft.source_head != kNoWord) drafts_.push_back(std::move(draft));
  }

  bool names_speaker(Word w) const {
    if (context_.record.entities.empty()) return analysis_.upos(w) == Upos::PROPN;
    if (context_.entity_of_word.empty() || context_.entity_of_word[w] == Context::kNone) return false;
    const EntityKind kind = context_.record.entities[static_cast<std::size_t>(context_.entity_of_word[w])].kind;
    return kind == EntityKind::person || kind == EntityKind::organisation || kind == EntityKind::group ||
           kind == EntityKind::country;
  }

  std::vector<StatementDraft> drafts_;
};

}  // namespace

std::vector<StatementDraft> find_statement_cues(const Context& context, const StatementWords& words,
                                                const Quotations& quotations) {
  return CueFinder(context, words, quotations).find();
}

}  // namespace parley
