#include "language/spanning_tree.h"

#include <algorithm>
#include <limits>

namespace parley {
namespace {

constexpr double kNever = -1e100;

/// A square table of scores of node d under node h; node 0 is the root.
class Table {
 public:
  explicit Table(std::size_t n) : n_(n), scores_(n * n, kNever) {}
  double& at(std::size_t d, std::size_t h) { return scores_[d * n_ + h]; }
  double at(std::size_t d, std::size_t h) const { return scores_[d * n_ + h]; }
  std::size_t size() const { return n_; }

 private:
  std::size_t n_;
  std::vector<double> scores_;
};

/// A cycle among the heads of nodes that are alive, or nothing.
std::vector<std::uint32_t> find_cycle(const std::vector<std::uint32_t>& heads,
                                      const std::vector<bool>& alive) {
  std::vector<std::uint32_t> seen(heads.size(), 0);  // the walk that came by, counted from 1
  for (std::uint32_t start = 1; start < heads.size(); ++start) {
    if (!alive[start]) continue;
    std::uint32_t at = start;
    while (at != 0 && seen[at] == 0) {
      seen[at] = start;
      at = heads[at];
    }
    if (at == 0 || seen[at] != start) continue;
    std::vector<std::uint32_t> cycle;
    for (std::uint32_t c = at; cycle.empty() || c != at; c = heads[c]) cycle.push_back(c);
    return cycle;
  }
  return {};
}

/// Contracts cycles into their first node, remembers how to open them again, and opens them.
class Edmonds {
 public:
  explicit Edmonds(Table scores)
      : scores_(std::move(scores)), alive_(scores_.size(), true), heads_(scores_.size(), 0) {
    const std::size_t n = scores_.size();
    real_dependent_.resize(n * n);
    real_head_.resize(n * n);
    parent_.assign(n, 0);
    for (std::uint32_t d = 0; d < n; ++d) node_.push_back(d);
    for (std::uint32_t d = 0; d < n; ++d) {
      for (std::uint32_t h = 0; h < n; ++h) {
        real_dependent_[d * n + h] = d;
        real_head_[d * n + h] = h;
      }
    }
  }

  std::vector<std::uint32_t> solve() {
    const std::size_t n = scores_.size();
    for (std::uint32_t d = 1; d < n; ++d) choose(d);
    for (;;) {
      const std::vector<std::uint32_t> cycle = find_cycle(heads_, alive_);
      if (cycle.empty()) break;
      contract(cycle);
    }
    // Open the cycles again, the last one first. Each was entered by one arc, at one of its words: the
    // member that holds this word gives up its own arc, the others keep theirs.
    std::vector<std::uint32_t> out(n, 0);
    std::vector<std::uint32_t> entry(n + cycles_.size(), 0);  // by node: the word its arc goes to
    const auto take = [&](const Arc& arc) {
      out[arc.dependent] = arc.head;
      entry[arc.node] = arc.dependent;
    };
    for (std::uint32_t d = 1; d < n; ++d) {
      if (alive_[d]) take(real_arc(d));
    }
    for (std::size_t c = cycles_.size(); c-- > 0;) {
      const auto whole = static_cast<std::uint32_t>(n + c);
      std::uint32_t entered = entry[whole];
      while (parent_[entered] != whole) entered = parent_[entered];
      entry[entered] = entry[whole];
      for (const Arc& arc : cycles_[c]) {
        if (arc.node != entered) take(arc);
      }
    }
    return out;
  }

 private:
  void choose(std::uint32_t d) {
    std::uint32_t best = 0;
    double score = -std::numeric_limits<double>::infinity();
    for (std::uint32_t h = 0; h < scores_.size(); ++h) {
      if (h != d && alive_[h] && scores_.at(d, h) > score) {
        score = scores_.at(d, h);
        best = h;
      }
    }
    heads_[d] = best;
  }

  /// A node's chosen arc, as the arc between words that it stands for.
  struct Arc {
    std::uint32_t node, dependent, head;
  };
  Arc real_arc(std::uint32_t d) const {
    const std::size_t at = d * scores_.size() + heads_[d];
    return {node_[d], real_dependent_[at], real_head_[at]};
  }

