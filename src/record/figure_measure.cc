#include "record/figure_measure.h"

#include "record/statement_tree.h"

#include <algorithm>

namespace parley {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

const MeasureCue* find(const FigureWords::Cues& cues, const std::string& lemma) {
  const auto found = cues.find(lemma);
  return found == cues.end() ? nullptr : &found->second;
}

/// "troops" -> "troop", "casualties" -> "casualty"; plurals that the lemmatiser left as they are.
std::string singular(std::string noun) {
  if (noun.size() > 4 && noun.ends_with("ies")) return noun.substr(0, noun.size() - 3) + 'y';
  if (noun.size() > 4 && noun.ends_with("ie")) return noun.substr(0, noun.size() - 2) + 'y';  // the lemmatiser's "lorrie"
  if (noun.size() > 3 && noun.ends_with('s') && !noun.ends_with("ss")) noun.pop_back();
  return noun;
}

/// By lemma with its particle, by lemma, else by form: the lemmatiser's slips ("fled" as "fle") must not cost a toll.
const MeasureCue* find(const FigureWords::Cues& cues, const Analysis& analysis, Word w) {
  if (analysis.upos(w) == Upos::VERB) {
    if (const MeasureCue* cue = find(cues, lemma_with_particle(analysis, w))) return cue;
  }
  const std::string lemma = lower(analysis.lemma(w));
  if (const MeasureCue* cue = find(cues, lemma)) return cue;
  if (const MeasureCue* cue = find(cues, lower(analysis.form(w)))) return cue;
  return analysis.upos(w) == Upos::NOUN ? find(cues, singular(lemma)) : nullptr;
}

class Counter {
 public:
  Counter(const Analysis& analysis, WordRange number, WordRange sentence, const FigureWords& words)
      : analysis_(analysis), number_(number), sentence_(sentence), words_(words) {}

  Counted count() {
    Counted counted;
    const Word head = analysis_.head_of(number_);
    counted.noun = noun_of(head);
    counted.head = counted.noun != kNoWord ? counted.noun : head;

    const MeasureCue* own = counted.noun == kNoWord ? nullptr : noun_cue(counted.noun);
    const bool people = counted.noun == kNoWord || is_people(counted.noun, own);
    // Nouns that no verb takes elsewhere: deaths stay deaths, missiles missiles.
    if (own != nullptr && !people && !own->weak) return settle(counted, own->measure, kNoWord);

    people_ = people;
    bare_ = counted.noun == kNoWord;
    std::optional<Found> found;
    if (bare_) found = right_behind();
    if (bare_ && !found) found = told_at();
    if (!found) found = beside(counted.head);
    if (!found) found = above(counted.head);
    if (!found && (people || own == nullptr)) found = around();
    if (found && (people || own == nullptr)) {
      Counted out = settle(counted, found->measure, found->by);
      out.by_governor = true;
      return out;
    }
    if (own != nullptr) return settle(counted, own->measure, kNoWord);
    if (people && counted.noun != kNoWord) return settle(counted, Measure::people, kNoWord);
    if (bare_ && peopled(head)) return settle(counted, Measure::people, kNoWord);
    if (bare_) {
      // "pushed 400,000 into hunger": who is not named is people. No cue, so the guess stays open.
      const std::string_view relation = analysis_.base_relation(head);
      if (relation == "obj" || relation == "nsubj") counted.measure = Measure::people;
    }
    return counted;
  }

 private:
  // "the city of 1.8 million"
  bool peopled(Word head) const {
    const Word above = analysis_.head(head);
    const Word mark = analysis_.child(head, "case");
    return analysis_.base_relation(head) == "nmod" && above != kNoWord && mark != kNoWord && analysis_.lemma(mark) == "of" &&
           words_.peopled.contains(lower(analysis_.lemma(above)));
  }

  struct Found {
    Measure measure = Measure::other;
    Word by = kNoWord;
  };

  static Counted settle(Counted counted, Measure measure, Word governor) {
    counted.measure = measure;
    counted.governor = governor;
    counted.settled = true;
    return counted;
  }

