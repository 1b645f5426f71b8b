// Series of figures as a picture.
#pragma once

#include <string>
#include <vector>

#include "desk/table.h"

namespace parley {

/// The figures that `desk::figures` gives, as SVG 1.1: a panel for each of the longest series (at most six) with a dot
/// a figure, a bar over its range, a line along the days; what reports dispute is drawn hollow. Readable by itself: the
/// axes carry dates and numbers, the title the measure.
std::string plot_svg(const desk::Table& figures);
/// Only the series that change by number or day, a drawing each: what a page can break between.
std::vector<std::string> plot_changes(const desk::Table& figures);

}  // namespace parley
