// Where events happened and what figures are of, from their own words.
//
// Idea: the place in the predicate's ARGM-LOC, or in a phrase with a preposition of place that hangs on the
// trigger, or what a verb of going and striking is done to ("struck Beirut"); of a deed told by a noun
// ("carried out an attack in X") the verb's, too. The first named is the nearest ("in Rafah, in the south of
// Gaza"). No place is taken from the dateline or another sentence: null then. Cost: the subtree of each
// trigger's phrases of place. Test: tests/record/places_test.cc.
#include <algorithm>

#include "knowledge/actors.h"
#include "record/extract.h"

namespace parley {
namespace {

constexpr Word kMostWords = 80;
constexpr std::int32_t kNoPlace = Context::kNone;

class Assigner {
 public:
  explicit Assigner(Context& context)
      : context_(context), analysis_(context.analysis), words_(context.knowledge.places), places_(context.record.places) {
    begins_.reserve(analysis_.size());
    for (Word w = 0; w < analysis_.size(); ++w) begins_.push_back(context.span(w).begin);
    place_of_ = context.place_of_word;
    for (std::int32_t& place : place_of_) {
      if (place != kNoPlace && places_[static_cast<std::size_t>(place)].use == PlaceUse::adjective) place = kNoPlace;
    }
  }

  void run() {
    for (Event& event : context_.record.events) {
      if (!event.place) event.place = id(of_trigger(head_of(event.trigger)));
    }
    for (Figure& figure : context_.record.figures) {
      if (!figure.place) figure.place = id(of_figure(word_at(figure.span.end - 1)));
    }
  }

 private:
  Word word_at(std::uint32_t begin) const {
    const auto found = std::upper_bound(begins_.begin(), begins_.end(), begin);
    return found == begins_.begin() ? 0 : static_cast<Word>(found - begins_.begin() - 1);
  }

  Word head_of(Span span) const {
    if (begins_.empty()) return kNoWord;
    const Word first = word_at(span.begin);
    Word last = first;
    while (last < analysis_.size() && begins_[last] < span.end) ++last;
    return analysis_.head_of({first, std::max(last, first + 1)});
  }

  std::optional<Id> id(std::int32_t place) const {
    if (place == kNoPlace) return std::nullopt;
    return places_[static_cast<std::size_t>(place)].id;
  }

  std::int32_t first_in(WordRange range, bool literal) const {
    // A bound on phrases that only machines write.
    for (Word w = range.first; w < range.last && w < range.first + kMostWords; ++w) {
      const std::int32_t place = place_of_[w];
      if (place == kNoPlace) continue;
      if (!literal || places_[static_cast<std::size_t>(place)].use == PlaceUse::literal) return place;
    }
    return kNoPlace;
  }

  bool has_locative(Word word) const {
    for (const Word child : analysis_.children(word)) {
      if (analysis_.base_relation(child) != "case") continue;
      if (words_.only_locative(fold_name(analysis_.lemma(child))) || analysis_.lemma(child) == "on") return true;
    }
    return false;
  }

  /// A phrase of place that hangs on this word.
  std::int32_t beside(Word word) const {
    if (const Predicate* predicate = analysis_.predicate_at(word)) {
      for (const Role& role : predicate->roles) {
        if (role.label != "ARGM-LOC" && role.label != "ARGM-GOL" && role.label != "ARGM-DIR") continue;
        if (const std::int32_t place = first_in(role.words, false); place != kNoPlace) return place;
      }
      if (words_.going(analysis_.lemma(word))) {
        for (const Role& role : predicate->roles) {
          if (role.label != "ARG1" && role.label != "ARG2" && role.label != "ARG4") continue;
          if (const std::int32_t place = first_in(role.words, true); place != kNoPlace) return place;
        }
      }
    }
    for (const Word child : analysis_.children(word)) {
      const std::string_view relation = analysis_.base_relation(child);
      const bool phrase = relation == "obl" || relation == "nmod";
      if (phrase && has_locative(child)) {
        if (const std::int32_t place = first_in(analysis_.subtree(child), false); place != kNoPlace) return place;
      }
      // "the attack on a market in Goma": through what was attacked.
      if (phrase) {
        for (const Word below : analysis_.children(child)) {
          if (analysis_.base_relation(below) != "nmod" || !has_locative(below)) continue;
          if (const std::int32_t place = first_in(analysis_.subtree(below), false); place != kNoPlace) return place;
        }
      }
      if (relation == "compound" && analysis_.upos(word) == Upos::NOUN && place_of_[child] != kNoPlace &&
          places_[static_cast<std::size_t>(place_of_[child])].use == PlaceUse::literal) {
        return place_of_[child];
      }
    }
    return kNoPlace;
  }

  std::int32_t of_trigger(Word trigger) const {
    if (trigger == kNoWord) return kNoPlace;
    if (const std::int32_t place = beside(trigger); place != kNoPlace) return place;
    // What is done to somebody in a place: "killed two people in Goma" with the phrase on "people".
    for (const Word child : analysis_.children(trigger)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation != "obj" && relation != "nsubj") continue;
      if (relation == "nsubj" && analysis_.relation(child) != "nsubj:pass") continue;
      if (const std::int32_t place = beside(child); place != kNoPlace) return place;
    }
    // "carried out an attack in X": the phrase may hang on the verb.
    const Word governor = analysis_.head(trigger);
    if (analysis_.upos(trigger) == Upos::NOUN && governor != kNoWord && analysis_.upos(governor) == Upos::VERB) {
      const std::string_view relation = analysis_.base_relation(trigger);
      if (relation == "obj" || relation == "nsubj") return beside(governor);
    }
    return kNoPlace;
  }

  std::int32_t of_figure(Word number) const {
    if (number >= analysis_.size()) return kNoPlace;
    Word word = number;
    for (int step = 0; step < 3; ++step) {  // from "at least 20" to what is counted
      const std::string_view relation = analysis_.base_relation(word);
      const Word up = analysis_.head(word);
      if (up == kNoWord || (relation != "nummod" && relation != "advmod" && relation != "case" && relation != "compound" &&
                            relation != "det" && relation != "amod")) {
        break;
      }
      word = up;
    }
    if (const std::int32_t place = beside(word); place != kNoPlace) return place;
    const Word verb = analysis_.head(word);
    if (verb == kNoWord || analysis_.upos(verb) != Upos::VERB) return kNoPlace;
    const std::string_view relation = analysis_.base_relation(word);
    return relation == "nsubj" || relation == "obj" || relation == "obl" ? beside(verb) : kNoPlace;
  }

  Context& context_;
  const Analysis& analysis_;
  const PlaceWords& words_;
  const std::vector<Place>& places_;
  std::vector<std::uint32_t> begins_;
  std::vector<std::int32_t> place_of_;
};

}  // namespace

void assign_places(Context& context) {
  if (context.analysis.size() > 0 && !context.record.places.empty()) Assigner(context).run();
}

}  // namespace parley
