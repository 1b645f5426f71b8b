#include "record/time_resolver.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace parley {
namespace {

std::string two_digits(int n) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%02d", n);
  return buffer;
}

int quarter_of(int month) { return (month - 1) / 3 + 1; }

int decade_of(int two_or_three) {
  if (two_or_three >= 100) return two_or_three;
  return two_or_three <= 20 ? 200 + two_or_three / 10 : 190 + two_or_three / 10;
}

/// 2 -> "2", 2.5 -> "2.5".
std::string count_text(double count) {
  if (std::floor(count) == count) return std::to_string(static_cast<long long>(count));
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", count);
  return buffer;
}

/// The letter of a unit in a duration; decades and centuries are told in years where counted.
struct DurationUnit {
  std::string code;
  double factor = 1.0;
};
DurationUnit duration_unit(const std::string& unit, bool vague) {
  if (unit == "N") return {"D", 1.0};
  if (unit == "FN") return {"W", 2.0};
  if (unit == "WE") return {"WE", 1.0};
  if (unit == "DE") return vague ? DurationUnit{"DE", 1.0} : DurationUnit{"Y", 10.0};
  if (unit == "CE") return vague ? DurationUnit{"CE", 1.0} : DurationUnit{"Y", 100.0};
  if (unit == "ML") return vague ? DurationUnit{"ML", 1.0} : DurationUnit{"Y", 1000.0};
  return {unit, 1.0};
}

}  // namespace

void TimeResolver::learn(const TimeExpression& e) {
  if (e.form == TimeForm::date && e.year != 0 && e.month != 0) {
    years_.try_emplace({e.month, e.day}, e.year);
    years_.try_emplace({e.month, 0}, e.year);
  }
}

void TimeResolver::remember_day(CalendarDay day, std::size_t sentence) {
  last_day_ = DayAt{{sentence}, day};
}

std::optional<CalendarDay> TimeResolver::text_day(std::size_t sentence) const {
  // Three sentences further on the text speaks of something else.
  if (last_day_ && sentence - last_day_->sentence <= 3) return last_day_->day;
  if (has_day()) return today();
  return std::nullopt;
}

std::string TimeResolver::with_time(std::string day, const TimeExpression& e) const {
  if (e.hour >= 0) {
    day += 'T' + two_digits(e.hour) + ':' + two_digits(std::max(e.minute, 0));
    if (e.zulu) day += 'Z';
  } else if (!e.part.empty()) {
    day += 'T' + e.part;
  }
  return day;
}

int TimeResolver::year_of_month_day(const TimeExpression& e, TimeDirection direction,
                                    std::size_t sentence) const {
  if (e.year != 0) return e.year;
  if (e.unit == "Y") return published_ ? published_->year + e.shift : 0;
  if (e.day > 0) {
    if (const auto said = years_.find({e.month, e.day}); said != years_.end()) return said->second;
    if (e.known_year != 0) return e.known_year;
  }
  if (!published_ || published_->month == 0) {
    if (e.day == 0 && !published_) {
      if (const auto said = years_.find({e.month, 0}); said != years_.end() && !e.shifted) return said->second;
    }
    // "On October 7, 2023, ... . On October 9 ...": the story goes on in its year.
    if (last_said_year_ && last_said_year_->month > 0 && sentence - last_said_year_->sentence <= 1 &&
        e.month >= last_said_year_->month) {
      return last_said_year_->year;
    }
    return 0;
  }
  const int year = published_->year;
  if (e.shifted) {
    // "last August" is before this month, "next August" after it, "this August" in this year.
    // (In March "last February" is last year's: this year's would be "last month".)
    if (e.shift < 0) return e.month < published_->month - 1 ? year : year - 1;
    if (e.shift > 0) return e.month > published_->month ? year : year + 1;
    return year;
  }
  if (last_said_year_ && last_said_year_->sentence == sentence && last_said_year_->year < year &&
      direction != TimeDirection::future) {
    return last_said_year_->year;
  }
  // Distances in days to the nearest such day before and after.
  const int day = e.day > 0 ? e.day : 15;
  const long now = day_number({year, published_->month, e.day > 0 && published_->day > 0 ? published_->day : 15});
  const long here = day_number({year, e.month, day});
  const int past_year = here <= now ? year : year - 1;
  const long back = now - day_number({past_year, e.month, day});
  const long ahead = day_number({past_year + 1, e.month, day}) - now;
  switch (direction) {
    case TimeDirection::future:
      // "will be the first visit since January 13": a day just gone, not one in eleven months.
      return back == 0 || (back <= 60 && ahead > 270) ? past_year : past_year + 1;
    case TimeDirection::past:
      return ahead <= (e.day > 0 ? 60 : 31) && back > 270 ? past_year + 1 : past_year;
    case TimeDirection::present: return ahead < back ? past_year + 1 : past_year;
    case TimeDirection::unknown:
      return ahead < 90 && back > 240 ? past_year + 1 : past_year;
  }
  return past_year;
}

