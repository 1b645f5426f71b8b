// Which words are toponyms.
//
// Idea: the name recogniser's places and nationalities, the entity layer's states, places and sites,
// places at the head of a body's name ("Nairobi City Council") or after its "of", roads by their
// last word, and names that the gazetteer has where the words around them speak of a place ("in X", "X,
// Ohio", the same name called a place elsewhere in the report). Counter-example: "Paris Hilton": words of
// a person's name are none, whatever the gazetteer says. Cost: a few look-ups a capitalised word.
// Tests: tests/record/places_test.cc.
#include <algorithm>
#include <unordered_set>

#include "knowledge/actors.h"
#include "record/place_draft.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr Word kLongestName = 6;

bool starts_upper(std::string_view form) {
  const CodePoint c = decode_utf8(form, 0);
  return c.valid && is_upper(c.value);
}

class Finder {
 public:
  explicit Finder(const Context& context)
      : context_(context),
        analysis_(context.analysis),
        words_(context.knowledge.places),
        gazetteer_(words_.gazetteer()),
        actors_(context.knowledge.actors),
        taken_(context.analysis.size(), 0),
        person_(context.analysis.size(), 0) {
    folded_.reserve(analysis_.size());
    for (Word w = 0; w < analysis_.size(); ++w) folded_.push_back(fold_name(analysis_.form(w)));
  }

  std::vector<FoundToponym> run() {
    mark_people();
    for (const Name& name : analysis_.names()) {
      if (name.words.empty() || !reads(name.words.first)) continue;
      switch (name.type) {
        case NameType::GPE:
        case NameType::LOC: place_name(name.words, false); break;
        case NameType::FAC: place_name(name.words, true); break;
        default: break;
      }
    }
    for (const Name& name : analysis_.names()) {
      if (!name.words.empty() && name.type == NameType::NORP && reads(name.words.first)) adjective(name.words);
    }
    entity_names();
    for (const Name& name : analysis_.names()) {
      if (name.words.empty() || !reads(name.words.first)) continue;
      if (name.type == NameType::ORG || name.type == NameType::EVT) body_name(name.words);
    }
    missed();
    std::sort(found_.begin(), found_.end(),
              [](const FoundToponym& a, const FoundToponym& b) { return a.words.first < b.words.first; });
    return std::move(found_);
  }

 private:
  bool reads(Word word) const {
    const SectionKind kind = context_.section_of_sentence[analysis_.sentence_of(word)];
    return kind != SectionKind::label && kind != SectionKind::boilerplate && kind != SectionKind::byline;
  }

  void mark_people() {
    for (const Name& name : analysis_.names()) {
      if (name.type != NameType::PER) continue;
      for (Word w = name.words.first; w < name.words.last; ++w) person_[w] = 1;
    }
  }

  bool is_person(WordRange words) const {
    for (Word w = words.first; w < words.last; ++w) {
      const std::int32_t entity = context_.entity_of_word[w];
      if (entity == Context::kNone) return false;
      if (context_.record.entities[static_cast<std::size_t>(entity)].kind != EntityKind::person) return false;
      if (person_[w] == 0) return false;
    }
    return true;
  }

  std::string joined(WordRange words) const {
    std::string out;
    for (Word w = words.first; w < words.last; ++w) {
      if (folded_[w].empty()) continue;
      if (!out.empty()) out += ' ';
      out += folded_[w];
    }
    return out;
  }

  WordRange trimmed(WordRange words) const {
    const auto loose = [&](Word w) {
      const std::string_view form = analysis_.form(w);
      return analysis_.upos(w) == Upos::PUNCT || analysis_.upos(w) == Upos::DET || form == "'s" || form == "’s" ||
             analysis_.upos(w) == Upos::ADP;
    };
    while (!words.empty() && loose(words.first)) ++words.first;
    while (!words.empty() && loose(words.last - 1)) --words.last;
    return words;
  }

  bool put(FoundToponym found) {
    if (found.words.empty() || found.folded.empty()) return false;
    for (Word w = found.words.first; w < found.words.last; ++w) {
      if (taken_[w] != 0) return false;
    }
    for (Word w = found.words.first; w < found.words.last; ++w) taken_[w] = 1;
    known_.insert(found.folded);
    found_.push_back(std::move(found));
    return true;
  }

