// Arithmetic on days, ISO weeks, and feasts of the calendars that ICU knows.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "knowledge/time_words.h"

namespace parley {

/// A day of the proleptic Gregorian calendar.
struct CalendarDay {
  int year = 0;
  int month = 0;
  int day = 0;
  friend auto operator<=>(const CalendarDay&, const CalendarDay&) = default;
};

/// Days from 1970-01-01. REQUIRES: month 1…12; days beyond the month's end run over.
long day_number(CalendarDay day);
CalendarDay day_from_number(long number);
CalendarDay add_days(CalendarDay day, long days);
/// The day is cut to the month's length: January 31 and one month is February 28 or 29.
CalendarDay add_months(CalendarDay day, long months);
/// 1 Monday … 7 Sunday.
int weekday_of(CalendarDay day);

struct IsoWeek {
  int year = 0;
  int week = 0;
};
IsoWeek iso_week(CalendarDay day);

/// "2023-10-07", "2023-W40", "2023-10", "2023".
std::string day_value(CalendarDay day);
std::string week_value(CalendarDay day);
std::string month_value(int year, int month);
std::string year_value(int year);

/// What is known of a date: "2023", "2023-10", "2023-10-07", "2023-10-07T14:30:00Z".
struct KnownDate {
  int year = 0;
  int month = 0;  ///< 0: not known
  int day = 0;
  int hour = -1;
  int minute = -1;
  CalendarDay calendar_day() const { return {year, month, day}; }
};
std::optional<KnownDate> parse_known_date(std::string_view text);

/// The day on which a holiday falls in a civil year (the last such day when there are two), or its
/// month as a whole with `day` 0; nothing when the calendar is not known.
std::optional<CalendarDay> holiday_in(const Holiday& holiday, int year);

}  // namespace parley
