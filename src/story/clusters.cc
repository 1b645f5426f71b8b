#include "story/clusters.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace parley::story {
namespace {

constexpr std::size_t kWords = 40;      // of a vector that lead to candidates
constexpr std::size_t kFull = 24;       // candidates compared in full
constexpr std::size_t kPosting = 500;   // stories after which a word leads nowhere
constexpr double kMemory = 50.0;        // a story's centre follows its last fifty reports
constexpr std::size_t kCentre = 500;    // words of a story's centre; it may be half as large again before it is cut
constexpr double kUseless = 0.2;        // words in a larger share of documents than this weigh nothing

/// The last two bits say which field.
constexpr std::uint32_t key_of(std::uint32_t term, Field field) {
  return (term * 0x9e3779b1U & ~3U) | static_cast<std::uint32_t>(field);
}

constexpr double kStrange = 0.7;   // what is left of the similarity of reports that share no name
constexpr double kAcquainted = 0.15;  // cosine of the names from which on nothing is lost

/// The product of two vectors, less where they have few names in common: "army", "truce" and "rebels" are
/// words of every war.
double alike(const Vector& a, const Vector& b, double names_share, double weight) {
  double all = 0.0;
  double names = 0.0;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i].key == b[k].key) {
      const double product = static_cast<double>(a[i].value) * static_cast<double>(b[k].value);
      all += product;
      if ((a[i].key & 3U) == static_cast<std::uint32_t>(Field::names)) names += product;
      ++i;
      ++k;
    } else if (a[i].key < b[k].key) {
      ++i;
    } else {
      ++k;
    }
  }
  const double known = std::min(1.0, names / weight / names_share / kAcquainted);
  return all / weight * (kStrange + (1.0 - kStrange) * known);
}

/// The places of the `most` largest values.
std::vector<std::size_t> heaviest(const Vector& vector, std::size_t most) {
  std::vector<std::size_t> at(vector.size());
  for (std::size_t i = 0; i < at.size(); ++i) at[i] = i;
  const auto before = [&](std::size_t a, std::size_t b) {
    return vector[a].value != vector[b].value ? vector[a].value > vector[b].value : vector[a].key < vector[b].key;
  };
  if (at.size() > most) {
    std::nth_element(at.begin(), at.begin() + static_cast<std::ptrdiff_t>(most), at.end(), before);
    at.resize(most);
  }
  return at;
}

/// Leaves the weightiest words of a centre that has grown too large.
void cut(Vector& centre) {
  if (centre.size() <= kCentre + kCentre / 2) return;
  std::vector<std::size_t> keep = heaviest(centre, kCentre);
  std::sort(keep.begin(), keep.end());
  Vector out;
  out.reserve(kCentre + kCentre / 2);
  for (const std::size_t at : keep) out.push_back(centre[at]);
  centre = std::move(out);
}

}  // namespace

Clusters::Clusters(const Background& background, ClusterOptions options)
    : background_(background), options_(options) {}

void Clusters::restore_term(std::uint32_t term, std::uint32_t stories) { term_stories_[term] = stories; }

void Clusters::restore_counts(std::int64_t stories, std::int64_t last_story) {
  story_count_ = stories;
  last_story_ = last_story;
}

void Clusters::restore_report(std::int64_t report, std::int64_t story, std::int64_t day, const std::vector<TermCount>& terms,
                              bool counted) {
  put(report, story, day, weigh(terms), counted ? nullptr : &terms);
  touched_.clear();
}

double Clusters::rarity(std::uint32_t term) const {
  const auto found = term_stories_.find(term);
  const double all = static_cast<double>(background_.documents()) + static_cast<double>(story_count_);
  const double with = static_cast<double>(background_.count(term)) +
                      (found == term_stories_.end() ? 0.0 : static_cast<double>(found->second));
  return with < kUseless * all ? std::log((all + 1.0) / (with + 0.5)) : 0.0;
}

Vector Clusters::weigh(const std::vector<TermCount>& terms) const {
  std::array<double, 3> squares{};
  Vector out;
  std::vector<std::pair<Weight, Field>> weights;
  weights.reserve(terms.size());
  for (const TermCount& t : terms) {
    const double value = (1.0 + std::log(static_cast<double>(std::max<std::uint8_t>(t.count, 1)))) * rarity(t.term);
    if (value <= 0.0) continue;
    squares[static_cast<std::size_t>(t.field)] += value * value;
    weights.push_back({{key_of(t.term, t.field), static_cast<float>(value)}, t.field});
  }
  // The fields that a report has share the weight: one without names is compared by what it has.
  const std::array<double, 3> share{options_.title, options_.body, options_.names};
  double all = 0.0;
  for (std::size_t f = 0; f < 3; ++f) all += squares[f] > 0.0 ? share[f] : 0.0;
  std::array<double, 3> factor{};
  for (std::size_t f = 0; f < 3; ++f) {
    if (squares[f] > 0.0) factor[f] = std::sqrt(share[f] / all / squares[f]);
  }
  out.reserve(weights.size());
  for (const auto& [weight, field] : weights) {
    out.push_back({weight.key, weight.value * static_cast<float>(factor[static_cast<std::size_t>(field)])});
  }
  std::sort(out.begin(), out.end(), [](const Weight& a, const Weight& b) { return a.key < b.key; });
  std::size_t end = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (end > 0 && out[end - 1].key == out[i].key) {
      out[end - 1].value += out[i].value;
    } else {
      out[end++] = out[i];
    }
  }
  out.resize(end);
  return out;
}