  void contract(const std::vector<std::uint32_t>& cycle) {
    const std::size_t n = scores_.size();
    const std::uint32_t keep = cycle.front();
    std::vector<bool> inside(n, false);
    std::vector<Arc> arcs;
    const auto whole = static_cast<std::uint32_t>(parent_.size());
    for (std::uint32_t c : cycle) {
      inside[c] = true;
      arcs.push_back(real_arc(c));
      parent_[node_[c]] = whole;
    }
    parent_.push_back(0);
    node_[keep] = whole;
    cycles_.push_back(std::move(arcs));
    for (std::uint32_t v = 0; v < n; ++v) {
      if (!alive_[v] || inside[v]) continue;
      if (v != 0) {  // from the cycle to v: its best word
        std::uint32_t best = keep;
        for (std::uint32_t c : cycle) {
          if (scores_.at(v, c) > scores_.at(v, best)) best = c;
        }
        scores_.at(v, keep) = scores_.at(v, best);
        real_dependent_[v * n + keep] = real_dependent_[v * n + best];
        real_head_[v * n + keep] = real_head_[v * n + best];
      }
      // From v into the cycle: where it loses least against the arc it replaces.
      std::uint32_t best = cycle.front();
      double gain = -std::numeric_limits<double>::infinity();
      for (std::uint32_t c : cycle) {
        const double g = scores_.at(c, v) - scores_.at(c, heads_[c]);
        if (g > gain) {
          gain = g;
          best = c;
        }
      }
      const std::size_t from = best * n + v;
      const std::size_t to = keep * n + v;
      real_dependent_[to] = real_dependent_[from];
      real_head_[to] = real_head_[from];
      entering_.push_back({keep, v, gain});
    }
    for (const Entering& e : entering_) scores_.at(e.keep, e.from) = e.gain;
    entering_.clear();
    for (std::uint32_t c : cycle) {
      if (c != keep) alive_[c] = false;
    }
    choose(keep);
    for (std::uint32_t d = 1; d < n; ++d) {
      if (alive_[d] && d != keep && inside[heads_[d]]) heads_[d] = keep;
    }
  }

  struct Entering {
    std::uint32_t keep, from;
    double gain;
  };

  Table scores_;
  std::vector<bool> alive_;
  std::vector<std::uint32_t> heads_;
  std::vector<std::uint32_t> real_dependent_, real_head_;
  std::vector<std::uint32_t> node_;    // what a row of the table stands for: a word, or n + a cycle
  std::vector<std::uint32_t> parent_;  // the cycle that a node went into
  std::vector<std::vector<Arc>> cycles_;
  std::vector<Entering> entering_;
};

bool is_tree(const std::vector<std::uint32_t>& heads) {
  std::size_t roots = 0;
  for (std::size_t d = 1; d < heads.size(); ++d) roots += heads[d] == 0 ? 1 : 0;
  return roots == 1 && find_cycle(heads, std::vector<bool>(heads.size(), true)).empty();
}

}  // namespace

std::vector<std::uint32_t> best_tree(const float* scores, std::size_t n, std::size_t stride) {
  if (n == 0) return {};
  std::vector<std::uint32_t> heads(n + 1, 0);
  float low = scores[0], high = scores[0];
  for (std::size_t d = 1; d <= n; ++d) {
    const float* row = scores + (d - 1) * stride;
    std::size_t best = d == 1 && n > 1 ? 2 : (d == 1 ? 0 : 1);
    for (std::size_t h = 0; h <= n; ++h) {
      low = std::min(low, row[h]);
      high = std::max(high, row[h]);
      if (h != d && (row[h] > row[best] || best == d)) best = h;
    }
    heads[d] = static_cast<std::uint32_t>(best);
  }
  if (!is_tree(heads)) {
    const double penalty = (static_cast<double>(high) - static_cast<double>(low) + 1.0) *
                           static_cast<double>(n + 1);
    Table table(n + 1);
    for (std::size_t d = 1; d <= n; ++d) {
      for (std::size_t h = 0; h <= n; ++h) {
        if (h == d) continue;
        table.at(d, h) =
            static_cast<double>(scores[(d - 1) * stride + h]) - (h == 0 ? penalty : 0.0);
      }
    }
    heads = Edmonds(std::move(table)).solve();
  }
  heads.erase(heads.begin());
  return heads;
}

}  // namespace parley