std::string TimeResolver::date_value(const TimeExpression& e, TimeDirection direction,
                                     std::size_t sentence) {
  if (e.century != 0) return two_digits(e.century - 1);
  if (e.decade >= 0) return std::to_string(decade_of(e.decade));
  if (e.quarter != 0 || e.half != 0) return quarter_value(e, direction, sentence);
  if (!e.season.empty()) return season_value(e, direction);
  if (e.holiday >= 0) return holiday_value(e, direction, sentence);
  if (e.month == 0) {
    last_said_year_ = YearAt{{sentence}, e.year, 0};
    return year_value(e.year);
  }
  const int year = year_of_month_day(e, direction, sentence);
  if (e.year != 0) last_said_year_ = YearAt{{sentence}, e.year, e.month};
  std::string value = year != 0 ? year_value(year) : "XXXX";
  value += '-' + two_digits(e.month);
  if (e.day > 0) {
    value += '-' + two_digits(e.day);
    if (year != 0) remember_day({year, e.month, e.day}, sentence);
  }
  return with_time(std::move(value), e);
}

std::string TimeResolver::quarter_value(const TimeExpression& e, TimeDirection direction,
                                        std::size_t sentence) {
  int year = e.year;
  const bool known = published_ && published_->month > 0;
  const int now = known ? (e.quarter != 0 ? quarter_of(published_->month) : (published_->month - 1) / 6 + 1) : 0;
  const int n = e.quarter != 0 ? e.quarter : e.half;
  if (year == 0 && e.unit == "Y" && published_) year = published_->year + e.shift;
  if (year == 0 && known) {
    year = published_->year;
    // "expects to report a third-quarter loss": the verb's future is not the quarter's.
    if (n > now) {
      // A quarter that has not begun was last year's, but the very next one is meant more often
      // as what is coming when the verb does not look back.
      if (direction == TimeDirection::past || n > now + 1) --year;
    }
    year += e.direction;
  }
  // The quarter under discussion is the one reported on: not one that is still to end, nor the older
  // one that it is compared with.
  const bool ended = !known || year < published_->year || (year == published_->year && n < now);
  if (e.quarter != 0 && year != 0 && (!last_quarter_ || (ended && e.year == 0))) {
    last_quarter_ = QuarterAt{{sentence}, year - e.direction, n};
  }
  return (year != 0 ? year_value(year) : "XXXX") + (e.quarter != 0 ? "-Q" : "-H") + std::to_string(n);
}

std::string TimeResolver::season_value(const TimeExpression& e, TimeDirection direction) const {
  int year = e.year;
  if (year == 0 && e.unit == "Y" && published_) year = published_->year + e.shift;
  if (year == 0 && published_ && published_->month > 0) {
    year = published_->year;
    // The winter of 2024 begins in December 2023 or 2024; the year it is named after is where it begins.
    const int month = published_->month;
    const bool begun = month >= e.season_month;
    const bool running = begun && month < e.season_month + 3;
    if (e.shifted && e.shift < 0) {
      if (!begun || running) --year;
    } else if (e.shifted && e.shift > 0) {
      if (begun) ++year;
    } else if (!e.shifted) {
      if (direction == TimeDirection::future) {
        if (begun && !running) ++year;
      } else if (!begun && direction == TimeDirection::past) {
        --year;
      }
    }
  }
  return (year != 0 ? year_value(year) : "XXXX") + '-' + e.season;
}