  /// A recognised place; "Paris, Texas" as one name is two.
  void place_name(WordRange words, bool facility) {
    Word begin = words.first;
    for (Word w = words.first; w <= words.last; ++w) {
      if (w < words.last && analysis_.form(w) != "," && analysis_.form(w) != "/") continue;
      const WordRange part = trimmed({begin, w});
      begin = w + 1;
      if (part.empty() || is_person(part) || context_.time_of_word[part.first] != Context::kNone) continue;
      if (part.size() == 1 && (words_.never_alone(folded_[part.first]) || folded_[part.first].size() < 2)) continue;
      if (!gazetteer_.knows(joined(part)) && adjective_at(part)) continue;  // "Sri Lankan" taken for a place
      FoundToponym found;
      found.words = part;
      found.folded = joined(part);
      found.facility = facility || road(part);
      found.sure = true;
      if (found.facility || part.size() > 1) found.base = base_of(part, found.folded);
      put(std::move(found));
    }
  }

  /// "Paris" of "Paris High School", which no list has.
  std::string base_of(WordRange words, const std::string& folded) const {
    if (words.size() < 2 || gazetteer_.knows(folded)) return {};
    for (const std::string& variant : words_.variants(folded)) {
      if (gazetteer_.knows(variant)) return {};
    }
    const WordRange known = known_at(words.first, words.last - 1);
    if (known.empty() || (known.size() == 1 && words_.never_alone(folded_[known.first]))) return {};
    return joined(known);
  }

  bool road(WordRange words) const {
    return words.size() > 1 && (words_.road(folded_[words.last - 1]) ||
                                words_.numbered_road(joined({words.first, words.last - 1})));
  }

  void adjective(WordRange words) {
    words = trimmed(words);
    if (words.empty() || is_person(words)) return;
    const Word head = analysis_.head_of(words);
    if (head == kNoWord) return;
    const std::string_view relation = analysis_.base_relation(head);
    const bool adjectival = analysis_.upos(head) == Upos::ADJ || relation == "amod" || relation == "compound" ||
                            relation == "nmod" || relation == "conj";
    if (!adjectival || analysis_.xpos(head) == "NNPS" || analysis_.xpos(head) == "NNS") return;
    adjective_at(words);
  }

  bool adjective_at(WordRange words, bool embedded = false) {
    FoundToponym found;
    found.words = words;
    found.adjective = true;
    found.embedded = embedded;
    const std::string folded = joined(words);
    if (const std::string_view region = words_.place_of_adjective(folded); !region.empty()) {
      found.folded = region;
    } else if (const auto* names = actors_.find(folded)) {
      for (const ActorName& name : *names) {
        const Actor& actor = actors_.actor(name.actor);
        if (name.use != NameUse::adjective || actor.country.size() != 3) continue;
        found.country = actor.country;
        const auto state = actors_.state(actor.country);
        found.folded = state ? fold_name(actors_.actor(*state).name) : folded;
        break;
      }
    }
    if (found.folded.empty()) return false;
    found.sure = false;
    return put(std::move(found));
  }

  /// States, places and sites that the entity layer knows and the recogniser did not call so.
  void entity_names() {
    // Words by where they begin, to find those of a mention's span.
    for (const Entity& entity : context_.record.entities) {
      const bool place = entity.kind == EntityKind::country || entity.kind == EntityKind::place ||
                         entity.kind == EntityKind::facility;
      if (!place) continue;
      for (const EntityMention& mention : entity.mentions) {
        if (mention.form != MentionForm::name && mention.form != MentionForm::adjective) continue;
        const WordRange words = trimmed(words_of(mention.span));
        if (words.empty() || context_.time_of_word[words.first] != Context::kNone) continue;
        if (!reads(words.first) || !starts_upper(analysis_.form(words.last - 1))) continue;
        if (mention.form == MentionForm::adjective) {
          adjective_at(words);
        } else {
          name_at(words, entity.kind == EntityKind::facility);
        }
      }
    }
  }

  bool name_at(WordRange words, bool facility, bool embedded = false) {
    FoundToponym found;
    found.words = words;
    found.folded = joined(words);
    found.facility = facility;
    found.embedded = embedded;
    found.sure = !embedded;
    return put(std::move(found));
  }

  WordRange words_of(Span span) {
    if (begins_.empty()) {
      begins_.reserve(analysis_.size());
      for (Word w = 0; w < analysis_.size(); ++w) begins_.push_back(context_.span(w).begin);
    }
    const auto first = std::lower_bound(begins_.begin(), begins_.end(), span.begin);
    const auto last = std::lower_bound(first, begins_.end(), span.end);
    return {static_cast<Word>(first - begins_.begin()), static_cast<Word>(last - begins_.begin())};
  }

  /// The longest known place that begins at `w` and ends before `limit`.
  WordRange known_at(Word w, Word limit) const {
    WordRange best{w, w};
    std::string key;
    for (Word end = w; end < limit && end < w + kLongestName; ++end) {
      if (folded_[end].empty()) break;
      if (!key.empty()) key += ' ';
      key += folded_[end];
      if (gazetteer_.knows(key) && starts_upper(analysis_.form(end))) best.last = end + 1;
    }
    return best;
  }

