// The words of dates, durations and the calendar: data/times/*.toml.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "knowledge/toml_reader.h"
#include "text/phrase_table.h"

namespace parley {

/// A day or month with a name, in the civil or another calendar.
struct Holiday {
  std::string calendar;   ///< ICU's name; empty: civil
  int month = 0;          ///< 1…; 0 when counted from Easter
  int day = 0;            ///< 0: the month as a whole
  int weekday = 0;        ///< with `nth`: the nth such weekday of the month
  int nth = 0;
  bool easter = false;
  bool orthodox = false;
  int easter_offset = 0;
};

/// A date that names what happened on it.
struct Anniversary {
  int year = 0, month = 0, day = 0;
  std::unordered_set<std::string> nouns;  ///< atom phrases
};

/// What a word or phrase can be in an expression of time.
struct TimeWord {
  enum class Kind : std::uint8_t {
    month,        ///< value: 1…12
    weekday,      ///< value: 1…7 from Monday; `plural`: "Mondays"
    season,       ///< code: SP SU FA WI; value: first month
    part_of_day,  ///< code: MO AF EV NI
    clock,        ///< code: "12:00"
    unit,         ///< code: S M H D N W M Q Y DE CE ML; `flag`: clock unit
    day,          ///< value: shift from today; code: part of the day or empty
    reference,    ///< code: PRESENT_REF …
    which,        ///< value: shift; `flag`: counted from the text's time, not from publication
    distance,     ///< value: direction; `flag`: from the text's time; `closed`
    amount,       ///< code: mod
    edge,         ///< code: mod
    vague,        ///< value: the number it stands for, 0 for X
    every,
    frequency,    ///< code: value
    times,        ///< value: 2 for "twice"
    decade,       ///< value: 90 for "nineties"
    zone,
    holiday,      ///< value: index into `holidays`
    filler,       ///< "three more weeks"
    first,        ///< "the first nine months"
    before_year,
    no_year,
    end,          ///< "the year ended March 31"
    ignored,      ///< looks like a time and is none
  };
  Kind kind = Kind::reference;
  std::int32_t value = 0;
  std::string code;
  bool plural = false;
  bool common = false;  ///< more often another word: needs a capital or company
  bool abbreviation = false;
  bool flag = false;
  bool closed = false;
  bool alone = false;   ///< a part of day that may stand without a day: "at dawn"
};

struct TimeWords {
  PhraseTable<TimeWord> words;
  std::vector<Holiday> holidays;
  std::vector<Anniversary> anniversaries;
  std::unordered_set<std::string> ahead_auxiliaries;   ///< lemmas and forms
  std::unordered_set<std::string> ahead_governors;     ///< lemmas
  std::unordered_set<std::string> ahead_prepositions;  ///< "until": ahead unless the verb is past
  std::unordered_set<std::string> past_prepositions;   ///< "since": past whatever the verb is
  std::unordered_set<std::string> calls;               ///< lemmas of verbs whose object lies ahead of them
  std::unordered_set<std::string> call_prepositions;   ///< "a ceasefire from Friday"

  static TimeWords load(DataFiles& files, Diagnostics& diagnostics);
};

}  // namespace parley