  bool is_verb(Word w) const { return analysis_.upos(w) == Upos::VERB || analysis_.upos(w) == Upos::AUX; }
  bool nominal(Word w) const {
    const Upos tag = analysis_.upos(w);
    return tag == Upos::NOUN || tag == Upos::PROPN || tag == Upos::ADJ || tag == Upos::PRON;
  }
  bool in_number(Word w) const { return number_.contains(w); }

  const MeasureCue* noun_cue(Word w) const {
    return find(words_.nouns, analysis_, w);
  }

  /// People, and what governors' measures are told of.
  bool is_people(Word noun, const MeasureCue* own) const {
    if (own != nullptr) {
      switch (own->measure) {
        case Measure::people: case Measure::troops: case Measure::attackers: case Measure::refugees:
        case Measure::held: case Measure::displaced: case Measure::missing:
          return true;
        case Measure::detained: return own->weak;  // prisoners are people, arrests are none
        default: return false;
      }
    }
    // Palestinians, Ukrainians, Rohingya: names of peoples.
    return analysis_.upos(noun) == Upos::PROPN || (analysis_.upos(noun) == Upos::ADJ && noun > number_.first);
  }

  /// The noun that is counted, or kNoWord: "34 were killed".
  Word noun_of(Word head) const {
    if (head == kNoWord) return kNoWord;
    Word w = head;
    for (int steps = 0; steps < 3; ++steps) {
      // "dozens of people", "half of the soldiers", "a million of them".
      for (const Word child : analysis_.children(w)) {
        if (child >= number_.last && analysis_.base_relation(child) == "nmod" && in_number(w)) {
          const Word mark = analysis_.child(child, "case");
          if (mark != kNoWord && analysis_.lemma(mark) == "of" && nominal(child)) {
            return analysis_.upos(child) == Upos::PRON ? kNoWord : child;
          }
        }
      }
      const Word parent = analysis_.head(w);
      if (parent == kNoWord || !sentence_.contains(parent)) break;
      const std::string_view relation = analysis_.base_relation(w);
      const bool modifies = relation == "nummod" || relation == "amod" || relation == "compound" ||
                            relation == "det" || relation == "advmod" || relation == "nmod";
      if (!modifies || !in_number(w) || is_verb(parent)) break;
      if (parent >= number_.last && (nominal(parent) || analysis_.upos(parent) == Upos::NUM) && relation != "nmod") {
        if (analysis_.upos(parent) == Upos::NUM) {
          w = parent;
          continue;
        }
        return parent;
      }
      if (parent >= number_.last && relation == "nmod" && analysis_.child(w, "case") == kNoWord) return parent;
      break;
    }
    // The tagger took the number for the head of "dozens more people" or lost the noun: the run of
    // adjectives and nouns right behind the number ends in it.
    Word last = kNoWord;
    for (Word next = number_.last; next < sentence_.last && next < number_.last + 5; ++next) {
      const Upos tag = analysis_.upos(next);
      if (next == number_.last && lower(analysis_.form(next)) == "of") continue;
      if (tag == Upos::ADJ && analysis_.has_feature(next, "VerbForm=Part")) break;
      if (tag == Upos::NOUN || tag == Upos::PROPN) last = next;
      else if (tag != Upos::ADJ && tag != Upos::PUNCT && !(tag == Upos::DET && next > number_.last)) break;
      if (tag == Upos::PUNCT && analysis_.form(next) != "-") break;
    }
    if (last != kNoWord && dominated_near(last)) return last;
    // "84 dead", "12 wounded".
    if (number_.last < sentence_.last && analysis_.head(head) == number_.last &&
        analysis_.upos(number_.last) == Upos::ADJ) {
      return number_.last;
    }
    return kNoWord;
  }

  /// A noun right behind a number belongs to it unless another number or preposition stands between.
  bool dominated_near(Word noun) const { return noun - number_.last < 4; }

  std::optional<Found> accept(const MeasureCue* cue, Word by) const {
    if (cue == nullptr) return std::nullopt;
    if (cue->people_only && !people_) return std::nullopt;
    return Found{cue->measure, by};
  }

