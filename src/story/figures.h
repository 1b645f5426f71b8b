// Figures of many reports as series: which figures count the same thing, how they changed, where they disagree.
//
// Two figures belong to one series when they have the same measure, count the same kind of thing and speak of the same
// place or country. Within a series of one story, a later figure that is higher is a rise, a lower one a fall; two figures
// for the same day that exclude each other disagree. Covered by tests/story/figures_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "parley/record.h"
#include "story/days.h"

namespace parley::story {

/// The key of the series that a figure of this record belongs to; non-negative. Figures that count all kinds of
/// things at once ("other", "size", "distance") have series of their own words.
std::int64_t series_of(const Record& record, const Figure& figure);

/// The days a figure speaks of: its `as_of`, else the end of its period, else `day`, the report's.
DayRange figure_days(const Figure& figure, std::int64_t day);

struct Amount {
  std::optional<double> low;
  std::optional<double> high;
};
/// Whether no number satisfies both: "84" and "at least 90"; never "at least 84" and "90".
bool exclude(const Amount& a, const Amount& b);
/// How far apart, as a share of the larger: 0 to 1.
double apart(const Amount& a, const Amount& b);
/// "1,170", "at least 84", "10 to 12", "up to 9".
std::string amount_text(const Amount& amount);

}  // namespace parley::story