std::vector<std::int64_t> Clusters::candidates(const Vector& vector, std::int64_t except) const {
  std::unordered_map<std::int64_t, double> scores;
  for (const std::size_t at : heaviest(vector, kWords)) {
    const auto posting = postings_.find(vector[at].key);
    if (posting == postings_.end() || posting->second.size() > kPosting) continue;
    for (const std::int64_t story : posting->second) scores[story] += static_cast<double>(vector[at].value);
  }
  scores.erase(except);
  std::vector<std::pair<double, std::int64_t>> ranked;
  ranked.reserve(scores.size());
  for (const auto& [story, score] : scores) {
    if (stories_.contains(story)) ranked.emplace_back(-score, story);
  }
  const std::size_t most = std::min(kFull, ranked.size());
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(most), ranked.end());
  std::vector<std::int64_t> out;
  for (std::size_t i = 0; i < most; ++i) out.push_back(ranked[i].second);
  return out;
}

double Clusters::fade(std::int64_t day, const Story& story) const {
  const std::int64_t gap = std::max<std::int64_t>({0, story.first_day - day, day - story.last_day});
  return options_.faded + (1.0 - options_.faded) * std::exp(-static_cast<double>(gap) / options_.rest);
}

Clusters::Assigned Clusters::assign(std::int64_t report, std::int64_t day, const std::vector<TermCount>& terms) {
  Vector vector = weigh(terms);
  Assigned out;
  for (const std::int64_t id : candidates(vector, 0)) {
    const Story& story = stories_.at(id);
    const double similarity = alike(vector, story.sum, options_.names, story.weight) * fade(day, story);
    if (similarity > out.similarity) {
      out.similarity = similarity;
      out.story = id;
    }
  }
  if (out.story == 0 || out.similarity < options_.threshold) {
    out.story = ++last_story_;
    out.is_new = true;
    ++story_count_;
  }
  put(report, out.story, day, std::move(vector), &terms);
  forget_old();
  return out;
}

void Clusters::join(std::int64_t report, std::int64_t story, std::int64_t day, const std::vector<TermCount>& terms) {
  put(report, story, day, weigh(terms), &terms);
  forget_old();
}

void Clusters::put(std::int64_t report, std::int64_t id, std::int64_t day, Vector vector,
                   const std::vector<TermCount>* terms) {
  auto [found, fresh] = stories_.try_emplace(id);
  Story& story = found->second;
  if (fresh) {
    story.first_day = story.last_day = day;
  } else {
    story.first_day = std::min(story.first_day, day);
    story.last_day = std::max(story.last_day, day);
  }
  if (terms) {
    std::unordered_set<std::uint32_t> seen;
    for (const TermCount& t : *terms) {
      if (!seen.insert(t.term).second) continue;
      const auto has = [&](Field field) {
        const std::uint32_t key = key_of(t.term, field);
        const auto at = std::lower_bound(story.sum.begin(), story.sum.end(), key,
                                         [](const Weight& w, std::uint32_t k) { return w.key < k; });
        return at != story.sum.end() && at->key == key;
      };
      if (has(Field::title) || has(Field::body) || has(Field::names)) continue;
      ++term_stories_[t.term];
      changed_terms_.insert(t.term);
    }
  }
  if (story.weight >= kMemory) {
    const float keep = static_cast<float>((kMemory - 1.0) / story.weight);
    for (Weight& w : story.sum) w.value *= keep;
    story.weight = kMemory - 1.0;
  }
  index(id, vector);
  add(story.sum, vector, 1.0F);
  cut(story.sum);
  story.weight += 1.0;
  story.used = ++clock_;
  story.reports.insert(report);
  touched_.insert(id);
  reports_[report] = {id, day, std::move(vector)};
  order_.push_back(report);
}

void Clusters::index(std::int64_t story, const Vector& vector) {
  for (const std::size_t at : heaviest(vector, kWords)) {
    auto& posting = postings_[vector[at].key];
    if (posting.size() > kPosting) continue;
    if (std::find(posting.begin(), posting.end(), story) == posting.end()) posting.push_back(story);
  }
}

void Clusters::take(std::int64_t report) {
  const auto found = reports_.find(report);
  if (found == reports_.end()) return;
  const auto story = stories_.find(found->second.story);
  if (story != stories_.end()) {
    add(story->second.sum, found->second.vector, -1.0F);
    story->second.weight -= 1.0;
    story->second.reports.erase(report);
    touched_.insert(story->first);
    if (story->second.weight < 0.5) {
      touched_.erase(story->first);
      stories_.erase(story);
    }
  }
  reports_.erase(found);
}