std::string TimeResolver::holiday_value(const TimeExpression& e, TimeDirection direction,
                                        std::size_t sentence) {
  const Holiday& holiday = words_.holidays[static_cast<std::size_t>(e.holiday)];
  const auto text = [&](const std::optional<CalendarDay>& day) -> std::string {
    if (!day) return "XXXX-XX-XX";
    if (day->day == 0) return month_value(day->year, day->month);
    remember_day(*day, sentence);
    return day_value(*day);
  };
  if (e.year != 0) return text(holiday_in(holiday, e.year));
  if (e.unit == "Y" && published_) return text(holiday_in(holiday, published_->year + e.shift));
  if (!has_day()) {
    if (holiday.calendar.empty() && !holiday.easter && holiday.nth == 0) {
      return "XXXX-" + two_digits(holiday.month) + '-' + two_digits(holiday.day);
    }
    return holiday.day == 0 ? "XXXX-XX" : "XXXX-XX-XX";
  }
  // The nearest one behind or ahead.
  std::optional<CalendarDay> back, ahead;
  const CalendarDay now = today();
  for (int year = now.year - 1; year <= now.year + 1; ++year) {
    std::optional<CalendarDay> day = holiday_in(holiday, year);
    if (!day) continue;
    CalendarDay compared = *day;
    if (compared.day == 0) compared.day = 15;
    if (compared <= now || (day->day == 0 && day->year == now.year && day->month == now.month)) {
      back = day;
    } else if (!ahead) {
      ahead = day;
    }
  }
  if (e.shifted && e.shift < 0) return text(back);
  if (e.shifted && e.shift > 0) return text(ahead);
  if (direction == TimeDirection::future && ahead) return text(ahead);
  if (direction == TimeDirection::past || !ahead) return text(back);
  if (!back) return text(ahead);
  CalendarDay before = *back, after = *ahead;
  before.day = std::max(before.day, 1);
  after.day = std::max(after.day, 1);
  const bool nearer_ahead = day_number(after) - day_number(now) < day_number(now) - day_number(before);
  return text(nearer_ahead ? ahead : back);
}

std::string TimeResolver::weekday_value(const TimeExpression& e, TimeDirection direction,
                                        std::size_t sentence) {
  std::optional<CalendarDay> base;
  if (e.from_text) {
    base = text_day(sentence);
  } else if (has_day()) {
    base = today();
  }
  if (!base) {
    open_day_ = "XXXX-WXX-" + std::to_string(e.weekday);
    open_day_sentence_ = sentence;
    return with_time(open_day_, e);
  }
  const int here = weekday_of(*base);
  long shift = 0;
  if (e.shifted) {
    if (e.shift < 0) {
      shift = -((here - e.weekday + 6) % 7 + 1);
    } else if (e.shift > 0) {
      shift = (e.weekday - here + 6) % 7 + 1;
    } else {
      shift = e.weekday - here;  // this week's
    }
  } else if (direction == TimeDirection::future) {
    shift = (e.weekday - here + 7) % 7;
  } else {
    shift = -((here - e.weekday + 7) % 7);
  }
  const CalendarDay day = add_days(*base, shift);
  remember_day(day, sentence);
  return with_time(day_value(day), e);
}

std::string TimeResolver::shifted_value(const std::string& unit, CalendarDay base, double amount) const {
  const long whole = std::lround(amount);
  if (unit == "D" || unit == "N") return day_value(add_days(base, whole));
  if (unit == "W") return week_value(add_days(base, 7 * whole));
  if (unit == "FN") return week_value(add_days(base, 14 * whole));
  if (unit == "WE") return week_value(add_days(base, 7 * whole)) + "-WE";
  if (unit == "M") {
    const CalendarDay day = add_months(base, whole);
    return month_value(day.year, day.month);
  }
  if (unit == "Q") {
    const CalendarDay day = add_months(base, 3 * whole);
    return year_value(day.year) + "-Q" + std::to_string(quarter_of(day.month));
  }
  if (unit == "Y") {
    if (std::floor(amount) != amount) {
      const CalendarDay day = add_months(base, std::lround(amount * 12));
      return month_value(day.year, day.month);
    }
    return year_value(base.year + static_cast<int>(whole));
  }
  const int year = base.year;
  if (unit == "DE") return std::to_string(year / 10 + static_cast<int>(whole));
  if (unit == "CE") return two_digits(year / 100 + static_cast<int>(whole));
  if (unit == "ML") return std::to_string(year / 1000 + static_cast<int>(whole));
  return day_value(base);
}