  /// "2.3 million displaced", "511 wounded": whatever the tree makes of them.
  std::optional<Found> right_behind() const {
    const Word next = number_.last;
    if (next >= sentence_.last) return std::nullopt;
    if (const auto found = accept(find(words_.adjectives, lower(analysis_.form(next))), next)) return found;
    if (is_verb(next) && analysis_.has_feature(next, "VerbForm=Part")) {
      return accept(find(words_.object, analysis_, next), next);
    }
    return std::nullopt;
  }

  /// "put the dead at 300 and the wounded at 2,700": whoever stands before the preposition.
  std::optional<Found> told_at() const {
    if (number_.first < sentence_.first + 3) return std::nullopt;
    const Word before = number_.first - 2;
    if (analysis_.lemma(number_.first - 1) != "at" || analysis_.lemma(before - 1) != "the") return std::nullopt;
    return accept(find(words_.adjectives, lower(analysis_.form(before))), before);
  }

  /// Adjectives, participles and relative clauses on the noun: "12 people killed in", "the 12 who died".
  std::optional<Found> beside(Word w) const {
    if (w == kNoWord) return std::nullopt;
    // "12 dead", "300 wounded": the noun is the cue.
    if (w >= number_.last || !in_number(w)) {
      const std::string lemma = lower_lemma(analysis_, w), form = lower(analysis_.form(w));
      if (const auto found = accept(find(words_.adjectives, form), w)) return found;
      if (analysis_.upos(w) == Upos::ADJ) {
        if (const auto found = accept(find(words_.adjectives, lemma), w)) return found;
      }
    }
    for (const Word child : analysis_.children(w)) {
      if (in_number(child) || of_another_number(w, child)) continue;
      const std::string_view relation = analysis_.base_relation(child);
      const std::string form = lower(analysis_.form(child));
      if (relation == "amod") {
        if (const auto found = accept(find(words_.adjectives, form), child)) return found;
        if (const auto found = accept(find(words_.adjectives, lower_lemma(analysis_, child)), child)) return found;
      } else if (relation == "acl") {
        if (const auto found = of_clause(child)) return found;
      } else if (relation == "nmod") {
        if (words_.risks.contains(lower_lemma(analysis_, child)) && people_) return Found{Measure::at_risk, child};
      }
    }
    return std::nullopt;
  }

  /// "33 hostages, eight of them dead": only the eight are.
  bool of_another_number(Word noun, Word child) const {
    for (Word at = noun + 1; at < child; ++at) {
      if (analysis_.upos(at) == Upos::NUM && !in_number(at)) return true;
    }
    return false;
  }

  /// A participle or relative clause: passive unless it has the pronoun for a subject.
  std::optional<Found> of_clause(Word verb) const {
    if (const auto found = accept(find(words_.adjectives, lower(analysis_.form(verb))), verb)) return found;
    const Word subject = analysis_.child(verb, "nsubj");
    const bool passive = subject == kNoWord || analysis_.relation(subject) == "nsubj:pass";
    const bool active = subject != kNoWord && !passive;
    if (active && analysis_.upos(subject) != Upos::PRON) {
      // "the 12 people (that) the army detained".
      return analysis_.child(verb, "obj") == kNoWord ? accept(find(words_.object, analysis_, verb), verb) : std::nullopt;
    }
    if (active || analysis_.has_feature(verb, "VerbForm=Ger")) return accept(find(words_.subject, analysis_, verb), verb);
    if (const auto found = accept(find(words_.object, analysis_, verb), verb)) return found;
    return accept(find(words_.subject, analysis_, verb), verb);
  }

  /// "hacked 43 worshippers to death", "starved to death"
  std::optional<Found> outcome(Word verb) const {
    for (const Word child : analysis_.children(verb)) {
      if (analysis_.base_relation(child) != "obl" || !people_) continue;
      const MeasureCue* cue = find(words_.outcomes, lower_lemma(analysis_, child));
      const Word to = analysis_.child(child, "case");
      if (cue != nullptr && to != kNoWord && analysis_.lemma(to) == "to") return Found{cue->measure, child};
    }
    return std::nullopt;
  }

