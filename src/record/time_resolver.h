// What an expression of time means on the calendar: TIMEX3 values.
//
// Idea: three things decide: the day of publication, the time the text is speaking of (the last day
// named), and whether the verb looks back or ahead. What none of them settles stays X:
// without a day of publication "Wednesday" is XXXX-WXX-3 and "October 7" XXXX-10-07, unless the same
// day stands elsewhere in the text with its year.
// Counter-example: "was due to expire on November 6", published on November 2, is the coming
// November 6 although the verb is past: a day a few days off is meant rather than one 51 weeks ago.
// Cost: constant for each expression. Tests: tests/record/times_test.cc.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "knowledge/time_words.h"
#include "parley/record.h"
#include "record/time_calendar.h"
#include "record/time_grammar.h"

namespace parley {

/// Where the governing verb looks.
enum class TimeDirection : std::uint8_t { unknown, past, present, future };

class TimeResolver {
 public:
  TimeResolver(const TimeWords& words, std::optional<KnownDate> published)
      : words_(words), published_(published) {}

  /// First pass: remembers days that are given with their year.
  void learn(const TimeExpression& expression);
  /// Second pass, in text order: type, value, mod, quant, freq; id and span are the caller's.
  Time resolve(const TimeExpression& expression, TimeDirection direction, std::size_t sentence);

 private:
  bool has_day() const { return published_ && published_->day > 0; }
  CalendarDay today() const { return published_->calendar_day(); }
  /// The day the text speaks of, else that of publication.
  std::optional<CalendarDay> text_day(std::size_t sentence) const;

  std::string date_value(const TimeExpression& e, TimeDirection direction, std::size_t sentence);
  std::string quarter_value(const TimeExpression& e, TimeDirection direction, std::size_t sentence);
  std::string season_value(const TimeExpression& e, TimeDirection direction) const;
  std::string holiday_value(const TimeExpression& e, TimeDirection direction, std::size_t sentence);
  std::string weekday_value(const TimeExpression& e, TimeDirection direction, std::size_t sentence);
  std::string which_value(const TimeExpression& e, TimeDirection direction, std::size_t sentence);
  std::string distance_value(const TimeExpression& e, std::size_t sentence);
  std::string shifted_value(const std::string& unit, CalendarDay base, double amount) const;
  std::string amount_value(const TimeExpression& e) const;
  std::string set_value(const TimeExpression& e) const;
  std::string with_time(std::string day, const TimeExpression& e) const;
  int year_of_month_day(const TimeExpression& e, TimeDirection direction, std::size_t sentence) const;
  void remember_day(CalendarDay day, std::size_t sentence);

  const TimeWords& words_;
  std::optional<KnownDate> published_;
  std::map<std::pair<int, int>, int> years_;   // (month, day) -> year said in the text; day 0: the month
  struct At {
    std::size_t sentence = 0;
  };
  struct DayAt : At {
    CalendarDay day;
  };
  struct QuarterAt : At {
    int year = 0;
    int quarter = 0;
  };
  struct YearAt : At {
    int year = 0;
    int month = 0;
  };
  std::optional<DayAt> last_day_;
  std::string open_day_;                       // "XXXX-WXX-1": the last day that stayed open, and where
  std::size_t open_day_sentence_ = 0;
  std::optional<QuarterAt> last_quarter_;
  std::optional<YearAt> last_said_year_;       // a year that was written out
};

}  // namespace parley
