#include "story/days.h"

#include <charconv>

#include "record/time_calendar.h"

namespace parley::story {
namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int out = 0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + count, out);
  if (error != std::errc() || end != text.data() + at + count) return std::nullopt;
  return out;
}

/// The Monday of an ISO week.
std::int64_t monday(int year, int week) {
  const long fourth = day_number({year, 1, 4});  // always in week 1
  return fourth - (weekday_of({year, 1, 4}) - 1) + 7L * (week - 1);
}

DayRange months(int year, int first, int count) {
  const CalendarDay begin{year, first, 1};
  return {day_number(begin), day_number(add_months(begin, count)) - 1};
}

}  // namespace

std::optional<DayRange> days_of(std::string_view value) {
  const auto year = digits(value, 0, 4);
  if (!year || *year < 1) {
    // Decades and centuries: "199", "19".
    return std::nullopt;
  }
  if (value.size() == 4) return DayRange{day_number({*year, 1, 1}), day_number({*year, 12, 31})};
  if (value[4] != '-' || value.size() < 6) return std::nullopt;
  const std::string_view rest = value.substr(5);
  if (rest.front() == 'W' && rest[1] != 'I') {
    const auto week = digits(rest, 1, 2);
    if (!week || *week < 1 || *week > 53) return std::nullopt;
    const std::int64_t first = monday(*year, *week);
    if (rest.size() >= 5 && rest[3] == '-') {
      if (rest.substr(4) == "WE") return DayRange{first + 5, first + 6};
      const auto day = digits(rest, 4, 1);
      if (day && *day >= 1 && *day <= 7) return DayRange{first + *day - 1, first + *day - 1};
    }
    return DayRange{first, first + 6};
  }
  const std::string_view part = rest.substr(0, 2);
  if (part == "SP") return months(*year, 3, 3);
  if (part == "SU") return months(*year, 6, 3);
  if (part == "FA") return months(*year, 9, 3);
  if (part == "WI") return months(*year, 12, 3);
  if (part == "H1") return months(*year, 1, 6);
  if (part == "H2") return months(*year, 7, 6);
  if (part.size() == 2 && part[0] == 'Q' && part[1] >= '1' && part[1] <= '4') {
    return months(*year, (part[1] - '1') * 3 + 1, 3);
  }
  const auto month = digits(rest, 0, 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (rest.size() < 5 || rest[2] != '-') return months(*year, *month, 1);
  const auto day = digits(rest, 3, 2);
  if (!day || *day < 1 || *day > 31) return std::nullopt;
  const std::int64_t number = day_number({*year, *month, *day});
  return DayRange{number, number};
}

std::optional<std::int64_t> day_of(std::string_view date) {
  const auto range = days_of(date);
  if (!range) return std::nullopt;
  return range->low;
}

std::string day_text(std::int64_t day) { return day_value(day_from_number(static_cast<long>(day))); }

}  // namespace parley::story
