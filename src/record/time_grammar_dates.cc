#include <algorithm>
#include <cmath>

#include "record/number_words.h"
#include "record/time_grammar_internal.h"

namespace parley::time_grammar {

std::optional<int> Grammar::four_digits(std::size_t i) const {
  if (!atoms_.is_number(i) || atoms_.key(i).size() != 4) return std::nullopt;
  int value = 0;
  for (const char c : atoms_.key(i)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  // "2024's" and "2024-25" are years, "1990s" is none, "2000km" is none.
  if (!atoms_.spaced(i + 1) && atoms_.is_word(i + 1)) return std::nullopt;
  if (atoms_.is(i + 1, "%") || atoms_.is(i + 1, "\xC2\xB0")) return std::nullopt;
  return value;
}

/// A year that a month or "the year" stands before.
std::optional<int> Grammar::sure_year(std::size_t i) const {
  const std::optional<int> year = four_digits(i);
  return year && *year >= 1000 && *year < 2200 ? year : std::nullopt;
}

std::optional<Spelled> Grammar::spelled_year(std::size_t i) const {
  const std::string_view century = atoms_.key(i);
  int high = 0;
  if (century == "eighteen") high = 18;
  if (century == "nineteen") high = 19;
  if (century == "twenty") high = 20;
  if (high != 0) {
    const auto low = number_at(atoms_, skip_hyphen(i + 1), numbers_);
    if (low && !low->digits && !low->scaled && low->value >= 10 && low->value < 100) {
      return Spelled{high * 100 + static_cast<int>(low->value), low->last - i};
    }
    return std::nullopt;
  }
  if (century == "two" && atoms_.is(i + 1, "thousand")) {
    const auto whole = number_at(atoms_, i, numbers_);
    if (whole && whole->value >= 2000 && whole->value < 2100) {
      return Spelled{static_cast<int>(whole->value), whole->last - i};
    }
  }
  return std::nullopt;
}

bool Grammar::no_year_before(std::size_t i) const {
  if (i == 0) return false;
  std::size_t before = i - 1;
  if (atoms_.is(before, ".") && before > 0) --before;
  const std::string_view key = atoms_.key(before);
  return key == "$" || key == "#" || key == "\xC2\xA3" || key == "\xE2\x82\xAC" || key == "\xC2\xA5" ||
         static_cast<bool>(word(before, Kind::no_year));
}

Maybe Grammar::bare_year(std::size_t i) const {
  if (atoms_.is(i, "'") && atoms_.is_number(i + 1) && atoms_.key(i + 1).size() == 2 &&
      !atoms_.spaced(i + 1) && atoms_.spaced(i) && !atoms_.is_word(i + 2)) {
    TimeExpression e = make(i, i + 2, TimeForm::date, TimeType::date);
    const int two = static_cast<int>(*digits_value(atoms_, i + 1));
    e.year = two < 50 ? 2000 + two : 1900 + two;
    return e;
  }
  const std::optional<int> year = four_digits(i);
  if (!year || no_year_before(i)) return std::nullopt;
  const bool introduced = i > 0 && (word(i - 1, Kind::before_year) || word(i - 1, Kind::edge) ||
                                    word(i - 1, Kind::which) || hyphen(i - 1) || atoms_.is(i - 1, "("));
  const bool noun_follows = tagged(i + 1, Upos::NOUN);
  if (*year >= 1900 && *year < 2100) {
    // "2000 people", "about 1950 houses": a round count; "1996 campaign", "2024 elections": years.
    if (*year % 100 == 0 && noun_follows && !introduced) return std::nullopt;
    if (!introduced && i > 0 && word(i - 1, Kind::amount)) return std::nullopt;
    if (word(i + 1, Kind::unit)) return std::nullopt;
    if (number_at(atoms_, i, numbers_)->scaled) return std::nullopt;
  } else if (*year >= 1000 && *year < 1900) {
    const std::string_view before = i > 0 ? atoms_.key(i - 1) : std::string_view();
    const bool preposition = before == "in" || before == "since" || before == "(" || before == "until" ||
                             before == "early" || before == "late";
    if (!preposition || noun_follows || tagged(i + 1, Upos::ADJ)) return std::nullopt;
  } else {
    return std::nullopt;
  }
  TimeExpression e = make(i, i + 1, TimeForm::date, TimeType::date);
  e.year = *year;
  return e;
}

/// "the year 2000", "fiscal 1989", "fiscal year 2024", "FY2024".
Maybe Grammar::named_year(std::size_t i) const {
  std::size_t at = i;
  if (atoms_.is(at, "the")) ++at;
  const bool fiscal = atoms_.is(at, "fiscal") || atoms_.is(at, "calendar");
  if (fiscal) ++at;
  const bool year_word = atoms_.is(at, "year");
  if (year_word) ++at;
  if (!fiscal && !(year_word && atoms_.is(i, "the"))) return std::nullopt;
  if (const std::optional<int> year = sure_year(at)) {
    TimeExpression e = make(i, at + 1, TimeForm::date, TimeType::date);
    e.year = *year;
    return e;
  }
  if (const std::optional<Spelled> year = spelled_year(at)) {
    TimeExpression e = make(i, at + year->size, TimeForm::date, TimeType::date);
    e.year = year->year;
    return e;
  }
  return std::nullopt;
}

Maybe Grammar::bare_spelled_year(std::size_t i) const {
  const std::optional<Spelled> year = spelled_year(i);
  if (!year || i == 0 || !word(i - 1, Kind::before_year)) return std::nullopt;
  TimeExpression e = make(i, i + year->size, TimeForm::date, TimeType::date);
  e.year = year->year;
  return e;
}

Hit Grammar::month(std::size_t i) const {
  const Hit hit = word(i, Kind::month);
  if (!hit) return {};
  if (!atoms_.capital(i)) return {};
  if (hit.word->abbreviation) {
    // "Mar" and "Jun" alone are names; with a stop or a number they are months.
    if (!atoms_.is(i + 1, ".") && !atoms_.is_number(i + 1)) return {};
  }
  return hit;
}

/// Whether a month word that is also another word ("May", "March") stands for the month.
bool Grammar::month_is_meant(std::size_t i, const TimeWord& hit, bool with_company) const {
  if (!hit.common || with_company) return true;
  if (tagged(i, Upos::AUX) || tagged(i, Upos::VERB)) return false;
  const std::string_view before = i > 0 ? atoms_.key(i - 1) : std::string_view();
  static constexpr std::string_view kBefore[] = {
      "in",  "since", "by",   "until", "till", "of",      "from",   "last",  "this", "next",
      "mid", "early", "late", "to",    "and",  "through", "during", "after", "before", "between", "each", "every"};
  const bool introduced = std::find(std::begin(kBefore), std::end(kBefore), before) != std::end(kBefore) ||
                          (i > 0 && hyphen(i - 1));
  // A capital at the begin of a sentence says nothing; "March" as a name stays for the tagger.
  return introduced && (upos(i) == Upos::X || tagged(i, Upos::PROPN) || tagged(i, Upos::NOUN));
}

std::optional<Day> Grammar::day_at(std::size_t i) const {
  if (const auto ordinal = ordinal_at(atoms_, i, numbers_); ordinal && ordinal->value <= 31) {
    return Day{ordinal->value, ordinal->size, true};
  }
  if (!atoms_.is_number(i) || atoms_.key(i).size() > 2) return std::nullopt;
  if (!atoms_.spaced(i + 1) && (atoms_.is_word(i + 1) || atoms_.is(i + 1, "%"))) return std::nullopt;
  if (atoms_.is(i + 1, ":") && atoms_.is_number(i + 2) && !atoms_.spaced(i + 2)) return std::nullopt;
  const int value = static_cast<int>(*digits_value(atoms_, i));
  if (value < 1 || value > 31) return std::nullopt;
  return Day{value, 1, false};
}

/// ", 2023" or "2023" or "of 2023" or "last year" after a month or day.
std::size_t Grammar::year_after(std::size_t i, TimeExpression& e) const {
  std::size_t at = skip_comma(i);
  if (at == i && (atoms_.is(at, "of") || atoms_.is(at, "in"))) ++at;
  if (const std::optional<int> year = sure_year(at); year && *year >= 1500) {
    e.year = *year;
    return at + 1;
  }
  if (const std::optional<Spelled> year = spelled_year(at)) {
    e.year = year->year;
    return at + year->size;
  }
  if (at == skip_comma(i)) {
    if (atoms_.is(at, "'") && atoms_.is_number(at + 1) && atoms_.key(at + 1).size() == 2 && !atoms_.spaced(at + 1)) {
      const int two = static_cast<int>(*digits_value(atoms_, at + 1));
      e.year = two < 50 ? 2000 + two : 1900 + two;
      return at + 2;
    }
  }
  if (const Hit which = word(at, Kind::which); which && atoms_.is(at + which.size, "year") &&
                                               !which.word->flag && !atoms_.is(at, "the")) {
    if (at == i || atoms_.is(i, "of")) {
      e.shift = which.word->value;
      e.unit = "Y";
      return at + which.size + 1;
    }
  }
  return i;
}

/// "October 7, 2023", "Oct. 7", "7 October 2023", "the 7th of October", "October 2023", "October".
Maybe Grammar::month_date(std::size_t i) const {
  if (const Hit hit = month(i)) {
    TimeExpression e = make(i, i + hit.size, TimeForm::date, TimeType::date);
    e.month = hit.word->value;
    if (hit.word->abbreviation && atoms_.is(e.last, ".")) ++e.last;
    bool company = false;
    std::size_t at = e.last;
    if (atoms_.is(at, "the")) ++at;
    if (hyphen(at) && !atoms_.spaced(at) && atoms_.is_number(at + 1)) ++at;
    if (const std::optional<Day> day = day_at(at); day && (at == e.last || day->ordinal || hyphen(e.last))) {
      e.day = day->day;
      e.last = at + day->size;
      company = true;
      // "October 7-9", "March 3 to 5": the span holds both, the value is the first day's.
      if (hyphen(e.last) && !atoms_.spaced(e.last) && day_at(e.last + 1) && !atoms_.is(e.last + 2, "-")) {
        e.last += 1 + day_at(e.last + 1)->size;
      }
    }
    const std::size_t with_year = year_after(e.last, e);
    if (with_year > e.last) {
      e.last = with_year;
      company = true;
    }
    return month_is_meant(i, *hit.word, company) ? Maybe(e) : std::nullopt;
  }
  std::size_t at = i;
  if (atoms_.is(at, "the")) ++at;
  const std::optional<Day> day = day_at(at);
  if (!day || (at > i && !day->ordinal)) return std::nullopt;
  std::size_t after = at + day->size;
  if (hyphen(after) && day_at(after + 1) && !day->ordinal) after += 1 + day_at(after + 1)->size;
  if (day->ordinal && atoms_.is(after, "of")) ++after;
  if (hyphen(after) && !atoms_.spaced(after)) ++after;
  const Hit hit = month(after);
  if (!hit) return std::nullopt;
  TimeExpression e = make(i, after + hit.size, TimeForm::date, TimeType::date);
  e.day = day->day;
  e.month = hit.word->value;
  if (hit.word->abbreviation && atoms_.is(e.last, ".")) ++e.last;
  if (hyphen(e.last) && sure_year(e.last + 1)) ++e.last;  // 07-Oct-2023
  e.last = year_after(e.last, e);
  return e;
}

/// "2023-10-07", "10/7/2023", "7.10.2023"; "9/11" where data knows what happened on it.
Maybe Grammar::numeric_date(std::size_t i) const {
  if (!atoms_.is_number(i)) return std::nullopt;
  const auto part = [&](std::size_t at) -> int {
    if (!atoms_.is_number(at) || atoms_.key(at).size() > 4) return -1;
    const std::optional<double> value = digits_value(atoms_, at);
    return value && std::floor(*value) == *value ? static_cast<int>(*value) : -1;
  };
  const std::string_view separator = atoms_.key(i + 1);
  if (separator != "-" && separator != "/") return std::nullopt;
  if (atoms_.spaced(i + 1) || atoms_.spaced(i + 2)) return std::nullopt;
  const int a = part(i), b = part(i + 2);
  if (a < 0 || b < 0) return std::nullopt;
  if (atoms_.is(i + 3, separator) && !atoms_.spaced(i + 3) && !atoms_.spaced(i + 4)) {
    const int c = part(i + 4);
    TimeExpression e = make(i, i + 5, TimeForm::date, TimeType::date);
    if (atoms_.key(i).size() == 4 && b >= 1 && b <= 12 && c >= 1 && c <= 31) {
      e.year = a, e.month = b, e.day = c;
      return e;
    }
    if (a >= 1 && a <= 31 && b >= 1 && b <= 31 && c >= 0 && (a <= 12 || b <= 12) &&
        (atoms_.key(i + 4).size() == 4 || (separator == "/" && atoms_.key(i + 4).size() == 2))) {
      e.year = c >= 100 ? c : c < 50 ? 2000 + c : 1900 + c;
      const bool day_first = a > 12 || (separator == "-" && b <= 12);
      e.month = day_first ? b : a;
      e.day = day_first ? a : b;
      return e;
    }
    return std::nullopt;
  }
  if (separator == "/") {
    for (const Anniversary& known : table_.anniversaries) {
      if (known.month == a && known.day == b && a != 1) {
        TimeExpression e = make(i, i + 3, TimeForm::date, TimeType::date);
        e.year = known.year, e.month = a, e.day = b;
        // "7/7" reads so only with its noun.
        if (a == 9 || anniversary_noun(known, i + 3)) return e;
      }
    }
  }
  return std::nullopt;
}

bool Grammar::anniversary_noun(const Anniversary& known, std::size_t i) const {
  if (hyphen(i)) ++i;
  std::string phrase;
  for (std::size_t skip = 0; skip < 3; ++skip) {
    for (std::size_t n = 2; n > 0; --n) {
      if (i + skip + n > atoms_.size()) continue;
      atoms_.phrase(i + skip, i + skip + n, phrase);
      if (known.nouns.contains(phrase)) return true;
    }
    if (!atoms_.capital(i + skip)) break;  // a name may stand between: "March 3 Taba attack"
  }
  return false;
}

/// "the October 7 attacks": the year is the one everybody knows.
void Grammar::name_anniversary(TimeExpression& e) const {
  if (e.form != TimeForm::date || e.year != 0 || e.day == 0 || e.month == 0 || e.shift != 0) return;
  for (const Anniversary& known : table_.anniversaries) {
    if (known.month == e.month && known.day == e.day && anniversary_noun(known, e.last)) {
      e.known_year = known.year;
    }
  }
}

Maybe Grammar::decade(std::size_t i) const {
  std::size_t at = i;
  if (atoms_.is(at, "the")) ++at;
  const bool the = at > i;
  if (the) {
    if (const Hit edge = word(at, Kind::edge); edge && atoms_.is_number(at + edge.size)) return std::nullopt;
  }
  if (const Hit hit = word(at, Kind::decade)) {
    const bool introduced = the || (i > 0 && (word(i - 1, Kind::edge) || hyphen(i - 1)));
    if (!introduced) return std::nullopt;
    TimeExpression e = make(i, at + hit.size, TimeForm::date, TimeType::date);
    e.decade = hit.word->value;
    return e;
  }
  const bool quote = atoms_.is(at, "'");
  if (quote) ++at;
  if (!atoms_.is_number(at)) return std::nullopt;
  std::size_t s = at + 1;
  if (atoms_.is(s, "'")) ++s;
  if (!atoms_.is(s, "s") || atoms_.spaced(s) || atoms_.spaced(at + 1)) return std::nullopt;
  const std::optional<double> value = digits_value(atoms_, at);
  if (!value || std::fmod(*value, 10.0) != 0.0) return std::nullopt;
  const std::size_t digits = atoms_.key(at).size();
  TimeExpression e = make(i, s + 1, TimeForm::date, TimeType::date);
  if (digits == 4 && *value >= 1000 && *value < 2100) {
    e.decade = static_cast<int>(*value) / 10;
    return e;
  }
  // "in his 50s" is an age; "the 80s" and "'80s" are decades.
  if (digits == 2 && (the || quote)) {
    e.decade = static_cast<int>(*value);
    return e;
  }
  return std::nullopt;
}

Maybe Grammar::century(std::size_t i) const {
  std::size_t at = i;
  if (atoms_.is(at, "the")) ++at;
  const auto ordinal = ordinal_at(atoms_, at, numbers_);
  if (!ordinal) return std::nullopt;
  const std::size_t unit = skip_hyphen(at + ordinal->size);
  const Hit hit = word(unit, Kind::unit);
  if (!hit || hit.word->code != "CE" || hit.word->plural) return std::nullopt;
  TimeExpression e = make(i, unit + hit.size, TimeForm::date, TimeType::date);
  e.century = ordinal->value;
  return e;
}

/// "the third quarter of 1989", "last year's third quarter", "fiscal second-quarter", "Q3 2024",
/// "the first half of 2024".
Maybe Grammar::quarter(std::size_t i) const {
  TimeExpression e = make(i, i, TimeForm::date, TimeType::date);
  if ((atoms_.is(i, "q") || atoms_.is(i, "h")) && atoms_.is_number(i + 1) && !atoms_.spaced(i + 1) &&
      atoms_.capital(i)) {
    const int n = static_cast<int>(*digits_value(atoms_, i + 1));
    const bool is_quarter = atoms_.is(i, "q");
    if (n < 1 || n > (is_quarter ? 4 : 2)) return std::nullopt;
    (is_quarter ? e.quarter : e.half) = n;
    e.last = year_after(i + 2, e);
    return e;
  }
  std::size_t at = i;
  bool possessive_year = false;
  if (const Hit which = word(at, Kind::which); which && atoms_.is(at + which.size, "year") &&
                                               atoms_.is(at + which.size + 1, "'") &&
                                               atoms_.is(at + which.size + 2, "s")) {
    e.shift = which.word->value;
    e.unit = "Y";
    at += which.size + 3;
    possessive_year = true;
  } else {
    if (atoms_.is(at, "the") || atoms_.is(at, "its") || atoms_.is(at, "a")) ++at;
    if (atoms_.is(at, "its") && at > i) return std::nullopt;
    if (i != at && atoms_.is(i, "its")) return std::nullopt;
    if (atoms_.is(i, "a") && at > i && !tagged(at, Upos::ADJ)) return std::nullopt;
    if (atoms_.is(i, "a")) return std::nullopt;
    if (const std::optional<int> year = sure_year(at)) {
      e.year = *year;
      ++at;
      if (atoms_.is(at, "'") && atoms_.is(at + 1, "s")) at += 2;
    }
    if (atoms_.is(at, "year") && (atoms_.is(at + 2, "ago") || atoms_.is(at + 2, "earlier")) && hyphen(at + 1)) {
      e.direction = -1;
      at += 3;
    }
  }
  if (atoms_.is(at, "fiscal")) at = skip_hyphen(at + 1);
  auto ordinal = ordinal_at(atoms_, at, numbers_);
  if (!ordinal && (atoms_.is(at, "last") || atoms_.is(at, "latter")) && atoms_.is(at + 1, "half")) {
    ordinal = Ordinal{2, 1};
  }
  if (!ordinal || ordinal->value > 4) return std::nullopt;
  const std::size_t unit = skip_hyphen(at + ordinal->size);
  // "the third-quarter loss": the article belongs to the loss.
  if (unit > at + ordinal->size && at == i + 1 && atoms_.is(i, "the")) return std::nullopt;
  if (const Hit hit = word(unit, Kind::unit); hit && hit.word->code == "Q" && !hit.word->plural) {
    e.quarter = ordinal->value;
    e.last = unit + hit.size;
  } else if (atoms_.is(unit, "half") && ordinal->value <= 2) {
    e.half = ordinal->value;
    e.last = unit + 1;
  } else {
    return std::nullopt;
  }
  if (e.year == 0 && !possessive_year) {
    std::size_t of = e.last;
    if (atoms_.is(of, "of") && atoms_.is(of + 1, "fiscal")) of += 1;
    if (of > e.last && sure_year(of + 1)) {
      e.year = *sure_year(of + 1);
      e.last = of + 2;
    } else {
      e.last = year_after(e.last, e);
    }
  }
  // A half of what? Only of a year: "the first half" may be football.
  if (e.half != 0 && e.year == 0 && e.unit.empty()) return std::nullopt;
  return e;
}

Maybe Grammar::season(std::size_t i) const {
  std::size_t at = i;
  TimeExpression e = make(i, i, TimeForm::date, TimeType::date);
  if (const Hit which = word(at, Kind::which)) {
    e.shift = which.word->value;
    e.from_text = which.word->flag;
    e.definite = atoms_.is(at, "the") && which.size == 1;
    e.shifted = !e.definite;
    at += which.size;
  }
  const Hit hit = word(at, Kind::season);
  if (!hit || hit.word->plural) return std::nullopt;
  e.season = hit.word->code;
  e.season_month = hit.word->value;
  e.last = at + hit.size;
  e.last = year_after(e.last, e);
  const bool said_year = e.year != 0 || !e.unit.empty();
  if (said_year) return e;
  if (e.shifted && (!hit.word->common || !e.from_text)) return e;
  if (hit.word->common && (e.definite || at == i)) {
    // "the fall of the city": a noun of another kind.
    const bool free = !atoms_.is(e.last, "of") && !atoms_.is(e.last, "in") && e.definite &&
                      i > 0 && (atoms_.is(i - 1, "in") || atoms_.is(i - 1, "by") || atoms_.is(i - 1, "until") ||
                                atoms_.is(i - 1, "since") || atoms_.is(i - 1, "during"));
    const bool after_edge = i > 0 && (word(i - 1, Kind::edge) || hyphen(i - 1)) && !atoms_.is(e.last, "of");
    return free || after_edge ? Maybe(e) : std::nullopt;
  }
  if (at == i) {
    const bool introduced =
        i > 0 && (word(i - 1, Kind::edge) || hyphen(i - 1) || atoms_.is(i - 1, "in") || atoms_.is(i - 1, "by") ||
                  atoms_.is(i - 1, "until") || atoms_.is(i - 1, "since") || atoms_.is(i - 1, "during"));
    return introduced ? Maybe(e) : std::nullopt;
  }
  return e;
}

Maybe Grammar::holiday(std::size_t i) const {
  std::size_t at = i;
  TimeExpression e = make(i, i, TimeForm::date, TimeType::date);
  if (const Hit which = word(at, Kind::which); which && !atoms_.is(at, "the")) {
    e.shift = which.word->value;
    e.shifted = true;
    at += which.size;
  }
  const Hit hit = word(at, Kind::holiday);
  if (!hit || !atoms_.capital(at)) return std::nullopt;
  e.holiday = hit.word->value;
  e.last = year_after(at + hit.size, e);
  return e;
}

}  // namespace parley::time_grammar
