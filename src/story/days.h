// Dates at the precision they have: the days that a TIMEX3 value may mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::story {

/// Days since 1970-01-01, both ends included.
struct DayRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

/// "2024-05-01" one day, "2024-05" a month, "2024-W18" a week, "2024-SP" a season, "2024" a year; a time
/// of day or a zone behind is passed over. Nothing for what fixes no days ("XXXX-WXX-3", "PAST_REF", "P3M").
std::optional<DayRange> days_of(std::string_view value);

/// The day that an ISO 8601 date or date-time begins with: the first of its month or year where no more is known.
std::optional<std::int64_t> day_of(std::string_view date);

/// "2024-05-01".
std::string day_text(std::int64_t day);

}  // namespace parley::story