void Clusters::remove(std::int64_t report) { take(report); }

void Clusters::forget_old() {
  while (order_.size() > options_.most_reports) {
    const std::int64_t report = order_.front();
    order_.pop_front();
    const auto found = reports_.find(report);
    if (found == reports_.end()) continue;
    const auto story = stories_.find(found->second.story);
    if (story != stories_.end()) story->second.reports.erase(report);
    reports_.erase(found);
  }
  if (stories_.size() <= options_.most_stories) return;
  // A quarter goes at once, so that this is seldom; the index is made anew from those that stay.
  std::vector<std::pair<std::uint64_t, std::int64_t>> used;
  used.reserve(stories_.size());
  for (const auto& [id, story] : stories_) used.emplace_back(story.used, id);
  const std::size_t leave = used.size() / 4;
  std::nth_element(used.begin(), used.begin() + static_cast<std::ptrdiff_t>(leave), used.end());
  for (std::size_t i = 0; i < leave; ++i) {
    for (const std::int64_t report : stories_.at(used[i].second).reports) reports_.erase(report);
    stories_.erase(used[i].second);
    touched_.erase(used[i].second);
  }
  postings_.clear();
  for (const auto& [id, story] : stories_) index(id, story.sum);
}

std::vector<Clusters::Change> Clusters::refine() {
  std::vector<Change> out;
  // Joining: each changed story with the one it is most like, until nothing is like enough.
  std::vector<std::int64_t> work(touched_.begin(), touched_.end());
  std::sort(work.begin(), work.end());
  std::vector<std::int64_t> changed = work;
  while (!work.empty()) {
    const std::int64_t id = work.back();
    work.pop_back();
    const auto found = stories_.find(id);
    if (found == stories_.end()) continue;
    const Story& story = found->second;
    std::int64_t best = 0;
    double most = options_.threshold;
    for (const std::int64_t other : candidates(story.sum, id)) {
      const Story& with = stories_.at(other);
      const std::int64_t day = with.first_day > story.last_day ? with.first_day : std::min(with.last_day, story.last_day);
      const double similarity = alike(story.sum, with.sum, options_.names, story.weight * with.weight) * fade(day, story);
      if (similarity >= most) {
        most = similarity;
        best = other;
      }
    }
    if (best == 0) continue;
    const std::int64_t gone = std::max(id, best);
    const std::int64_t stays = std::min(id, best);
    Story& from = stories_.at(gone);
    Story& into = stories_.at(stays);
    add(into.sum, from.sum, 1.0F);
    cut(into.sum);
    into.weight += from.weight;
    into.first_day = std::min(into.first_day, from.first_day);
    into.last_day = std::max(into.last_day, from.last_day);
    into.used = ++clock_;
    for (const std::int64_t report : from.reports) {
      reports_.at(report).story = stays;
      into.reports.insert(report);
    }
    stories_.erase(gone);
    touched_.erase(gone);
    index(stays, into.sum);
    out.push_back({Change::Kind::merged, gone, stays, 0});
    work.push_back(stays);
    changed.push_back(stays);
  }
  // Moving: reports of small stories, whose centre is the exact mean.
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  for (const std::int64_t id : changed) {
    const auto found = stories_.find(id);
    if (found == stories_.end() || found->second.weight < 1.5 || found->second.weight > kMemory) continue;
    std::vector<std::int64_t> members(found->second.reports.begin(), found->second.reports.end());
    std::sort(members.begin(), members.end());
    for (const std::int64_t member : members) {
      const auto own = stories_.find(id);
      if (own == stories_.end() || own->second.weight < 1.5) break;
      const Report report = reports_.at(member);
      Vector others = own->second.sum;
      add(others, report.vector, -1.0F);
      const double here = alike(report.vector, others, options_.names, own->second.weight - 1.0);
      std::int64_t best = 0;
      double most = std::max(here * 1.05, options_.threshold);
      for (const std::int64_t other : candidates(report.vector, id)) {
        const Story& with = stories_.at(other);
        const double similarity = alike(report.vector, with.sum, options_.names, with.weight) * fade(report.day, with);
        if (similarity > most) {
          most = similarity;
          best = other;
        }
      }
      const bool alone = best == 0 && here < options_.threshold * 0.6;
      if (best == 0 && !alone) continue;
      if (alone) {
        best = ++last_story_;
        ++story_count_;
      }
      take(member);
      put(member, best, report.day, report.vector, nullptr);
      out.push_back({alone ? Change::Kind::split : Change::Kind::moved, id, best, member});
    }
  }
  touched_.clear();
  forget_old();
  return out;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> Clusters::take_changed_terms() {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  out.reserve(changed_terms_.size());
  for (const std::uint32_t term : changed_terms_) out.emplace_back(term, term_stories_[term]);
  changed_terms_.clear();
  return out;
}

}  // namespace parley::story
