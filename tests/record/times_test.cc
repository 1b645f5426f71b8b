// Expressions of time: what is found, and what it means on the calendar.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ctime>
#include <string>
#include <vector>

#include "knowledge/figure_words.h"
#include "knowledge/time_words.h"
#include "language/conllu.h"
#include "record/time_calendar.h"
#include "record/time_direction.h"
#include "record/time_grammar.h"
#include "record/time_resolver.h"

namespace parley {
namespace {

struct Tables {
  Diagnostics diagnostics;
  TimeWords times;
  FigureWords figures;
  Tables() {
    DataFiles files(std::filesystem::path(PARLEY_SOURCE_DIR) / "data", "");
    times = TimeWords::load(files, diagnostics);
    figures = FigureWords::load(files, diagnostics);
  }
};
const Tables& tables() {
  static const Tables loaded;
  return loaded;
}

/// "span = value" of each expression; `TIME`, mods and so on behind it where there are any.
std::vector<std::string> read(const std::string& text, const char* published = nullptr,
                              TimeDirection direction = TimeDirection::past) {
  const Tables& data = tables();
  Atoms atoms;
  atoms.split(text, {0, static_cast<std::uint32_t>(text.size())});
  std::optional<KnownDate> date;
  if (published != nullptr) date = parse_known_date(published);
  TimeResolver resolver(data.times, date);
  const auto found = find_times(atoms, {}, data.times, data.figures.numbers);
  for (const TimeExpression& e : found) resolver.learn(e);
  std::vector<std::string> out;
  for (const TimeExpression& e : found) {
    const Time time = resolver.resolve(e, direction, 0);
    const std::uint32_t begin = atoms.bytes(e.first).begin, end = atoms.bytes(e.last - 1).end;
    std::string line = text.substr(begin, end - begin) + " = " + time.value;
    if (time.type == TimeType::time) line += " TIME";
    if (time.type == TimeType::duration) line += " DURATION";
    if (time.type == TimeType::set) line += " SET";
    if (time.mod) line += " " + *time.mod;
    if (time.quant) line += " " + *time.quant;
    if (time.freq) line += " " + *time.freq;
    out.push_back(line);
  }
  return out;
}
using Lines = std::vector<std::string>;

TEST(Times, DataIsInOrder) { EXPECT_EQ(tables().diagnostics.text(), ""); }

TEST(Times, WrittenOutDates) {
  EXPECT_EQ(read("It began on October 7, 2023, and a truce came on 24 November 2023."),
            (Lines{"October 7, 2023 = 2023-10-07", "24 November 2023 = 2023-11-24"}));
  EXPECT_EQ(read("signed on the 10th of April 1998 in Belfast"), (Lines{"the 10th of April 1998 = 1998-04-10"}));
  EXPECT_EQ(read("Khartoum, 2023-04-15 -"), (Lines{"2023-04-15 = 2023-04-15"}));
  EXPECT_EQ(read("Friday, Feb. 25, 2022, at 9:30 a.m."),
            (Lines{"Friday, Feb. 25, 2022 = 2022-02-25", "9:30 a.m. = 2022-02-25T09:30 TIME"}));
  EXPECT_EQ(read("between March and June 2011"), (Lines{"March = 2011-03", "June 2011 = 2011-06"}));
  EXPECT_EQ(read("talks held May 3-5, 2016, in Kuwait"), (Lines{"May 3-5, 2016 = 2016-05-03"}));
}

TEST(Times, WithoutPublicationWhatIsNotSaidStaysX) {
  EXPECT_EQ(read("They met on Wednesday."), (Lines{"Wednesday = XXXX-WXX-3"}));
  EXPECT_EQ(read("on November 4, and again on Saturday night"),
            (Lines{"November 4 = XXXX-11-04", "Saturday night = XXXX-WXX-6TNI TIME"}));
  EXPECT_EQ(read("last week, last month, last year, yesterday, this morning"),
            (Lines{"last week = XXXX-WXX", "last month = XXXX-XX", "last year = XXXX", "yesterday = XXXX-XX-XX",
                   "this morning = XXXX-XX-XXTMO TIME"}));
  EXPECT_EQ(read("now"), (Lines{"now = PRESENT_REF"}));
}

TEST(Times, TheTextFixesTheYear) {
  EXPECT_EQ(read("The war began on April 15, 2023. Since April 15 the city has emptied."),
            (Lines{"April 15, 2023 = 2023-04-15", "April 15 = 2023-04-15"}));
  EXPECT_EQ(read("Since April 15 the city has emptied; the war began on April 15, 2023."),
            (Lines{"April 15 = 2023-04-15", "April 15, 2023 = 2023-04-15"}));
  // The year that is said wins over the day of publication.
  EXPECT_EQ(read("on April 15, 2019, as on April 15", "2024-06-01"),
            (Lines{"April 15, 2019 = 2019-04-15", "April 15 = 2019-04-15"}));
}

TEST(Times, DatesThatNameWhatHappened) {
  EXPECT_EQ(read("the September 11 attacks"), (Lines{"September 11 = 2001-09-11"}));
  EXPECT_EQ(read("since 9/11"), (Lines{"9/11 = 2001-09-11"}));
  EXPECT_EQ(read("on September 11 they met"), (Lines{"September 11 = XXXX-09-11"}));
}

TEST(Times, DaysOfTheWeekLookWhereTheVerbLooks) {
  const char* thursday = "2024-05-02";
  EXPECT_EQ(read("They met on Wednesday.", thursday), (Lines{"Wednesday = 2024-05-01"}));
  EXPECT_EQ(read("They met on Thursday.", thursday), (Lines{"Thursday = 2024-05-02"}));
  EXPECT_EQ(read("They will meet on Wednesday.", thursday, TimeDirection::future), (Lines{"Wednesday = 2024-05-08"}));
  EXPECT_EQ(read("last Friday", thursday), (Lines{"last Friday = 2024-04-26"}));
  EXPECT_EQ(read("next Monday", thursday), (Lines{"next Monday = 2024-05-06"}));
  EXPECT_EQ(read("late on Tuesday evening, around noon Saturday", thursday),
            (Lines{"Tuesday evening = 2024-04-30TEV TIME", "around noon Saturday = 2024-04-27T12:00 TIME APPROX"}));
}

TEST(Times, RowsOfUnits) {
  const char* day = "2024-05-02";
  EXPECT_EQ(read("last week, this month, next year, the past decade", day),
            (Lines{"last week = 2024-W17", "this month = 2024-05", "next year = 2025", "the past decade = 201"}));
  EXPECT_EQ(read("over the weekend", day), (Lines{"the weekend = 2024-W17-WE"}));
  EXPECT_EQ(read("last August, in October, this September", day),
            (Lines{"last August = 2023-08", "October = 2023-10", "this September = 2024-09"}));
  EXPECT_EQ(read("last summer; the third quarter; the first half of 2022; Q4 2021", day),
            (Lines{"last summer = 2023-SU", "the third quarter = 2023-Q3", "the first half of 2022 = 2022-H1",
                   "Q4 2021 = 2021-Q4"}));
  EXPECT_EQ(read("the 1990s, the late 1980s and the 19th century", day),
            (Lines{"the 1990s = 199", "the late 1980s = 198 END", "the 19th century = 18"}));
}

TEST(Times, EdgesAndAmounts) {
  const char* day = "2022-03-10";
  EXPECT_EQ(read("in late February", day), (Lines{"late February = 2022-02 END"}));
  EXPECT_EQ(read("mid-2014, early Tuesday, the end of the month, earlier this year", day),
            (Lines{"mid-2014 = 2014 MID", "early Tuesday = 2022-03-08 START", "the end of the month = 2022-03 END",
                   "earlier this year = 2022 START"}));
  EXPECT_EQ(read("more than two years ago", day), (Lines{"more than two years ago = 2020 MORE_THAN"}));
  EXPECT_EQ(read("for at least 60 days", day), (Lines{"at least 60 days = P60D DURATION EQUAL_OR_MORE"}));
  EXPECT_EQ(read("nearly four hours", day), (Lines{"nearly four hours = PT4H DURATION LESS_THAN"}));
}

TEST(Times, Distances) {
  const char* day = "2022-03-10";
  EXPECT_EQ(read("ten days ago; two weeks ago; five months ago; a decade ago", day),
            (Lines{"ten days ago = 2022-02-28", "two weeks ago = 2022-W08", "five months ago = 2021-10",
                   "a decade ago = 201"}));
  EXPECT_EQ(read("several years ago", day), (Lines{"several years ago = PAST_REF"}));
  // From the day that is spoken of, not from publication.
  EXPECT_EQ(read("The truce of 9 November 2020 broke two days later; talks had failed the day before.", day),
            (Lines{"9 November 2020 = 2020-11-09", "two days later = 2020-11-11", "the day before = 2020-11-10"}));
  // Before a noun phrase it is an amount: the date is the phrase's.
  EXPECT_EQ(read("two days after the vote", day), (Lines{"two days = P2D DURATION"}));
  EXPECT_EQ(read("an hour ago", "2022-03-10T14:30:00Z"), (Lines{"an hour ago = 2022-03-10T13:30 TIME"}));
}

TEST(Times, Durations) {
  EXPECT_EQ(read("a three-month-old truce after the eight-year war"),
            (Lines{"three-month-old = P3M DURATION", "eight-year = P8Y DURATION"}));
  EXPECT_EQ(read("the past two years, the next 48 hours, the first six weeks"),
            (Lines{"the past two years = P2Y DURATION", "the next 48 hours = PT48H DURATION",
                   "the first six weeks = P6W DURATION"}));
  EXPECT_EQ(read("two and a half years; 2 1/2 years; half an hour"),
            (Lines{"two and a half years = P2Y6M DURATION", "2 1/2 years = P2Y6M DURATION", "half an hour = PT0.5H DURATION"}));
  EXPECT_EQ(read("in recent weeks, for months, a few days"),
            (Lines{"recent weeks = PXW DURATION", "months = PXM DURATION", "a few days = PXD DURATION"}));
  EXPECT_EQ(read("six to eight weeks"), (Lines{"six to eight weeks = P8W DURATION APPROX"}));
}

TEST(Times, Sets) {
  EXPECT_EQ(read("each July, every two weeks, twice a day, on Mondays"),
            (Lines{"each July = XXXX-07 SET EACH", "every two weeks = P2W SET EVERY", "twice a day = P1D SET 2X",
                   "Mondays = XXXX-WXX-1 SET"}));
  EXPECT_EQ(read("a daily toll"), (Lines{"daily = P1D SET"}));
}

TEST(Times, Clock) {
  EXPECT_EQ(read("at 7:15 p.m. on Friday", "2024-05-02"), (Lines{"7:15 p.m. on Friday = 2024-04-26T19:15 TIME"}));
  EXPECT_EQ(read("from 06:00 local time (0400 GMT) on 9 July 2020"),
            (Lines{"06:00 local time = XXXX-XX-XXT06:00 TIME", "0400 GMT = XXXX-XX-XXT04:00Z TIME", "9 July 2020 = 2020-07-09"}));
  EXPECT_EQ(read("It starts on Monday at 9:45 p.m. local time."),
            (Lines{"Monday = XXXX-WXX-1", "9:45 p.m. local time = XXXX-WXX-1T21:45 TIME"}));
  EXPECT_EQ(read("at dawn"), (Lines{"dawn = XXXX-XX-XXTMO TIME"}));
}

TEST(Times, FeastsOfOtherCalendars) {
  const char* day = "2024-02-20";
  EXPECT_EQ(read("before Ramadan", day, TimeDirection::future), (Lines{"Ramadan = 2024-03"}));
  EXPECT_EQ(read("Eid al-Fitr 2024; Yom Kippur 1973; Passover 2024; Nowruz 2024; Lunar New Year 2018", day),
            (Lines{"Eid al-Fitr 2024 = 2024-04-10", "Yom Kippur 1973 = 1973-10-06", "Passover 2024 = 2024-04-23",
                   "Nowruz 2024 = 2024-03-20", "Lunar New Year 2018 = 2018-02-16"}));
  EXPECT_EQ(read("Good Friday 1998, Orthodox Easter 2023", day),
            (Lines{"Good Friday 1998 = 1998-04-10", "Orthodox Easter 2023 = 2023-04-16"}));
}

TEST(Times, WhatIsNone) {
  EXPECT_EQ(read("A 34-year-old man, aged 52, may march in 12 years old shoes."), Lines{});
  EXPECT_EQ(read("Resolution 1701 and Article 1949"), Lines{});
  EXPECT_EQ(read("about 2000 people; $1950; 1,988 tents"), Lines{});
  EXPECT_EQ(read("about three-quarters of its grain, a last-minute offer"), Lines{});
  EXPECT_EQ(read("He may say so. They march on."), Lines{});
}

TEST(Times, KnownWrong) {
  // A day's part that the verb's tense does not settle: "this morning" of a report put out at night.
  EXPECT_EQ(read("two soldiers were hurt in the first two of three days"), (Lines{"three days = P3D DURATION"}));
  // "the first two quarters of 1990" is the year's first half; the parts of runs are not put together.
  EXPECT_EQ(read("the first two quarters of 1990"), (Lines{"the first two quarters = P2Q DURATION", "1990 = 1990"}));
}

// --- where verbs look ----------------------------------------------------------------------------------

TimeDirection direction_of(const char* conllu, Word word) {
  const auto text = read_conllu(conllu);
  if (!text.ok()) {
    ADD_FAILURE() << text.error().text();
    return TimeDirection::unknown;
  }
  return time_direction(text->analysis, word, tables().times);
}

TEST(TimeDirection, PastFuturePlanned) {
  EXPECT_EQ(direction_of("1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
                         "2\tmet\tmeet\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\t_\n"
                         "3\tMonday\tMonday\tPROPN\tNNP\t_\t2\tobl:tmod\t_\t_\n\n", 2),
            TimeDirection::past);
  EXPECT_EQ(direction_of("1\tThey\tthey\tPRON\tPRP\t_\t3\tnsubj\t_\t_\n"
                         "2\twill\twill\tAUX\tMD\tVerbForm=Fin\t3\taux\t_\t_\n"
                         "3\tmeet\tmeet\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_\n"
                         "4\tMonday\tMonday\tPROPN\tNNP\t_\t3\tobl:tmod\t_\t_\n\n", 3),
            TimeDirection::future);
  EXPECT_EQ(direction_of("1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
                         "2\tagreed\tagree\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\t_\n"
                         "3\tto\tto\tPART\tTO\t_\t4\tmark\t_\t_\n"
                         "4\tmeet\tmeet\tVERB\tVB\tVerbForm=Inf\t2\txcomp\t_\t_\n"
                         "5\tMonday\tMonday\tPROPN\tNNP\t_\t4\tobl:tmod\t_\t_\n\n", 4),
            TimeDirection::future);
  EXPECT_EQ(direction_of("1\tTalks\ttalk\tNOUN\tNNS\t_\t3\tnsubj:pass\t_\t_\n"
                         "2\twere\tbe\tAUX\tVBD\tTense=Past|VerbForm=Fin\t3\taux:pass\t_\t_\n"
                         "3\tscheduled\tschedule\tVERB\tVBN\tTense=Past|VerbForm=Part\t0\troot\t_\t_\n"
                         "4\tfor\tfor\tADP\tIN\t_\t5\tcase\t_\t_\n"
                         "5\tMonday\tMonday\tPROPN\tNNP\t_\t3\tobl\t_\t_\n\n", 4),
            TimeDirection::future);
}

// --- the calendar ----------------------------------------------------------------------------------------

RC_GTEST_PROP(Calendar, DaysRoundTrip, ()) {
  const long number = *rc::gen::inRange(-200000L, 200000L);
  const CalendarDay day = day_from_number(number);
  RC_ASSERT(day_number(day) == number);
  RC_ASSERT(add_days(day, 7) > day);
  RC_ASSERT(weekday_of(add_days(day, 7)) == weekday_of(day));
}

RC_GTEST_PROP(Calendar, WeeksAreTheLibrarys, ()) {
  const CalendarDay day = day_from_number(*rc::gen::inRange(0L, 40000L));
  std::tm tm{};
  tm.tm_year = day.year - 1900, tm.tm_mon = day.month - 1, tm.tm_mday = day.day, tm.tm_isdst = -1, tm.tm_hour = 12;
  std::mktime(&tm);
  char week[16];
  std::strftime(week, sizeof week, "%G-W%V", &tm);
  RC_ASSERT(week_value(day) == week);
}

TEST(Calendar, MonthsAreCut) {
  EXPECT_EQ(day_value(add_months({2024, 1, 31}, 1)), "2024-02-29");
  EXPECT_EQ(day_value(add_months({2024, 1, 15}, -1)), "2023-12-15");
}

/// Whatever the text, spans lie in it, in order and apart, and nothing is slow.
RC_GTEST_PROP(Times, AnyWordsInAnyOrder, ()) {
  static const std::vector<std::string> kWords = {
      "the", "a", "last", "early", "late", "7", "October", "2023", "-", ",", "Monday", "two", "three", "weeks",
      "year", "ago", "p.m.", "half", "and", "of", "every", "Q3", "'", "s", "0400", "GMT", "more", "than",
      "quarter", "third", "1990s", ":", "15", "old", "night", "may", "/", "dozens", "million", "é"};
  std::string text;
  for (const int i : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(kWords.size())))) {
    text += kWords[static_cast<std::size_t>(i)];
    if (*rc::gen::inRange(0, 3) != 0) text += ' ';
  }
  Atoms atoms;
  atoms.split(text, {0, static_cast<std::uint32_t>(text.size())});
  std::size_t last = 0;
  for (const TimeExpression& e : find_times(atoms, {}, tables().times, tables().figures.numbers)) {
    RC_ASSERT(e.first >= last);
    RC_ASSERT(e.last > e.first);
    RC_ASSERT(e.last <= atoms.size());
    last = e.last;
    TimeResolver resolver(tables().times, parse_known_date("2024-05-02"));
    RC_ASSERT(!resolver.resolve(e, TimeDirection::past, 0).value.empty());
  }
}

}  // namespace
}  // namespace parley
