// Which place a name means.
//
// Idea: every candidate starts with what is known without the report (a state before a division before a
// town, a million inhabitants before a thousand), gains when the text says what it lies in or what it is,
// and gains by the company it keeps: the states and divisions of the other names' likely places, and those
// places' nearness. The others' likely places are soft (shares of an exponential), and the weighing is
// done three times over, so that a report full of small towns of one county pulls itself together while no
// single name decides. Example: "Springfield … Clark County … Ohio" is in Ohio though Missouri's is
// larger. Counter-example: a report that names one Springfield and nothing else gets the largest.
// Cost: names x candidates (24 at most) x anchors (32 at most), three times; linear in the report.
// Tests: tests/record/places_test.cc. After Leidner 2007 (spatial minimality, one referent per discourse)
// and Speriosu and Baldridge 2013 (weighted minimum distance).
#include "record/place_resolve.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "knowledge/actors.h"

namespace parley {
namespace {

constexpr std::size_t kMostCandidates = 24;
constexpr std::size_t kMostAnchors = 32;
constexpr int kRounds = 3;
constexpr double kNearKm = 120.0;      // how far a neighbour's pull reaches
constexpr double kInsideBonus = 7.0;   // the text says so
constexpr double kKindBonus = 2.0;     // "the village of X"
constexpr double kOtherName = -1.2;    // known by another language's name …
constexpr double kNamesakes = -2.0;    // … where others have it for their usual one
constexpr double kCountryPull = 2.2;
constexpr double kAdminPull = 2.6;
constexpr double kNearPull = 2.0;
constexpr double kSharpness = 1.6;
constexpr double kSize = 0.8;          // of ten times the inhabitants

double kilometres(double a, double b, double c, double d) {
  constexpr double kRadian = 3.14159265358979323846 / 180.0;
  a *= kRadian, b *= kRadian, c *= kRadian, d *= kRadian;
  const double u = std::sin((c - a) / 2.0);
  const double v = std::sin((d - b) / 2.0);
  const double h = u * u + std::cos(a) * std::cos(c) * v * v;
  return 12742.0 * std::asin(std::min(1.0, std::sqrt(h)));
}

double prior(const GazetteerPlace& place) {
  const double size = kSize * std::log10(1.0 + place.inhabitants);
  switch (place.kind) {
    case PlaceKind::continent: return 9.0;
    case PlaceKind::country: return 8.0;
    case PlaceKind::region: return 7.2;
    case PlaceKind::water: return 5.6;
    case PlaceKind::land: return 5.6;
    case PlaceKind::facility: return 5.6;
    case PlaceKind::admin1: return std::max(3.0, size - 0.3);
    case PlaceKind::admin2: return std::max(1.2, size - 0.9);
    case PlaceKind::capital: return size + 1.3;
    case PlaceKind::town: return size;
  }
  return size;
}

struct Candidate {
  std::uint32_t index = 0;
  GazetteerPlace place;
  std::uint32_t admin = UINT32_MAX;  // the first-order division, itself for one
  bool other_name = false;
  double base = 0.0;
  double score = 0.0;
  double share = 0.0;
};

class Resolver {
 public:
  Resolver(const PlaceWords& words, std::vector<PlaceName>& names)
      : words_(words), gazetteer_(words.gazetteer()), names_(names), candidates_(names.size()) {}

  void run() {
    for (std::size_t i = 0; i < names_.size(); ++i) look_up(i);
    for (std::size_t i = 0; i < names_.size(); ++i) weigh_text(i);
    for (std::size_t i = 0; i < names_.size(); ++i) share_out(i);
    for (int round = 0; round < kRounds; ++round) {
      gather();
      for (std::size_t i = 0; i < names_.size(); ++i) weigh_company(i);
      for (std::size_t i = 0; i < names_.size(); ++i) share_out(i);
    }
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (const Candidate* best = top(i)) names_[i].place = best->index;
    }
    for (PlaceName& name : names_) borrow(name);
  }

