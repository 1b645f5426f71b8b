#include "record/time_calendar.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>

#include <unicode/calendar.h>
#include <unicode/gregocal.h>
#include <unicode/locid.h>

namespace parley {
namespace {

using std::chrono::sys_days;

CalendarDay from_sys(sys_days days) {
  const std::chrono::year_month_day ymd(days);
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

std::string formatted(const char* format, int a, int b = 0, int c = 0) {
  char buffer[48];
  const int size = std::snprintf(buffer, sizeof buffer, format, a, b, c);
  return std::string(buffer, static_cast<std::size_t>(size > 0 ? size : 0));
}

/// Anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
CalendarDay western_easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
  const int f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31;
  return {year, month, (h + l - 7 * m + 114) % 31 + 1};
}

/// Meeus's Julian algorithm, moved to the Gregorian calendar.
CalendarDay orthodox_easter(int year) {
  const int a = year % 4, b = year % 7, c = year % 19;
  const int d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7;
  const int month = (d + e + 114) / 31;
  return add_days({year, month, (d + e + 114) % 31 + 1}, year / 100 - year / 400 - 2);
}

}  // namespace

long day_number(CalendarDay day) {
  const sys_days first(std::chrono::year(day.year) / std::chrono::month(static_cast<unsigned>(day.month)) / 1);
  return first.time_since_epoch().count() + day.day - 1;
}

CalendarDay day_from_number(long number) {
  return from_sys(sys_days(std::chrono::days(number)));
}

CalendarDay add_days(CalendarDay day, long days) { return day_from_number(day_number(day) + days); }

CalendarDay add_months(CalendarDay day, long months) {
  const long total = day.year * 12L + (day.month - 1) + months;
  long year = total / 12, month = total % 12;
  if (month < 0) month += 12, --year;
  const std::chrono::year_month_day_last last(
      std::chrono::year(static_cast<int>(year)) / std::chrono::month(static_cast<unsigned>(month + 1)) /
      std::chrono::last);
  const int longest = static_cast<int>(static_cast<unsigned>(last.day()));
  return {static_cast<int>(year), static_cast<int>(month) + 1, day.day < longest ? day.day : longest};
}

int weekday_of(CalendarDay day) {
  return static_cast<int>(
      std::chrono::weekday(sys_days(std::chrono::days(day_number(day)))).iso_encoding());
}

IsoWeek iso_week(CalendarDay day) {
  // The week's Thursday decides the year.
  const CalendarDay thursday = add_days(day, 4 - weekday_of(day));
  const long first = day_number({thursday.year, 1, 1});
  return {thursday.year, static_cast<int>((day_number(thursday) - first) / 7) + 1};
}

std::string day_value(CalendarDay day) { return formatted("%04d-%02d-%02d", day.year, day.month, day.day); }
std::string week_value(CalendarDay day) {
  const IsoWeek week = iso_week(day);
  return formatted("%04d-W%02d", week.year, week.week);
}
std::string month_value(int year, int month) { return formatted("%04d-%02d", year, month); }
std::string year_value(int year) { return formatted("%04d", year); }

std::optional<KnownDate> parse_known_date(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t size) -> int {
    if (at + size > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + size; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  KnownDate date;
  date.year = number(0, 4);
  if (date.year < 1) return std::nullopt;
  if (text.size() < 7 || text[4] != '-') return date;
  const int month = number(5, 2);
  if (month < 1 || month > 12) return date;
  date.month = month;
  if (text.size() < 10 || text[7] != '-') return date;
  const int day = number(8, 2);
  if (day < 1 || day > 31) return date;
  date.day = day;
  if (text.size() >= 16 && (text[10] == 'T' || text[10] == ' ') && text[13] == ':') {
    date.hour = number(11, 2);
    date.minute = number(14, 2);
  }
  return date;
}

std::optional<CalendarDay> holiday_in(const Holiday& holiday, int year) {
  if (holiday.easter) {
    const CalendarDay easter = holiday.orthodox ? orthodox_easter(year) : western_easter(year);
    return add_days(easter, holiday.easter_offset);
  }
  if (holiday.calendar.empty()) {
    if (holiday.nth > 0) {
      const CalendarDay first{year, holiday.month, 1};
      const int shift = (holiday.weekday - weekday_of(first) + 7) % 7;
      return add_days(first, shift + 7L * (holiday.nth - 1));
    }
    return CalendarDay{year, holiday.month, holiday.day};
  }
  // Walk back from the year's end in the other calendar to the last such day that is in the year.
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale(("en@calendar=" + holiday.calendar).c_str());
  std::unique_ptr<icu::Calendar> other(
      icu::Calendar::createInstance(*icu::TimeZone::getGMT(), locale, status));
  if (U_FAILURE(status) || !other) return std::nullopt;
  const long last = day_number({year, 12, 31});
  const long first = day_number({year, 1, 1});
  constexpr double kDay = 86400000.0;
  other->setTime(static_cast<double>(last) * kDay, status);
  // Months are ICU's, counted from 1: of the Hebrew ones Tishri is 1, Adar 7, Nisan 8.
  for (int back = 0; back < 3; ++back) {
    const int other_year = other->get(UCAL_EXTENDED_YEAR, status) - back;
    std::unique_ptr<icu::Calendar> probe(other->clone());
    probe->clear();
    probe->set(UCAL_EXTENDED_YEAR, other_year);
    probe->set(UCAL_MONTH, holiday.month - 1);
    probe->set(UCAL_DATE, holiday.day > 0 ? holiday.day : 1);
    const double time = probe->getTime(status);
    if (U_FAILURE(status)) return std::nullopt;
    const long number = static_cast<long>(std::floor(time / kDay));
    if (number > last) continue;
    if (number < first && holiday.day > 0) return std::nullopt;
    CalendarDay found = day_from_number(number);
    if (holiday.day == 0) {
      // The civil month that most of it falls in.
      found = add_days(found, 14);
      if (found.year != year) return std::nullopt;
      found.day = 0;
    }
    return found;
  }
  return std::nullopt;
}

}  // namespace parley