  /// "let 225 go": two verbs that are one cue ("let_go").
  std::optional<Found> let_go(Word verb) const {
    for (const std::string_view relation : {"xcomp", "ccomp"}) {
      const Word child = analysis_.child(verb, relation);
      if (child == kNoWord || !is_verb(child)) continue;
      return accept(find(words_.object, lower_lemma(analysis_, verb) + "_" + lower_lemma(analysis_, child)), child);
    }
    return std::nullopt;
  }

  /// A small clause on a verb: "left 84 people dead", "were reported missing", "were left homeless".
  std::optional<Found> small_clause(Word verb) const {
    if (const auto found = outcome(verb)) return found;
    if (const auto found = let_go(verb)) return found;
    for (const Word child : analysis_.children(verb)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation != "xcomp" && relation != "advcl" && relation != "obl" && relation != "advmod" && relation != "ccomp") continue;
      const std::string form = lower(analysis_.form(child));
      if ((relation == "advcl" || relation == "ccomp") && analysis_.child(child, "nsubj") != kNoWord) continue;
      if (relation == "obl" || relation == "advmod") {
        if (words_.risks.contains(form) && people_) return Found{Measure::at_risk, child};
        if (relation == "obl" || !people_) continue;  // "shot dead 110 protesters"
      }
      if (const auto found = accept(find(words_.adjectives, form), child)) return found;
      if (relation == "xcomp") {
        // "were forced to flee", "are believed to have died".
        if (const auto found = accept(find(words_.subject, analysis_, child), child)) return found;
        if (analysis_.child(child, "aux:pass") != kNoWord) {
          if (const auto found = accept(find(words_.object, analysis_, child), child)) return found;
        }
      }
    }
    return std::nullopt;
  }

  /// The toll that a verb's subject or object names: "the death toll rose to 90".
  std::optional<Found> toll(Word verb, Word from) const {
    if (!words_.toll_verbs.contains(lower_lemma(analysis_, verb)) && analysis_.upos(verb) != Upos::NUM) return std::nullopt;
    for (const Word child : analysis_.children(verb)) {
      if (child == from) continue;
      const std::string_view relation = analysis_.base_relation(child);
      if (relation != "nsubj" && relation != "obj") continue;
      const std::string lemma = lower_lemma(analysis_, child);
      if (const MeasureCue* cue = find(words_.of, lemma)) return Found{cue->measure, child};
      if (lemma == "number" || lemma == "total" || lemma == "figure" || lemma == "count" || lemma == "estimate") {
        // "the number of displaced people has reached 2 million".
        for (const Word of : analysis_.children(child)) {
          if (analysis_.base_relation(of) != "nmod") continue;
          if (const auto found = beside(of)) return found;
          if (const MeasureCue* cue = noun_cue(of)) return Found{cue->measure, of};
        }
      } else if (bare_) {
        // "the rebels, who number 5,000": the pronoun stands for what the clause hangs on.
        Word counted = child;
        if (analysis_.upos(child) == Upos::PRON && analysis_.base_relation(verb) == "acl" &&
            analysis_.head(verb) != kNoWord) {
          counted = analysis_.head(verb);
        }
        const MeasureCue* cue = noun_cue(counted);
        const std::string how = lower_lemma(analysis_, verb);
        if (cue != nullptr && (cue->measure != Measure::people || how == "number" || how == "total")) {
          return Found{cue->measure, child};
        }
      }
    }
    return std::nullopt;
  }

  /// "90,000 Ivorians have crossed into Liberia": across a border, with the preposition as a part of the cue.
  std::optional<Found> across(Word counted, Word verb) const {
    if (!people_ || (counted != kNoWord && noun_cue(counted) != nullptr && noun_cue(counted)->measure != Measure::people)) return std::nullopt;
    for (const Word child : analysis_.children(verb)) {
      const Word mark = child > verb ? analysis_.child(child, "case") : kNoWord;
      if (mark == kNoWord || analysis_.upos(child) != Upos::PROPN) continue;
      const std::string phrase = lower_lemma(analysis_, verb) + "_" + lower_lemma(analysis_, mark);
      if (const auto found = accept(find(words_.subject, phrase), verb)) return found;
    }
    return std::nullopt;
  }