 private:
  void look_up(std::size_t i) {
    PlaceName& name = names_[i];
    take(i, name.folded, 0.0);
    if (candidates_[i].empty() && name.country.empty()) {
      for (const std::string& variant : words_.variants(name.folded)) {
        take(i, variant, -0.5);
        if (!candidates_[i].empty()) break;
      }
    }
    std::vector<Candidate>& all = candidates_[i];
    const auto usual = [](const Candidate& each) { return !each.other_name; };
    if (std::any_of(all.begin(), all.end(), usual)) {
      for (Candidate& each : all) {
        if (each.other_name && each.place.kind >= PlaceKind::admin1) each.base += kNamesakes;
      }
    }
  }

  void take(std::size_t i, std::string_view folded, double discount) {
    const PlaceName& name = names_[i];
    for (const Gazetteer::Match& match : gazetteer_.find(folded, kMostCandidates)) {
      const auto place = gazetteer_.place(match.index);
      if (!place) continue;
      if (!name.country.empty() && (place->kind != PlaceKind::country || place->country != name.country)) continue;
      Candidate candidate;
      candidate.index = match.index;
      candidate.place = *place;
      candidate.base = prior(*place) + discount;
      // "New York" for "New York City" is a usual name.
      candidate.other_name = match.other_name && !fold_name(place->name).starts_with(std::string(folded) + ' ');
      if (candidate.other_name && place->kind >= PlaceKind::admin1) candidate.base += kOtherName;
      candidate.admin = admin_of(match.index);
      candidates_[i].push_back(candidate);
    }
  }

  /// The first-order division a place lies in or is; UINT32_MAX for none.
  std::uint32_t admin_of(std::uint32_t index) const {
    std::optional<std::uint32_t> at = index;
    for (int step = 0; at && step < 5; ++step) {
      const auto place = gazetteer_.place(*at);
      if (!place) break;
      if (place->kind == PlaceKind::admin1) return *at;
      at = place->inside;
    }
    return UINT32_MAX;
  }

  bool lies_in(std::uint32_t index, std::uint32_t outer) const {
    std::optional<std::uint32_t> at = index;
    for (int step = 0; at && step < 6; ++step) {
      if (*at == outer && step > 0) return true;
      const auto place = gazetteer_.place(*at);
      if (!place) return false;
      at = place->inside;
    }
    return false;
  }

  void weigh_text(std::size_t i) {
    PlaceName& name = names_[i];
    for (Candidate& candidate : candidates_[i]) {
      if (std::find(name.kinds.begin(), name.kinds.end(), candidate.place.kind) != name.kinds.end()) {
        candidate.base += kKindBonus;
      }
      const bool inside = std::any_of(name.inside.begin(), name.inside.end(), [&](std::uint32_t outer) {
        return std::any_of(candidates_[outer].begin(), candidates_[outer].end(),
                           [&](const Candidate& wide) { return lies_in(candidate.index, wide.index); });
      });
      if (inside) candidate.base += kInsideBonus;
      candidate.score = candidate.base;
    }
    // What is inside tells which of the outer ones is meant, too: Georgia has an Athens.
    for (const std::uint32_t outer : name.inside) {
      for (Candidate& wide : candidates_[outer]) {
        const bool holds = std::any_of(candidates_[i].begin(), candidates_[i].end(), [&](const Candidate& small) {
          return lies_in(small.index, wide.index);
        });
        if (holds) wide.base += 1.5;
        wide.score = wide.base;
      }
    }
  }

  void share_out(std::size_t i) {
    std::vector<Candidate>& all = candidates_[i];
    if (all.empty()) return;
    double most = all.front().score;
    for (const Candidate& each : all) most = std::max(most, each.score);
    double sum = 0.0;
    for (Candidate& each : all) sum += each.share = std::exp(kSharpness * (each.score - most));
    for (Candidate& each : all) each.share /= sum;
  }

