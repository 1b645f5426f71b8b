#include <algorithm>
#include <cmath>

#include "record/number_words.h"
#include "record/time_grammar_internal.h"

namespace parley::time_grammar {

Hit Grammar::weekday_word(std::size_t i) const {
  const Hit hit = word(i, Kind::weekday);
  if (!hit || !atoms_.capital(i)) return {};
  if (hit.word->abbreviation && !atoms_.is(i + 1, ".") && !(atoms_.is(i + 1, ",") && month_date(i + 2))) return {};
  return hit;
}

Maybe Grammar::weekday(std::size_t i) const {
  std::size_t at = i;
  TimeExpression e = make(i, i, TimeForm::weekday, TimeType::date);
  if (const Hit which = word(at, Kind::which)) {
    e.definite = atoms_.is(at, "the") && which.size == 1;
    e.shift = which.word->value;
    e.shifted = !e.definite;
    e.from_text = which.word->flag;
    at += which.size;
  }
  const Hit hit = weekday_word(at);
  if (!hit) return std::nullopt;
  e.weekday = hit.word->value;
  e.last = at + hit.size;
  if (hit.word->abbreviation && atoms_.is(e.last, ".")) ++e.last;
  if (hit.word->plural) {
    if (at > i && !e.definite) return std::nullopt;
    if (e.definite) e.first = at;
    e.form = TimeForm::set;
    e.type = TimeType::set;
    e.unit = "weekday";
    return e;
  }
  // "Wednesday, Nov. 3, 1998" and "Wednesday 3 November".
  const std::size_t date_at = skip_comma(e.last);
  if (!e.definite) {
    if (Maybe date = month_date(date_at); date && date->day > 0 && !atoms_.is(date_at, "the")) {
      TimeExpression whole = *date;
      whole.first = i;
      whole.weekday = e.weekday;
      return whole;
    }
  } else {
    return std::nullopt;  // "the Tuesday deadline": the word alone, found one atom further on
  }
  if (const Hit part = word(e.last, Kind::part_of_day); part) {
    if (part.word->plural) {
      e.form = TimeForm::set;
      e.unit = "weekday";
      e.type = TimeType::set;
    } else {
      e.type = TimeType::time;
    }
    e.part = part.word->code;
    e.last += part.size;
  }
  return e;
}

/// "yesterday", "tomorrow morning", "last night", "this afternoon", "dawn".
Maybe Grammar::day(std::size_t i) const {
  if (const Hit hit = word(i, Kind::day)) {
    TimeExpression e = make(i, i + hit.size, TimeForm::day, TimeType::date);
    e.shift = hit.word->value;
    e.part = hit.word->code;
    if (const Hit part = word(e.last, Kind::part_of_day); part && !part.word->plural && e.part.empty()) {
      e.part = part.word->code;
      e.last += part.size;
    }
    if (!e.part.empty()) e.type = TimeType::time;
    return e;
  }
  if (atoms_.is(i, "overnight")) {
    TimeExpression e = make(i, i + 1, TimeForm::day, TimeType::time);
    e.part = "NI";
    e.definite = true;
    return e;
  }
  std::size_t at = i;
  const Hit which = word(at, Kind::which);
  if (which) at += which.size;
  const Hit part = word(at, Kind::part_of_day);
  if (!part || part.word->plural) return std::nullopt;
  TimeExpression e = make(i, at + part.size, TimeForm::day, TimeType::time);
  e.part = part.word->code;
  if (!which) {
    const std::string_view before = i > 0 ? atoms_.key(i - 1) : std::string_view();
    const bool introduced = before == "at" || before == "before" || before == "since" || before == "until" ||
                            before == "by" || before == "after" || before == "from";
    const bool after_edge = i > 0 && (word(i - 1, Kind::edge) || hyphen(i - 1)) && !part.word->alone;
    if (!(part.word->alone && introduced) && !after_edge) return std::nullopt;
    e.definite = true;
  } else {
    e.definite = atoms_.is(i, "the") && which.size == 1;
    e.from_text = which.word->flag;
    // "last night" is a phrase of its own; "the morning" needs a preposition: "in the morning".
    if (e.definite && !(i > 0 && (atoms_.is(i - 1, "in") || atoms_.is(i - 1, "during")))) return std::nullopt;
    e.shift = which.word->value;
  }
  if (Maybe date = day_point(skip_of(e.last)); date && date->part.empty()) {
    date->first = i;
    date->part = e.part;
    date->type = TimeType::time;
    return date;
  }
  return e;
}

/// A day: "Wednesday", "Nov. 9", "yesterday"; what a clock time or part of the day can belong to.
Maybe Grammar::day_point(std::size_t i) const {
  Maybe best;
  longer(best, numeric_date(i));
  if (Maybe date = month_date(i); date && date->day > 0) longer(best, std::move(date));
  if (Maybe date = weekday(i); date && date->form != TimeForm::set) longer(best, std::move(date));
  if (const Hit hit = word(i, Kind::day)) longer(best, day(i));
  return best;
}

std::optional<Half> Grammar::half_of_day(std::size_t i) const {
  if (atoms_.is(i, "am") || atoms_.is(i, "pm")) return Half{atoms_.is(i, "pm"), 1};
  if ((atoms_.is(i, "a") || atoms_.is(i, "p")) && atoms_.is(i + 1, ".") && atoms_.is(i + 2, "m") &&
      !atoms_.spaced(i + 1) && !atoms_.spaced(i + 2)) {
    const bool dot = atoms_.is(i + 3, ".") && !atoms_.spaced(i + 3);
    return Half{atoms_.is(i, "p"), dot ? std::size_t{4} : std::size_t{3}};
  }
  return std::nullopt;
}

Maybe Grammar::clock(std::size_t i) const {
  TimeExpression e = make(i, i, TimeForm::clock, TimeType::time);
  bool sure = false;
  if (const Hit hit = word(i, Kind::clock)) {
    e.hour = (hit.word->code[0] - '0') * 10 + (hit.word->code[1] - '0');
    e.minute = 0;
    e.last = i + hit.size;
    sure = true;
  } else if (atoms_.is_number(i)) {
    const std::string_view key = atoms_.key(i);
    std::size_t at = i + 1;
    if (atoms_.is(at, ":") && !atoms_.spaced(at) && atoms_.is_number(at + 1) && !atoms_.spaced(at + 1) &&
        atoms_.key(at + 1).size() == 2 && key.size() <= 2) {
      e.hour = static_cast<int>(*digits_value(atoms_, i));
      e.minute = static_cast<int>(*digits_value(atoms_, at + 1));
      at += 2;
      if (atoms_.is(at, ":") && !atoms_.spaced(at) && atoms_.is_number(at + 1)) at += 2;
      sure = true;
    } else if (key.size() >= 4 && key.size() <= 5 && key.find('.') != std::string_view::npos &&
               key.size() - key.find('.') == 3) {
      e.hour = static_cast<int>(std::floor(*digits_value(atoms_, i)));
      e.minute = (key[key.size() - 2] - '0') * 10 + (key.back() - '0');
    } else if (key.size() <= 2) {
      e.hour = static_cast<int>(*digits_value(atoms_, i));
      e.minute = 0;
    } else if (key.size() == 4 && key.find(',') == std::string_view::npos &&
               (atoms_.is(at, "gmt") || atoms_.is(at, "utc") || (atoms_.is(at, "hours") && key[0] <= '2'))) {
      const int whole = static_cast<int>(*digits_value(atoms_, i));
      e.hour = whole / 100;
      e.minute = whole % 100;
      sure = true;
      if (atoms_.is(at, "hours")) ++at;
    } else {
      return std::nullopt;
    }
    if (const std::optional<Half> half = half_of_day(at)) {
      if (e.hour > 12) return std::nullopt;
      if (half->pm && e.hour < 12) e.hour += 12;
      if (!half->pm && e.hour == 12) e.hour = 0;
      at += half->size;
      sure = true;
    } else if (atoms_.is(at, "o") && atoms_.is(at + 1, "'") && atoms_.is(at + 2, "clock")) {
      at += 3;
      sure = true;
    }
    e.last = at;
  } else if (const auto number = number_at(atoms_, i, numbers_);
             number && number->value <= 12 && atoms_.is(number->last, "o") && atoms_.is(number->last + 2, "clock")) {
    e.hour = static_cast<int>(number->value);
    e.minute = 0;
    e.last = number->last + 3;
    sure = true;
  } else {
    return std::nullopt;
  }
  if (e.hour > 24 || e.minute > 59 || (e.hour == 24 && e.minute > 0)) return std::nullopt;
  if (const Hit zone = word(e.last, Kind::zone); zone && (atoms_.capital(e.last) || zone.size > 1 || atoms_.is(e.last, "local"))) {
    if (sure || zone.size > 1 || atoms_.is(e.last, "gmt")) {
      e.zulu = atoms_.is(e.last, "gmt") || atoms_.is(e.last, "utc") || atoms_.is(e.last, "z");
      e.last += zone.size;
      sure = true;
    }
  }
  if (!sure) return std::nullopt;
  // The day behind it: "10 p.m. Wednesday", "5 p.m. EST, Nov. 9", "7 a.m. on Friday".
  std::size_t at = skip_comma(e.last);
  if (atoms_.is(at, "on")) ++at;
  if (Maybe date = day_point(at); date && !atoms_.is(at, "the") && !(date->form == TimeForm::weekday && date->definite)) {
    date->first = i;
    date->type = TimeType::time;
    date->hour = e.hour;
    date->minute = e.minute;
    date->zulu = e.zulu;
    return date;
  }
  if (atoms_.is(e.last, "in") && atoms_.is(e.last + 1, "the")) {
    if (const Hit part = word(e.last + 2, Kind::part_of_day); part && !part.word->plural) {
      if (part.word->code != "MO" && e.hour < 12) e.hour += 12;
      e.last += 2 + part.size;
    }
  }
  return e;
}

}  // namespace parley::time_grammar