  std::optional<Found> above(Word start) const {
    Word w = start;
    for (int steps = 0; steps < 6 && w != kNoWord; ++steps) {
      const Word parent = analysis_.head(w);
      if (parent == kNoWord || !sentence_.contains(parent)) {
        // The number's noun is the root: "84 dead", or a predicate with its own subject.
        if (const auto found = toll(w, kNoWord)) return found;
        return std::nullopt;
      }
      const std::string_view relation = analysis_.base_relation(w);
      const bool passive = analysis_.relation(w) == "nsubj:pass";
      const std::string lemma = lower_lemma(analysis_, parent);
      if (relation == "nsubj") {
        if (passive) {
          if (const auto found = accept(find(words_.object, analysis_, parent), parent)) return found;
          if (const auto found = accept(find(words_.adjectives, lower(analysis_.form(parent))), parent)) return found;
          // "2 million were evacuated": verbs that are told of their subject, passive too.
          if (const auto found = accept(find(words_.subject, analysis_, parent), parent)) return found;
        } else if (is_verb(parent)) {
          if (const auto found = outcome(parent)) return found;
          if (const auto found = let_go(parent)) return found;
          if (const auto found = across(w, parent)) return found;
          if (const MeasureCue* cue = find(words_.subject, analysis_, parent)) {
            const bool object_too = find(words_.object, analysis_, parent) != nullptr && analysis_.child(parent, "obj") != kNoWord;
            if (!object_too) {
              if (const auto found = accept(cue, parent)) return found;
            }
          }
          // A participle that the parser took for an active verb: "511 wounded in the offensive".
          if (analysis_.has_feature(parent, "VerbForm=Part") && analysis_.child(parent, "obj") == kNoWord) {
            if (const auto found = accept(find(words_.object, analysis_, parent), parent)) return found;
          }
        } else {
          if (const auto found = accept(find(words_.adjectives, lower(analysis_.form(parent))), parent)) return found;
          if (words_.risks.contains(lemma) && people_) return Found{Measure::at_risk, parent};
          if (const MeasureCue* cue = noun_cue(parent); cue != nullptr && cue->measure != Measure::people && people_) {
            return Found{cue->measure, parent};
          }
          // "the dead include 12", "600 is the toll".
          if (const MeasureCue* cue = find(words_.of, lemma)) return Found{cue->measure, parent};
        }
        if (const auto found = small_clause(parent)) return found;
        if (const auto found = toll(parent, w)) return found;
        return std::nullopt;
      }
      if (relation == "obj" || relation == "iobj") {
        if (const auto found = accept(find(words_.object, analysis_, parent), parent)) return found;
        if (const auto found = small_clause(parent)) return found;
        if (const auto found = toll(parent, w)) return found;
        return std::nullopt;
      }
      if (relation == "obl" || relation == "advmod" || relation == "xcomp" || relation == "ccomp") {
        if (const auto found = toll(parent, w)) return found;
        if (relation == "xcomp" && !is_verb(w)) {  // "injured 5,287 more", where "more" is taken for a predicate
          if (const auto found = accept(find(words_.object, analysis_, parent), parent)) return found;
        }
        if (!is_verb(parent) && (analysis_.upos(parent) == Upos::ADV || analysis_.upos(parent) == Upos::ADJ)) {
          w = parent;  // "put the toll closer to 600"
          continue;
        }
        const Word mark = analysis_.child(w, "case");
        if (const auto found = given_in_return(w, mark, parent)) return found;
        // "with 12 killed", "more than 40 of whom died" carry their own cue; others end here.
        if (relation != "xcomp" && !(mark != kNoWord && is_including(mark))) return std::nullopt;
      }
      if (relation == "nmod" || relation == "compound" || relation == "appos" || relation == "nummod" || relation == "dep") {
        const Word mark = analysis_.child(w, "case");
        const bool of = mark == kNoWord || analysis_.lemma(mark) == "of" || analysis_.lemma(mark) == "to" ||
                        analysis_.lemma(mark) == "at" || analysis_.lemma(mark) == "by" || analysis_.lemma(mark) == "from";
        if (of) {
          if (const auto found = accept(find(words_.of, lemma), parent)) return found;
        }
        if (const auto found = given_in_return(w, mark, parent)) return found;
        if (relation == "nmod" && !of && !is_including(mark)) return std::nullopt;
      }
      if (relation == "acl" || relation == "advcl" || relation == "parataxis" || relation == "root") return std::nullopt;
      if (relation == "conj" || relation == "appos" || (relation == "nmod" && w != start)) {
        // The first conjunct's cue serves the others: "12 soldiers and 3 civilians killed in ...".
        if (const auto found = people_ ? beside(parent) : std::nullopt) return found;
      }
      if (relation == "conj" && is_verb(parent)) return std::nullopt;
      w = parent;
    }
    return std::nullopt;
  }