  double voice(std::size_t i) const { return 1.0 + std::log2(static_cast<double>(names_[i].mentions)) * 0.5; }

  static bool local(PlaceKind kind) { return kind != PlaceKind::continent && kind != PlaceKind::country; }

  /// What the report speaks of: expected weights of states and divisions, and where its places lie.
  void gather() {
    countries_.clear();
    admins_.clear();
    anchors_.clear();
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const double weight = voice(i);
      for (const Candidate& each : candidates_[i]) {
        if (!each.place.country.empty()) countries_[std::string(each.place.country)] += weight * each.share;
        if (each.admin != UINT32_MAX) admins_[each.admin] += weight * each.share;
      }
      const Candidate* best = top(i);
      if (best != nullptr && local(best->place.kind) && best->place.kind != PlaceKind::region && anchors_.size() < kMostAnchors) {
        anchors_.push_back({i, best->place.latitude, best->place.longitude, best->share});
      }
    }
  }

  void weigh_company(std::size_t i) {
    const double weight = voice(i);
    for (Candidate& each : candidates_[i]) {
      double country = 0.0;
      if (const auto found = countries_.find(std::string(each.place.country)); found != countries_.end()) {
        // Its own voice does not count, nor that of its namesakes in the same state.
        double own = 0.0;
        for (const Candidate& other : candidates_[i]) {
          if (other.place.country == each.place.country) own += other.share;
        }
        country = std::max(0.0, found->second - weight * own);
      }
      double admin = 0.0;
      if (const auto found = admins_.find(each.admin); found != admins_.end()) {
        double own = 0.0;
        for (const Candidate& other : candidates_[i]) {
          if (other.admin == each.admin) own += other.share;
        }
        admin = std::max(0.0, found->second - weight * own);
      }
      double near = 0.0;
      if (local(each.place.kind)) {
        for (const Anchor& anchor : anchors_) {
          if (anchor.name == i) continue;
          const double far = kilometres(each.place.latitude, each.place.longitude, anchor.latitude, anchor.longitude);
          if (far < 6.0 * kNearKm) near += anchor.share * std::exp(-far / kNearKm);
        }
      }
      const auto saturated = [](double amount) { return amount / (amount + 0.7); };
      each.score = each.base + kCountryPull * saturated(country) + kAdminPull * saturated(admin) +
                   kNearPull * saturated(near);
    }
  }

  const Candidate* top(std::size_t i) const {
    const Candidate* best = nullptr;
    for (const Candidate& each : candidates_[i]) {
      if (best == nullptr || each.score > best->score) best = &each;
    }
    return best;
  }

  /// A site that no list has stands where the text puts it, or where the report was just before.
  void borrow(PlaceName& name) const {
    if (name.place) return;
    for (const std::uint32_t outer : name.inside) {
      if (names_[outer].place && !names_[outer].borrowed) {
        name.place = names_[outer].place;
        name.borrowed = true;
        return;
      }
    }
    if (!name.facility || name.before == UINT32_MAX) return;
    const PlaceName& last = names_[name.before];
    if (!last.place || last.borrowed) return;
    const auto place = gazetteer_.place(*last.place);
    if (!place || !local(place->kind)) return;
    name.place = last.place;
    name.borrowed = true;
  }

  struct Anchor {
    std::size_t name;
    double latitude;
    double longitude;
    double share;
  };

  const PlaceWords& words_;
  const Gazetteer& gazetteer_;
  std::vector<PlaceName>& names_;
  std::vector<std::vector<Candidate>> candidates_;
  std::unordered_map<std::string, double> countries_;
  std::unordered_map<std::uint32_t, double> admins_;
  std::vector<Anchor> anchors_;
};

}  // namespace

void resolve_places(const PlaceWords& words, std::vector<PlaceName>& names) { Resolver(words, names).run(); }

}  // namespace parley
