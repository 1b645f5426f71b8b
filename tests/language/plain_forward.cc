#include "language/plain_forward.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace parley::test {
namespace {

double gelu(double x) { return 0.5 * x * (1.0 + std::erf(x / std::sqrt(2.0))); }

void gelu(Rows& x) {
  for (auto& row : x) {
    for (double& v : row) v = gelu(v);
  }
}

Rows sum(const Rows& a, const Rows& b) {
  Rows out = a;
  for (std::size_t r = 0; r < a.size(); ++r) {
    for (std::size_t c = 0; c < a[r].size(); ++c) out[r][c] += b[r][c];
  }
  return out;
}

}  // namespace

std::vector<float> PlainForward::floats(const std::string& name) const {
  const TensorView* view = file_.find(name);
  if (!view) throw std::runtime_error("no tensor " + name);
  return file_.floats(name, view->shape).value();
}

Rows PlainForward::linear(const std::string& name, const Rows& x) const {
  const auto weight = floats(name + ".weight");
  const std::size_t out = file_.find(name + ".weight")->shape[0];
  const bool has_bias = file_.find(name + ".bias") != nullptr;
  const auto bias = has_bias ? floats(name + ".bias") : std::vector<float>(out, 0.0f);
  Rows y;
  for (const auto& row : x) {
    auto& target = y.emplace_back(out);
    for (std::size_t o = 0; o < out; ++o) {
      target[o] = static_cast<double>(bias[o]);
      for (std::size_t i = 0; i < row.size(); ++i) {
        target[o] += static_cast<double>(weight[o * row.size() + i]) * row[i];
      }
    }
  }
  return y;
}

void PlainForward::norm(const std::string& name, Rows& x) const {
  const auto weight = floats(name + ".weight");
  const auto bias = floats(name + ".bias");
  for (auto& row : x) {
    const auto n = static_cast<double>(row.size());
    double mean = 0, variance = 0;
    for (double v : row) mean += v / n;
    for (double v : row) variance += (v - mean) * (v - mean) / n;
    for (std::size_t c = 0; c < row.size(); ++c) {
      row[c] = (row[c] - mean) / std::sqrt(variance + static_cast<double>(settings_.norm_epsilon)) *
                   static_cast<double>(weight[c]) +
               static_cast<double>(bias[c]);
    }
  }
}

Rows PlainForward::layer(const std::string& name, const Rows& x, std::size_t heads) const {
  const std::size_t n = x.size(), width = x.front().size(), head = width / heads;
  const Rows qkv = linear(name + ".attention.qkv", x);
  Rows mixed(n, std::vector<double>(width, 0.0));
  for (std::size_t h = 0; h < heads; ++h) {
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<double> weight(n);
      double total = 0;
      for (std::size_t j = 0; j < n; ++j) {
        double score = 0;
        for (std::size_t d = 0; d < head; ++d) {
          score += qkv[i][h * head + d] * qkv[j][width + h * head + d];
        }
        weight[j] = std::exp(score / std::sqrt(static_cast<double>(head)));
        total += weight[j];
      }
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t d = 0; d < head; ++d) {
          mixed[i][h * head + d] += weight[j] / total * qkv[j][2 * width + h * head + d];
        }
      }
    }
  }
  Rows y = sum(x, linear(name + ".attention.out", mixed));
  norm(name + ".attention.norm", y);
  Rows inner = linear(name + ".ffn.in", y);
  gelu(inner);
  y = sum(y, linear(name + ".ffn.out", inner));
  norm(name + ".ffn.norm", y);
  return y;
}

std::vector<Rows> PlainForward::encode(const std::vector<std::uint32_t>& pieces,
                                       const std::vector<std::uint8_t>& cases) const {
  const auto words = floats("embeddings.word"), positions = floats("embeddings.position"),
             letters = floats("embeddings.case");
  const std::size_t width = settings_.hidden;
  Rows x;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    auto& row = x.emplace_back(width);
    for (std::size_t c = 0; c < width; ++c) {
      row[c] = static_cast<double>(words[pieces[i] * width + c]) +
               static_cast<double>(positions[i * width + c]) +
               static_cast<double>(letters[cases[i] * width + c]);
    }
  }
  norm("embeddings.norm", x);
  std::vector<Rows> out = {x};
  for (std::size_t n = 0; n < settings_.layers; ++n) {
    out.push_back(layer("encoder." + std::to_string(n), out.back(), settings_.heads));
  }
  return out;
}

Rows PlainForward::arcs(const Rows& nodes) const {
  Rows dependents = linear("arc.dependent", nodes), heads = linear("arc.head", nodes);
  gelu(dependents);
  gelu(heads);
  const auto b = floats("arc.biaffine");
  const std::size_t width = settings_.arc;
  Rows out;
  for (std::size_t d = 1; d < nodes.size(); ++d) {
    auto& row = out.emplace_back(nodes.size(), 0.0);
    for (std::size_t h = 0; h < nodes.size(); ++h) {
      for (std::size_t i = 0; i <= width; ++i) {
        for (std::size_t j = 0; j < width; ++j) {
          row[h] += (i < width ? dependents[d][i] : 1.0) * static_cast<double>(b[i * width + j]) * heads[h][j];
        }
      }
    }
  }
  return out;
}

std::vector<double> PlainForward::relations(const Rows& nodes, std::size_t d, std::size_t h) const {
  Rows dependent = linear("rel.dependent", {nodes[d]}), head = linear("rel.head", {nodes[h]});
  gelu(dependent);
  gelu(head);
  dependent[0].push_back(1.0);
  head[0].push_back(1.0);
  const auto u = floats("rel.biaffine");
  const std::size_t side = settings_.rel + 1;
  std::vector<double> out(settings_.labels.deprel.size(), 0.0);
  for (std::size_t l = 0; l < out.size(); ++l) {
    for (std::size_t i = 0; i < side; ++i) {
      for (std::size_t j = 0; j < side; ++j) {
        out[l] += dependent[0][i] * static_cast<double>(u[(l * side + i) * side + j]) * head[0][j];
      }
    }
  }
  return out;
}

Rows PlainForward::roles(const Rows& nodes, std::size_t p) const {
  const Rows words(nodes.begin() + 1, nodes.end());
  Rows x = linear("role.word", words);
  const Rows predicate = linear("role.predicate", {nodes[p]});
  const auto distance = floats("role.distance");
  const auto reach = static_cast<std::int64_t>(settings_.role_distance_buckets);
  for (std::size_t w = 0; w < x.size(); ++w) {
    const auto apart = static_cast<std::int64_t>(w + 1) - static_cast<std::int64_t>(p);
    const auto bucket = static_cast<std::size_t>(std::clamp(apart, -reach, reach) + reach);
    for (std::size_t c = 0; c < x[w].size(); ++c) {
      x[w][c] += predicate[0][c] + static_cast<double>(distance[bucket * x[w].size() + c]);
    }
  }
  norm("role.norm", x);
  return linear("role.out", layer("role.layer", x, settings_.role_heads));
}

double PlainForward::factuality(const std::vector<double>& word) const {
  Rows inner = linear("factuality.in", {word});
  gelu(inner);
  return linear("factuality.out", inner)[0][0];
}

}  // namespace parley::test