  /// "freed 33 hostages in exchange for 290 prisoners": what is given for those let go is let go too.
  std::optional<Found> given_in_return(Word w, Word mark, Word above) const {
    if (!people_ || mark == kNoWord || !words_.in_return.contains(lower(analysis_.form(mark)))) return std::nullopt;
    const MeasureCue* own = noun_cue(w);
    if (own == nullptr || (own->measure != Measure::detained && own->measure != Measure::held)) return std::nullopt;
    for (int steps = 0; steps < 4 && above != kNoWord; ++steps, above = analysis_.head(above)) {
      const MeasureCue* cue = find(is_verb(above) ? words_.object : words_.of, analysis_, above);
      if (cue != nullptr && cue->measure == Measure::released) return Found{cue->measure, above};
    }
    return std::nullopt;
  }

  bool is_including(Word mark) const {
    const std::string form = lower(analysis_.form(mark));
    return form == "including" || form == "among" || form == "of";
  }

  /// Without help from the tree: the nearest cue in the clause, behind before in front.
  std::optional<Found> around() const {
    const Word limit = std::min<Word>(sentence_.last, number_.last + 7);
    for (Word w = number_.last; w < limit; ++w) {
      const std::string form = lower(analysis_.form(w));
      if (form == "," || form == ";" || form == ":" || form == "and" || form == "." || form == "by") break;
      if (w > number_.last && analysis_.upos(w) == Upos::NUM) break;
      if (const auto found = accept(find(words_.adjectives, form), w)) return found;
      if (is_verb(w) && analysis_.has_feature(w, "VerbForm=Part")) {
        if (const auto found = accept(find(words_.object, analysis_, w), w)) return found;
      }
      if (is_verb(w)) {
        if (const auto found = accept(find(words_.subject, analysis_, w), w)) return found;
      }
    }
    Word begin = number_.first > sentence_.first + 5 ? number_.first - 5 : sentence_.first;
    for (Word w = number_.first; w > begin; --w) {
      const Word at = w - 1;
      const std::string form = lower(analysis_.form(at));
      if (form == ";" || form == ":" || form == "." || form == "to") break;
      if (form == "," && !bare_) break;
      if (is_verb(at)) {
        const bool participle_of_passive = analysis_.child(at, "aux:pass") != kNoWord;
        if (participle_of_passive) break;
        if (const auto found = accept(find(words_.object, analysis_, at), at)) return found;
        break;
      }
      if (const MeasureCue* cue = find(words_.of, lower_lemma(analysis_, at)); cue != nullptr && (w == number_.first || (w + 1 == number_.first && lower(analysis_.form(w)) == "of"))) {
        return Found{cue->measure, at};
      }
    }
    return std::nullopt;
  }

  const Analysis& analysis_;
  const WordRange number_;
  const WordRange sentence_;
  const FigureWords& words_;
  bool people_ = false;
  bool bare_ = false;
};

}  // namespace

std::string lower_lemma(const Analysis& analysis, Word word) {
  return word == kNoWord ? std::string() : lower(analysis.lemma(word));
}

std::string counted_noun(const Analysis& analysis, Word word) {
  return word == kNoWord ? std::string() : singular(lower(analysis.lemma(word)));
}

Counted counted_by(const Analysis& analysis, WordRange number, WordRange sentence, const FigureWords& words) {
  return Counter(analysis, number, sentence, words).count();
}

}  // namespace parley
