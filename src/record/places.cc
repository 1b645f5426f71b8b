// Toponyms and where they are; where events happened and what figures are of.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "knowledge/actors.h"
#include "record/extract.h"
#include "record/place_draft.h"
#include "record/place_resolve.h"

namespace parley {
namespace {

class Extractor {
 public:
  explicit Extractor(Context& context)
      : context_(context), analysis_(context.analysis), words_(context.knowledge.places) {}

  void run() {
    found_ = find_toponyms(context_);
    names_of_.reserve(found_.size());
    for (std::size_t i = 0; i < found_.size(); ++i) names_of_.push_back(name_of(i));
    for (std::size_t i = 0; i < found_.size(); ++i) hints(i);
    resolve_places(words_, names_);
    for (std::size_t i = 0; i < found_.size(); ++i) emit(i);
  }

 private:
  /// The report's name that this toponym is one mention of.
  std::uint32_t name_of(std::size_t i) {
    FoundToponym& found = found_[i];
    if (!found.adjective && found.words.last < analysis_.size() && analysis_.upos(found.words.last) == Upos::NOUN) {
      // "Rafah crossing": the site, where lists have it.
      const std::string longer = found.folded + ' ' + fold_name(analysis_.form(found.words.last));
      if (words_.gazetteer().knows(longer)) found.folded = longer;
    }
    const std::string key = found.folded + '\t' + found.country + (found.facility ? "\tF" : "");
    const auto [at, is_new] = keys_.try_emplace(key, static_cast<std::uint32_t>(names_.size()));
    const std::uint32_t at_index = at->second;  // the table may move
    if (is_new) {
      PlaceName name;
      name.folded = found.folded;
      name.country = found.country;
      name.facility = found.facility || words_.part_of_name(found.folded);
      if (!names_of_.empty()) {
        for (std::size_t k = names_of_.size(); k > 0 && name.before == UINT32_MAX; --k) {
          if (!names_[names_of_[k - 1]].facility) name.before = names_of_[k - 1];
        }
      }
      names_.push_back(std::move(name));
      if (!found.base.empty()) {
        const auto [base, is_new_base] = keys_.try_emplace(found.base + '\t', static_cast<std::uint32_t>(names_.size()));
        if (is_new_base) {
          names_.emplace_back();
          names_.back().folded = found.base;
          names_.back().mentions = 1;
        }
        names_[at_index].inside.push_back(base->second);
      }
    }
    ++names_[at_index].mentions;
    return at_index;
  }

  /// What the words beside a toponym say of it: what it lies in, what it is.
  void hints(std::size_t i) {
    const FoundToponym& found = found_[i];
    PlaceName& name = names_[names_of_[i]];
    if (found.adjective) return;
    if (i + 1 < found_.size() && !found_[i + 1].adjective && !found_[i + 1].embedded) {
      const FoundToponym& next = found_[i + 1];
      const Word between = next.words.first - found.words.last;
      if (analysis_.sentence_of(found.words.first) == analysis_.sentence_of(next.words.first)) {
        const std::string_view first = found.words.last < analysis_.size() ? analysis_.form(found.words.last) : "";
        const bool comma = between == 1 && (first == "," || first == "(");
        const bool in = between >= 1 && between <= 3 && holds(found.words.last, next.words.first);
        if ((comma || in) && names_of_[i] != names_of_[i + 1] && name.inside.size() < 4) {
          name.inside.push_back(names_of_[i + 1]);
        }
      }
    }
    const auto kind = [&](Word w) {
      if (w >= analysis_.size()) return;
      if (const auto* kinds = words_.kinds(fold_name(analysis_.lemma(w)))) {
        if (name.kinds.empty()) name.kinds = *kinds;
      }
    };
    // "X province"; "the town of X", "the village X".
    if (found.words.last < analysis_.size() && analysis_.upos(found.words.last) == Upos::NOUN) kind(found.words.last);
    if (found.words.first >= 2 && analysis_.lemma(found.words.first - 1) == "of") kind(found.words.first - 2);
    if (found.words.first >= 1 && analysis_.upos(found.words.first - 1) == Upos::NOUN) kind(found.words.first - 1);
  }

  /// "in", "in southern", "in the": words that put one place into the other.
  bool holds(Word first, Word last) const {
    if (fold_name(analysis_.form(first)) == "," && first + 1 < last) ++first;
    const std::string word = fold_name(analysis_.form(first));
    return word == "in" && first < last;
  }

  void emit(std::size_t i) {
    const FoundToponym& found = found_[i];
    const PlaceName& name = names_[names_of_[i]];
    if (!name.place && !found.sure) return;
    Place place;
    place.id = "p" + std::to_string(context_.record.places.size() + 1);
    place.span = context_.span(found.words);
    place.use = use_of(context_, found);
    place.name = std::string(context_.slice(found.words));
    if (name.place) {
      if (const auto entry = words_.gazetteer().place(*name.place)) {
        if (!name.borrowed) place.name = std::string(entry->name);
        if (!entry->country.empty()) place.country = std::string(entry->country);
        place.admin = admin_of(*name.place);
        place.latitude = entry->latitude;
        place.longitude = entry->longitude;
        if (entry->geonames != 0 && !name.borrowed) place.geonames = entry->geonames;
      }
    }
    const auto index = static_cast<std::int32_t>(context_.record.places.size());
    for (Word w = found.words.first; w < found.words.last; ++w) context_.place_of_word[w] = index;
    context_.record.places.push_back(std::move(place));
  }

  std::optional<std::string> admin_of(std::uint32_t index) const {
    std::optional<std::uint32_t> at = index;
    for (int step = 0; at && step < 6; ++step) {
      const auto place = words_.gazetteer().place(*at);
      if (!place) break;
      if (place->kind == PlaceKind::admin1) return std::string(place->name);
      at = place->inside;
    }
    return std::nullopt;
  }

  Context& context_;
  const Analysis& analysis_;
  const PlaceWords& words_;
  std::vector<FoundToponym> found_;
  std::vector<std::uint32_t> names_of_;
  std::vector<PlaceName> names_;
  std::unordered_map<std::string, std::uint32_t> keys_;
};

}  // namespace

void extract_places(Context& context) { Extractor(context).run(); }

}  // namespace parley
