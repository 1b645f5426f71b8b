// Expressions of time in one sentence, as they are written: "late last week", "October 7, 2023",
// "the past two years", "10 p.m. Wednesday", "each July". What they mean on the calendar is the
// resolver's work (time_resolver.h).
//
// Idea: a hand-written grammar over atoms (text/atoms.h) whose words all come from data/times. At
// every atom each kind of expression is tried and the longest wins.
// Examples: "three-month-old truce" is a duration of three months, "more than two years ago" a date.
// Counter-examples: "may" without a date beside it is a verb, "34-year-old" is an age, "Resolution
// 1701" no year, "two days after the vote" a duration, not a date.
// Spans follow TimeML 1.2.1: determiners and modifiers in ("the end of the month", "at least 60
// days"), prepositions out.
// Cost: linear; an expression has at most some twenty atoms.
// Tests: tests/record/times_test.cc.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "knowledge/figure_words.h"
#include "knowledge/time_words.h"
#include "parley/analysis.h"
#include "parley/record.h"
#include "text/atoms.h"

namespace parley {

enum class TimeForm : std::uint8_t {
  date,       ///< parts of the calendar: year … day, season, quarter, decade, century, holiday
  weekday,
  day,        ///< counted from today: "yesterday"
  which,      ///< a unit picked from its row: "last week", "the following year", "that day"
  distance,   ///< an amount away: "two weeks ago", "a year earlier"
  duration,
  set,
  reference,  ///< PRESENT_REF …
  clock,      ///< a time of day with or without its day
};

struct TimeExpression {
  std::size_t first = 0;  ///< atoms [first, last)
  std::size_t last = 0;
  TimeForm form = TimeForm::date;
  TimeType type = TimeType::date;

  // Calendar. 0 or -1: not said.
  int year = 0;
  int decade = -1;        ///< 197 for "the 1970s"; below 100 ("the '80s"): tens of years, 80
  int century = 0;        ///< 20 for "the 20th century"
  int month = 0;
  int day = 0;
  int weekday = 0;
  int quarter = 0;
  int half = 0;
  int holiday = -1;
  int known_year = 0;     ///< of a date that names what happened on it, see Anniversary
  std::string season;     ///< SP SU FA WI
  int season_month = 0;
  std::string part;       ///< MO AF EV NI
  int hour = -1;
  int minute = -1;
  bool zulu = false;      ///< GMT or UTC was said

  // Amounts and rows.
  std::string unit;       ///< TimeWord's codes
  bool clock_unit = false;
  double count = 1.0;
  bool vague = false;     ///< "several years"
  int shift = 0;          ///< of which: -1 last, 0 this, 1 next; of day: days
  bool shifted = false;   ///< a `which` was said
  bool from_text = false; ///< counted from the text's time, not from publication
  bool definite = false;  ///< picked by nothing but "the"
  int direction = 0;      ///< of distance
  bool period = false;    ///< "the year-earlier period": as long as the one spoken of

  std::string value;      ///< where the words give it
  std::string mod, quant, freq;
};

/// The expressions of one sentence in text order, not overlapping. `upos` is by atom, or empty.
std::vector<TimeExpression> find_times(const Atoms& atoms, std::span<const Upos> upos,
                                       const TimeWords& words, const NumberWords& numbers);

}  // namespace parley