std::string TimeResolver::which_value(const TimeExpression& e, TimeDirection direction,
                                      std::size_t sentence) {
  if (e.clock_unit) return "PRESENT_REF";
  if (e.period || (e.unit == "Q" && (e.definite || e.from_text))) {
    // "the quarter", "the latest period", "the year-earlier quarter": the one spoken of, or, where
    // none was, the one that has ended last.
    int year = 0, quarter = 0;
    if (last_quarter_) {
      year = last_quarter_->year;
      quarter = last_quarter_->quarter;
    } else if (published_ && published_->month > 0) {
      const CalendarDay day = add_months({published_->year, published_->month, 1}, -3);
      year = day.year;
      quarter = quarter_of(day.month);
    }
    if (e.year != 0) year = e.year;
    if (year == 0) return "XXXX-QX";
    year += e.direction;
    return year_value(year) + (quarter != 0 ? "-Q" + std::to_string(quarter) : "-QX");
  }
  std::optional<CalendarDay> base;
  // "the next day" follows what was told; "next week" follows today.
  const bool told = e.from_text || ((e.unit == "D" || e.unit == "N") && e.shift > 0);
  if (told && e.shifted) {
    base = text_day(sentence);
    if (e.unit == "Y" && last_said_year_ && (!last_day_ || last_said_year_->sentence >= last_day_->sentence) &&
        sentence - last_said_year_->sentence <= 3) {
      base = CalendarDay{last_said_year_->year, 1, 1};
    }
  } else if (has_day()) {
    base = today();
  } else if (published_ && published_->month > 0 && (e.unit == "M" || e.unit == "Y" || e.unit == "Q")) {
    base = CalendarDay{published_->year, published_->month, 1};
  } else if (published_ && e.unit == "Y") {
    base = CalendarDay{published_->year, 1, 1};
  }
  if (!base) {
    if (e.unit == "D" || e.unit == "N") return "XXXX-XX-XX";
    if (e.unit == "W" || e.unit == "FN") return "XXXX-WXX";
    if (e.unit == "WE") return "XXXX-WXX-WE";
    if (e.unit == "M") return "XXXX-XX";
    if (e.unit == "Q") return "XXXX-QX";
    if (e.unit == "DE") return "XXX";
    if (e.unit == "CE") return "XX";
    return "XXXX";
  }
  int shift = e.shift;
  if (e.unit == "WE" && shift == 0) {
    // A weekend that is told is over, unless it is the weekend now.
    const bool weekend_now = weekday_of(*base) >= 6;
    if (!weekend_now && direction != TimeDirection::future && !(e.shifted && direction != TimeDirection::past)) {
      shift = -1;
    }
  }
  const std::string value = shifted_value(e.unit, *base, shift);
  if (e.unit == "D" || e.unit == "N") remember_day(add_days(*base, shift), sentence);
  return value;
}

std::string TimeResolver::distance_value(const TimeExpression& e, std::size_t sentence) {
  if (e.vague) return e.direction < 0 ? "PAST_REF" : "FUTURE_REF";
  if (e.unit == "Y" && e.count == 1.0 && e.direction < 0 && last_quarter_ &&
      sentence - last_quarter_->sentence <= 6) {
    // "profit rose 5% in the third quarter, from $3 million a year earlier": the same quarter.
    return year_value(last_quarter_->year - 1) + "-Q" + std::to_string(last_quarter_->quarter);
  }
  std::optional<CalendarDay> base;
  if (e.from_text) {
    base = text_day(sentence);
    if (e.unit == "Y" && last_said_year_ && (!last_day_ || last_said_year_->sentence >= last_day_->sentence) &&
        sentence - last_said_year_->sentence <= 3) {
      base = CalendarDay{last_said_year_->year, 1, 1};
    }
  } else if (has_day()) {
    base = today();
  } else if (published_ && published_->month > 0 && e.unit != "D" && e.unit != "W") {
    base = CalendarDay{published_->year, published_->month, 1};
  }
  if (e.clock_unit) {
    if (!e.from_text && published_ && published_->hour >= 0 && has_day()) {
      const double minutes = e.unit == "H" ? 60.0 : e.unit == "M" ? 1.0 : 1.0 / 60.0;
      long total = day_number(today()) * 1440 + published_->hour * 60 + std::max(published_->minute, 0);
      total += std::lround(e.direction * e.count * minutes);
      const long days = total >= 0 ? total / 1440 : (total - 1439) / 1440;
      const int rest = static_cast<int>(total - days * 1440);
      return day_value(day_from_number(days)) + 'T' + two_digits(rest / 60) + ':' + two_digits(rest % 60);
    }
    return e.from_text ? amount_value(e) : e.direction < 0 ? "PAST_REF" : "FUTURE_REF";
  }
  if (!base) {
    if (e.unit == "D" || e.unit == "N") return "XXXX-XX-XX";
    if (e.unit == "W" || e.unit == "FN") return "XXXX-WXX";
    if (e.unit == "M") return "XXXX-XX";
    if (e.unit == "Q") return "XXXX-QX";
    if (e.unit == "DE") return "XXX";
    return "XXXX";
  }
  std::string value = shifted_value(e.unit, *base, e.direction * e.count);
  if (e.unit == "D" && e.from_text) remember_day(add_days(*base, std::lround(e.direction * e.count)), sentence);
  if (e.unit == "N") value += "TNI";
  return value;
}

