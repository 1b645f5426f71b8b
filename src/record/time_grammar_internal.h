// The grammar's inside, shared by its files: time_grammar.cc puts expressions together, _dates reads
// the calendar, _clock days and hours, _amounts durations, distances and sets.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "record/time_grammar.h"

namespace parley::time_grammar {

using Maybe = std::optional<TimeExpression>;

struct Hit {
  const TimeWord* word = nullptr;
  std::size_t size = 0;
  explicit operator bool() const { return word != nullptr; }
};

/// An amount of a unit: "three more", "several", "a", "two to three", "12-18".
struct Quantity {
  std::size_t last = 0;
  double count = 1.0;
  bool vague = false;
  bool article = false;
  bool range = false;
};

/// "nineteen ninety-six", "two thousand and three".
struct Spelled {
  int year = 0;
  std::size_t size = 0;
};

/// 1 to 31 as a number or an ordinal; the atoms it has.
struct Day {
  int day = 0;
  std::size_t size = 0;
  bool ordinal = false;
};

/// "am", "p.m.": 1 or 2, and the atoms it has.
struct Half {
  bool pm = false;
  std::size_t size = 0;
};

class Grammar {
 public:
  using Kind = TimeWord::Kind;

  Grammar(const Atoms& atoms, std::span<const Upos> upos, const TimeWords& words,
          const NumberWords& numbers)
      : atoms_(atoms), upos_(upos), words_(words.words), table_(words), numbers_(numbers) {}
  std::vector<TimeExpression> find();
  /// "between March and June 2011", "from December to January 2015": the year serves both.
  void share_years(std::vector<TimeExpression>& found) const;

  // --- words ---------------------------------------------------------------------------------------
  Hit word(std::size_t i, Kind kind) const;
  Upos upos(std::size_t i) const { return i < upos_.size() ? upos_[i] : Upos::X; }
  bool tagged(std::size_t i, Upos wanted) const { return i < upos_.size() && upos_[i] == wanted; }
  bool hyphen(std::size_t i) const { return atoms_.is(i, "-"); }
  std::size_t skip_hyphen(std::size_t i) const { return hyphen(i) ? i + 1 : i; }
  std::size_t skip_comma(std::size_t i) const { return atoms_.is(i, ",") ? i + 1 : i; }
  TimeExpression make(std::size_t first, std::size_t last, TimeForm form, TimeType type) const;
  static void longer(Maybe& best, Maybe candidate) {
    if (candidate && (!best || candidate->last > best->last)) best = std::move(candidate);
  }

  // --- years, months, days -------------------------------------------------------------------------
  std::optional<int> four_digits(std::size_t i) const;
  /// A year that a month or "the year" stands before.
  std::optional<int> sure_year(std::size_t i) const;
  std::optional<Spelled> spelled_year(std::size_t i) const;
  bool no_year_before(std::size_t i) const;
  Maybe bare_year(std::size_t i) const;
  /// "the year 2000", "fiscal 1989", "fiscal year 2024", "FY2024".
  Maybe named_year(std::size_t i) const;
  Maybe bare_spelled_year(std::size_t i) const;
  Hit month(std::size_t i) const;
  /// Whether a month word that is also another word ("May", "March") stands for the month.
  bool month_is_meant(std::size_t i, const TimeWord& hit, bool with_company) const;
  std::optional<Day> day_at(std::size_t i) const;
  /// ", 2023" or "2023" or "of 2023" or "last year" after a month or day.
  std::size_t year_after(std::size_t i, TimeExpression& e) const;
  /// "October 7, 2023", "Oct. 7", "7 October 2023", "the 7th of October", "October 2023", "October".
  Maybe month_date(std::size_t i) const;
  /// "2023-10-07", "10/7/2023", "7.10.2023"; "9/11" where data knows what happened on it.
  Maybe numeric_date(std::size_t i) const;
  bool anniversary_noun(const Anniversary& known, std::size_t i) const;
  /// "the October 7 attacks": the year is the one everybody knows.
  void name_anniversary(TimeExpression& e) const;

  // --- decades, centuries, quarters, seasons, holidays ----------------------------------------------
  Maybe decade(std::size_t i) const;
  Maybe century(std::size_t i) const;
  /// "the third quarter of 1989", "last year's third quarter", "fiscal second-quarter", "Q3 2024",
  /// "the first half of 2024".
  Maybe quarter(std::size_t i) const;
  Maybe season(std::size_t i) const;
  Maybe holiday(std::size_t i) const;

  // --- weekdays, days, parts of the day --------------------------------------------------------------
  Hit weekday_word(std::size_t i) const;
  Maybe weekday(std::size_t i) const;
  /// "yesterday", "tomorrow morning", "last night", "this afternoon", "dawn".
  Maybe day(std::size_t i) const;
  std::size_t skip_of(std::size_t i) const { return atoms_.is(i, "of") || atoms_.is(i, "on") ? i + 1 : i; }
  /// A day: "Wednesday", "Nov. 9", "yesterday"; what a clock time or part of the day can belong to.
  Maybe day_point(std::size_t i) const;

  // --- rows: last week, the following year ------------------------------------------------------------
  Maybe which(std::size_t i) const;

  // --- amounts ---------------------------------------------------------------------------------------
  std::size_t fillers(std::size_t i) const;
  std::optional<Quantity> quantity(std::size_t i) const;
  /// "34-year-old", "aged 12", "52 years old": the atom after it, or `i`. The word "old" after years
  /// or after an article or number that counts a person.
  std::size_t age_at(std::size_t i) const;
  TimeExpression amount_of(std::size_t i, std::size_t last, TimeForm form, const Quantity& q, const Hit& unit) const;
  /// "two weeks ago", "a year earlier", "a week or so ago", "months ago", "the day before", "year-ago".
  Maybe distance(std::size_t i) const;
  Maybe duration(std::size_t i) const;

  // --- sets ------------------------------------------------------------------------------------------
  Maybe set(std::size_t i) const;
  Maybe reference(std::size_t i) const;

  // --- the clock -------------------------------------------------------------------------------------
  std::optional<Half> half_of_day(std::size_t i) const;
  Maybe clock(std::size_t i) const;

  // --- everything ------------------------------------------------------------------------------------
  Maybe point_at(std::size_t i) const;
  Maybe edged(std::size_t i) const;
  Maybe unmodified(std::size_t i) const;
  Maybe best_at(std::size_t i) const;
  /// Whether "about", "over", "at least" … before `inner` modify it and are no prepositions.
  bool modifiable(const TimeExpression& inner, std::size_t i, std::size_t at) const;

 private:
  const Atoms& atoms_;
  std::span<const Upos> upos_;
  const PhraseTable<TimeWord>& words_;
  const TimeWords& table_;
  const NumberWords& numbers_;
};

}  // namespace parley::time_grammar
