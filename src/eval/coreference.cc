#include "eval/coreference.h"

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace parley::eval {
namespace {

using Span = std::pair<Word, Word>;
using Group = std::set<Span>;

/// The chains of two and more mentions. A span that is marked twice counts where it comes first.
std::vector<Group> chains_of(const Analysis& analysis) {
  std::map<std::uint32_t, Group> groups;
  std::set<Span> seen;
  for (const Mention& mention : analysis.mentions()) {
    const Span span{mention.words.first, mention.words.last};
    if (seen.insert(span).second) groups[mention.chain].insert(span);
  }
  std::vector<Group> out;
  for (auto& [chain, group] : groups) {
    if (group.size() > 1) out.push_back(std::move(group));
  }
  return out;
}

using Places = std::map<Span, std::size_t>;  // a mention -> its chain's number

Places places_of(const std::vector<Group>& chains) {
  Places out;
  for (std::size_t i = 0; i < chains.size(); ++i) {
    for (const Span& span : chains[i]) out.emplace(span, i);
  }
  return out;
}

/// Links of `key` that `other` keeps, and all of them (Vilain et al. 1995).
std::pair<double, double> muc(const std::vector<Group>& key, const Places& other) {
  double hit = 0;
  double total = 0;
  for (const Group& group : key) {
    std::set<std::size_t> parts;
    std::size_t alone = 0;
    for (const Span& span : group) {
      const auto found = other.find(span);
      if (found == other.end()) {
        ++alone;
      } else {
        parts.insert(found->second);
      }
    }
    hit += static_cast<double>(group.size() - parts.size() - alone);
    total += static_cast<double>(group.size() - 1);
  }
  return {hit, total};
}

/// Each mention's share of its chain that is with it in the other side's (Bagga and Baldwin 1998).
std::pair<double, double> b_cubed(const std::vector<Group>& key, const Places& other) {
  double hit = 0;
  double total = 0;
  for (const Group& group : key) {
    std::unordered_map<std::size_t, double> shared;
    for (const Span& span : group) {
      if (const auto found = other.find(span); found != other.end()) ++shared[found->second];
    }
    for (const auto& [chain, n] : shared) hit += n * n / static_cast<double>(group.size());
    total += static_cast<double>(group.size());
  }
  return {hit, total};
}

/// The largest sum of one-to-one pairs (Kuhn 1955; the shortest augmenting paths of Jonker and
/// Volgenant 1987). REQUIRES: no more rows than columns.
double best_pairing(const std::vector<std::vector<double>>& gain, std::size_t columns) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  const std::size_t rows = gain.size();
  std::vector<double> row_price(rows + 1, 0), column_price(columns + 1, 0);
  std::vector<std::size_t> row_of(columns + 1, 0), way(columns + 1, 0);  // 0: none
  for (std::size_t row = 1; row <= rows; ++row) {
    row_of[0] = row;
    std::size_t column = 0;
    std::vector<double> least(columns + 1, kFar);
    std::vector<bool> used(columns + 1, false);
    do {
      used[column] = true;
      const std::size_t at = row_of[column];
      double step = kFar;
      std::size_t next = 0;
      for (std::size_t j = 1; j <= columns; ++j) {
        if (used[j]) continue;
        const double slack = -gain[at - 1][j - 1] - row_price[at] - column_price[j];
        if (slack < least[j]) {
          least[j] = slack;
          way[j] = column;
        }
        if (least[j] < step) {
          step = least[j];
          next = j;
        }
      }
      for (std::size_t j = 0; j <= columns; ++j) {
        if (used[j]) {
          row_price[row_of[j]] += step;
          column_price[j] -= step;
        } else {
          least[j] -= step;
        }
      }
      column = next;
    } while (row_of[column] != 0);
    while (column != 0) {
      row_of[column] = row_of[way[column]];
      column = way[column];
    }
  }
  double sum = 0;
  for (std::size_t j = 1; j <= columns; ++j) {
    if (row_of[j] != 0) sum += gain[row_of[j] - 1][j - 1];
  }
  return sum;
}

/// CEAF-phi4's similarity of the best pairing of chains (Luo 2005).
double ceaf(const std::vector<Group>& rows, const std::vector<Group>& columns) {
  if (rows.size() > columns.size()) return ceaf(columns, rows);
  if (rows.empty()) return 0;
  const Places places = places_of(columns);
  std::vector<std::vector<double>> gain(rows.size(), std::vector<double>(columns.size(), 0));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const Span& span : rows[i]) {
      const auto found = places.find(span);
      if (found == places.end()) continue;
      const std::size_t j = found->second;
      gain[i][j] += 2.0 / static_cast<double>(rows[i].size() + columns[j].size());
    }
  }
  return best_pairing(gain, columns.size());
}

double share(double hit, double of) { return of > 0 ? hit / of : 0.0; }

}  // namespace

double CoreferenceScore::Sums::f1() const {
  const double p = share(precision_hit, precision_of);
  const double r = share(recall_hit, recall_of);
  return p + r > 0 ? 2 * p * r / (p + r) : 0.0;
}

Json CoreferenceScore::Sums::json() const {
  return Json{{"p", rounded(share(precision_hit, precision_of))},
              {"r", rounded(share(recall_hit, recall_of))},
              {"f1", rounded(f1())}};
}

void CoreferenceScore::add(const Analysis& gold, const Analysis& system) {
  const std::vector<Group> key = chains_of(gold);
  const std::vector<Group> response = chains_of(system);
  const Places in_key = places_of(key);
  const Places in_response = places_of(response);
  const auto both = [&](Sums& sums, const auto& measure) {
    const auto [recall_hit, recall_of] = measure(key, in_response);
    const auto [precision_hit, precision_of] = measure(response, in_key);
    sums.recall_hit += recall_hit;
    sums.recall_of += recall_of;
    sums.precision_hit += precision_hit;
    sums.precision_of += precision_of;
  };
  both(muc_, muc);
  both(b3_, b_cubed);
  const double similarity = ceaf(key, response);
  ceaf_.recall_hit += similarity;
  ceaf_.precision_hit += similarity;
  ceaf_.recall_of += static_cast<double>(key.size());
  ceaf_.precision_of += static_cast<double>(response.size());
  double common = 0;
  for (const auto& [span, chain] : in_key) common += in_response.contains(span) ? 1 : 0;
  mentions_.recall_hit += common;
  mentions_.precision_hit += common;
  mentions_.recall_of += static_cast<double>(in_key.size());
  mentions_.precision_of += static_cast<double>(in_response.size());
}

Json CoreferenceScore::figures() const {
  return Json{{"mentions", mentions_.json()},
              {"muc", muc_.json()},
              {"b3", b3_.json()},
              {"ceaf", ceaf_.json()},
              {"conll", rounded((muc_.f1() + b3_.f1() + ceaf_.f1()) / 3)}};
}

}  // namespace parley::eval