std::string TimeResolver::amount_value(const TimeExpression& e) const {
  const DurationUnit unit = duration_unit(e.unit, e.vague);
  std::string value = e.clock_unit ? "PT" : "P";
  if (!e.vague && e.count - std::floor(e.count) == 0.5 && e.count > 1.0) {
    // Halves in the next smaller unit: "two and a half years" is P2Y6M.
    const std::string whole = count_text(std::floor(e.count));
    if (unit.code == "Y" && unit.factor == 1.0) return "P" + whole + "Y6M";
    if (e.clock_unit && unit.code == "H") return "PT" + whole + "H30M";
    if (e.clock_unit && unit.code == "M") return "PT" + whole + "M30S";
  }
  value += e.vague ? "X" : count_text(e.count * unit.factor);
  return value + unit.code;
}

std::string TimeResolver::set_value(const TimeExpression& e) const {
  if (!e.value.empty()) return e.value;
  if (e.unit == "weekday") {
    std::string value = "XXXX-WXX-" + std::to_string(e.weekday);
    return e.part.empty() ? value : value + 'T' + e.part;
  }
  if (e.unit == "month") return "XXXX-" + two_digits(e.month);
  if (e.unit == "season") return "XXXX-" + e.season;
  if (e.unit == "part") return "XXXX-XX-XXT" + e.part;
  if (e.unit == "N") return "XXXX-XX-XXTNI";
  return amount_value(e);
}

Time TimeResolver::resolve(const TimeExpression& e, TimeDirection direction, std::size_t sentence) {
  Time time;
  time.type = e.type;
  switch (e.form) {
    case TimeForm::date: time.value = date_value(e, direction, sentence); break;
    case TimeForm::weekday: time.value = weekday_value(e, direction, sentence); break;
    case TimeForm::day: {
      std::optional<CalendarDay> base;
      // "the morning", "that night" and "dawn" belong to the day the text speaks of.
      if (e.definite || e.from_text || (e.shift > 0 && !e.part.empty() && e.shifted)) {
        base = text_day(sentence);
      } else if (has_day()) {
        base = today();
      }
      if (!base) {
        time.value = with_time("XXXX-XX-XX", e);
      } else {
        const CalendarDay day = add_days(*base, e.definite ? 0 : e.shift);
        if (!e.definite) remember_day(day, sentence);
        time.value = with_time(day_value(day), e);
      }
      break;
    }
    case TimeForm::which: time.value = which_value(e, direction, sentence); break;
    case TimeForm::distance:
      time.value = distance_value(e, sentence);
      if (time.value == "PAST_REF" || time.value == "FUTURE_REF") time.type = TimeType::date;
      if (time.value[0] == 'P' && time.value != "PAST_REF") time.type = TimeType::duration;
      break;
    case TimeForm::duration: time.value = amount_value(e); break;
    case TimeForm::set: time.value = set_value(e); break;
    case TimeForm::reference: time.value = e.value; break;
    case TimeForm::clock: {
      const std::optional<CalendarDay> base = text_day(sentence);
      const bool open = !base && !open_day_.empty() && open_day_sentence_ == sentence;
      time.value = with_time(base ? day_value(*base) : open ? open_day_ : "XXXX-XX-XX", e);
      break;
    }
  }
  if (!e.mod.empty()) time.mod = e.mod;
  if (!e.quant.empty()) time.quant = e.quant;
  if (!e.freq.empty()) time.freq = e.freq;
  return time;
}

}  // namespace parley