  double largest(WordRange words) const {
    double most = -1.0;
    for (const Gazetteer::Match& match : gazetteer_.find(joined(words), 4)) {
      const auto place = gazetteer_.place(match.index);
      if (!place || (match.other_name && place->kind >= PlaceKind::admin2)) continue;
      most = std::max(most, place->kind <= PlaceKind::admin1 || place->kind >= PlaceKind::water ? 1e9
                                                                                                  : place->inhabitants);
    }
    return most;
  }

  /// "Nairobi City Council", "University of Nairobi", "Kenyan Red Cross".
  void body_name(WordRange words) {
    words = trimmed(words);
    if (words.size() < 2) {
      // "EU", "Washington" as one who acts: known to the gazetteer as large.
      if (!words.empty() && all_of_a_state(words)) name_at(words, false);
      return;
    }
    if (all_of_a_state(words)) {
      name_at(words, false);
      return;
    }
    embedded_at(words.first, words.last);
    for (Word w = words.first + 1; w + 1 < words.last; ++w) {
      if (folded_[w] == "of" || folded_[w] == "in" || folded_[w] == "for" || folded_[w] == "the") {
        embedded_at(w + 1, words.last);
      }
    }
  }

  bool all_of_a_state(WordRange words) const {
    for (const Gazetteer::Match& match : gazetteer_.find(joined(words), 4)) {
      const auto place = gazetteer_.place(match.index);
      if (place && (place->kind <= PlaceKind::country)) return true;
    }
    return false;
  }

  void embedded_at(Word first, Word limit) {
    if (taken_[first] != 0 || person_[first] != 0 || !starts_upper(analysis_.form(first))) return;
    for (Word end = std::min(limit, first + 2); end > first; --end) {
      const WordRange words{first, end};
      if (end < limit && adjective_at(words, true)) return;
    }
    const WordRange words = known_at(first, limit);
    if (words.empty() || (words.size() == 1 && words_.never_alone(folded_[first]))) return;
    const double size = largest(words);
    if (size >= 100000.0 || known_.contains(joined(words))) name_at(words, false, true);
  }

  /// Names the recogniser passed over, where the text around them speaks of a place.
  void missed() {
    for (const Sentence& sentence : analysis_.sentences()) {
      if (sentence.words.empty() || !reads(sentence.words.first)) continue;
      for (Word w = sentence.words.first; w < sentence.words.last; ++w) {
        if (taken_[w] != 0 || person_[w] != 0 || !starts_upper(analysis_.form(w)) || in_name(w)) continue;
        Word limit = w;
        while (limit < sentence.words.last && taken_[limit] == 0 && person_[limit] == 0 && !in_name(limit)) ++limit;
        const WordRange words = known_at(w, limit);
        if (words.empty() || (words.size() == 1 && words_.never_alone(folded_[w]))) continue;
        if (context_.time_of_word[w] != Context::kNone) continue;
        if (accepted(words, sentence.words) && name_at(words, false)) w = words.last - 1;
      }
    }
  }

  bool in_name(Word w) const {
    // Names of other kinds were read as wholes.
    const auto& names = analysis_.names();
    auto after = std::upper_bound(names.begin(), names.end(), w,
                                  [](Word word, const Name& name) { return word < name.words.first; });
    if (after == names.begin()) return false;
    --after;
    return after->words.contains(w) && after->type != NameType::NORP;
  }

  bool accepted(WordRange words, WordRange sentence) const {
    bool proper = false;
    for (Word w = words.first; w < words.last; ++w) proper = proper || analysis_.upos(w) == Upos::PROPN;
    if (!proper) return false;
    const bool next_proper = words.last < sentence.last && analysis_.upos(words.last) == Upos::PROPN &&
                             analysis_.form(words.last) != ",";
    const bool previous_proper = words.first > sentence.first && analysis_.upos(words.first - 1) == Upos::PROPN &&
                                 taken_[words.first - 1] == 0;
    if (next_proper || previous_proper) return false;
    if (known_.contains(joined(words))) return true;
    const bool after_place_word =
        words.first > sentence.first && words_.only_locative(folded_[words.first - 1]);
    return after_place_word && largest(words) >= 15000.0;
  }

  const Context& context_;
  const Analysis& analysis_;
  const PlaceWords& words_;
  const Gazetteer& gazetteer_;
  const Actors& actors_;
  std::vector<std::uint8_t> taken_;
  std::vector<std::uint8_t> person_;
  std::vector<std::string> folded_;
  std::vector<std::uint32_t> begins_;
  std::vector<FoundToponym> found_;
  std::unordered_set<std::string> known_;
};

}  // namespace

std::vector<FoundToponym> find_toponyms(const Context& context) { return Finder(context).run(); }

}  // namespace parley
