// Precision, recall and F1, and what every task counts with.
#pragma once

#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>

namespace parley::eval {

using Json = nlohmann::ordered_json;

inline double rounded(double value) { return std::round(value * 1e4) / 1e4; }

/// True positives, false positives, false negatives.
struct Counts {
  double tp = 0;
  double fp = 0;
  double fn = 0;

  double precision() const { return tp + fp > 0 ? tp / (tp + fp) : 0.0; }
  double recall() const { return tp + fn > 0 ? tp / (tp + fn) : 0.0; }
  double f1() const {
    const double p = precision();
    const double r = recall();
    return p + r > 0 ? 2 * p * r / (p + r) : 0.0;
  }
  /// {"p": …, "r": …, "f1": …}, four decimals.
  Json json() const { return Json{{"p", rounded(precision())}, {"r", rounded(recall())}, {"f1", rounded(f1())}}; }
};

}  // namespace parley::eval
