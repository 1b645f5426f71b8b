#include "story/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "story/words.h"
#include "text/hash.h"

namespace parley::story {
namespace {

std::string number_text(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) {
    std::string digits = fmt::format("{:.0f}", std::abs(value));
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
      digits.insert(static_cast<std::size_t>(at), ",");
    }
    return value < 0 ? "-" + digits : digits;
  }
  return fmt::format("{:g}", value);
}

}  // namespace

std::int64_t series_of(const Record& record, const Figure& figure) {
  std::string key = name(figure.measure);
  key += '|';
  if (figure.unit) key += *figure.unit;
  key += '|';
  // What is counted: the entity when it is known, else the last word of its description ("mostly civilians" and
  // "civilians" are one). Deaths of people without a word more are one series with those of "people".
  const Entity* entity = figure.of_entity ? record.entity(*figure.of_entity) : nullptr;
  if (entity) {
    key += fold_case(entity->name);
  } else if (figure.of) {
    std::string last;
    for_each_word(*figure.of, [&](std::string_view word, bool) { last = word; });
    key += last;
  }
  key += '|';
  if (figure.place) {
    for (const Place& place : record.places) {
      if (place.id == *figure.place) key += fold_case(place.name);
    }
  }
  return static_cast<std::int64_t>(hash64(key) >> 1);
}

DayRange figure_days(const Figure& figure, std::int64_t day) {
  if (figure.as_of) {
    if (const auto days = days_of(*figure.as_of)) return *days;
  }
  if (figure.period.to) {
    if (const auto days = days_of(*figure.period.to)) return *days;
  }
  return {day, day};
}

bool exclude(const Amount& a, const Amount& b) {
  const auto below = [](const Amount& x, const Amount& y) { return x.high && y.low && *x.high < *y.low; };
  return below(a, b) || below(b, a);
}

double apart(const Amount& a, const Amount& b) {
  const auto middle = [](const Amount& x) {
    if (x.low && x.high) return (*x.low + *x.high) / 2;
    return x.low ? *x.low : x.high.value_or(0.0);
  };
  const double x = std::abs(middle(a));
  const double y = std::abs(middle(b));
  const double most = std::max(x, y);
  return most > 0 ? std::abs(x - y) / most : 0.0;
}

std::string amount_text(const Amount& amount) {
  if (amount.low && amount.high) {
    return *amount.low == *amount.high ? number_text(*amount.low)
                                       : fmt::format("{} to {}", number_text(*amount.low), number_text(*amount.high));
  }
  if (amount.low) return "at least " + number_text(*amount.low);
  if (amount.high) return "up to " + number_text(*amount.high);
  return "unknown";
}

}  // namespace parley::story
