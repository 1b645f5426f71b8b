#include "record/time_grammar.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "record/number_words.h"

namespace parley {
namespace {

using Kind = TimeWord::Kind;

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

class Grammar {
 public:
  Grammar(const Atoms& atoms, std::span<const Upos> upos, const TimeWords& words,
          const NumberWords& numbers)
      : atoms_(atoms), upos_(upos), words_(words.words), table_(words), numbers_(numbers) {}

  std::vector<TimeExpression> find() {
    std::vector<TimeExpression> found;
    for (std::size_t i = 0; i < atoms_.size();) {
      if (const std::size_t age = age_at(i); age > i) {
        i = age;
        continue;
      }
      if (const Hit ignored = word(i, Kind::ignored)) {
        i += ignored.size;
        continue;
      }
      if (std::optional<TimeExpression> best = best_at(i)) {
        i = best->last;
        found.push_back(std::move(*best));
      } else {
        // A number that opened nothing is passed over whole: "12" of "12,400 people" is no part.
        ++i;
      }
    }
    share_years(found);
    return found;
  }

  /// "between March and June 2011", "from December to January 2015": the year serves both.
  void share_years(std::vector<TimeExpression>& found) const {
    for (std::size_t k = found.size(); k-- > 1;) {
      TimeExpression& before = found[k - 1];
      const TimeExpression& after = found[k];
      const bool open = before.form == TimeForm::date && before.month != 0 && before.year == 0 && before.unit.empty() &&
                        !before.shifted && before.known_year == 0;
      if (!open || after.form != TimeForm::date || after.month == 0 || after.year == 0) continue;
      if (after.first != before.last + 1) continue;
      const std::string_view link = atoms_.key(before.last);
      if (link == "and" || link == "to" || link == "or" || link == "until" || link == "through" || link == "-") {
        before.year = before.month <= after.month ? after.year : after.year - 1;
      }
    }
  }

 private:
  using Maybe = std::optional<TimeExpression>;

  // --- words ---------------------------------------------------------------------------------------
  Hit word(std::size_t i, Kind kind) const {
    std::size_t limit = 8;
    while (limit > 0) {
      const auto match = words_.find(atoms_, i, limit);
      if (!match) return {};
      for (const TimeWord& each : *match.values) {
        if (each.kind == kind) return {&each, match.size};
      }
      limit = match.size - 1;
    }
    return {};
  }

  Upos upos(std::size_t i) const { return i < upos_.size() ? upos_[i] : Upos::X; }
  bool tagged(std::size_t i, Upos wanted) const { return i < upos_.size() && upos_[i] == wanted; }
  bool hyphen(std::size_t i) const { return atoms_.is(i, "-"); }
  std::size_t skip_hyphen(std::size_t i) const { return hyphen(i) ? i + 1 : i; }
  std::size_t skip_comma(std::size_t i) const { return atoms_.is(i, ",") ? i + 1 : i; }

  TimeExpression make(std::size_t first, std::size_t last, TimeForm form, TimeType type) const {
    TimeExpression e;
    e.first = first;
    e.last = last;
    e.form = form;
    e.type = type;
    return e;
  }

  static void longer(Maybe& best, Maybe candidate) {
    if (candidate && (!best || candidate->last > best->last)) best = std::move(candidate);
  }

  // --- years, months, days -------------------------------------------------------------------------
  std::optional<int> four_digits(std::size_t i) const {
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
  std::optional<int> sure_year(std::size_t i) const {
    const std::optional<int> year = four_digits(i);
    return year && *year >= 1000 && *year < 2200 ? year : std::nullopt;
  }

  /// "nineteen ninety-six", "two thousand and three".
  struct Spelled {
    int year = 0;
    std::size_t size = 0;
  };
  std::optional<Spelled> spelled_year(std::size_t i) const {
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

  bool no_year_before(std::size_t i) const {
    if (i == 0) return false;
    std::size_t before = i - 1;
    if (atoms_.is(before, ".") && before > 0) --before;
    const std::string_view key = atoms_.key(before);
    return key == "$" || key == "#" || key == "\xC2\xA3" || key == "\xE2\x82\xAC" || key == "\xC2\xA5" ||
           static_cast<bool>(word(before, Kind::no_year));
  }

  Maybe bare_year(std::size_t i) const {
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
  Maybe named_year(std::size_t i) const {
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

  Maybe bare_spelled_year(std::size_t i) const {
    const std::optional<Spelled> year = spelled_year(i);
    if (!year || i == 0 || !word(i - 1, Kind::before_year)) return std::nullopt;
    TimeExpression e = make(i, i + year->size, TimeForm::date, TimeType::date);
    e.year = year->year;
    return e;
  }

  Hit month(std::size_t i) const {
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
  bool month_is_meant(std::size_t i, const TimeWord& hit, bool with_company) const {
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

  /// 1 to 31 as a number or an ordinal; the atoms it has.
  struct Day {
    int day = 0;
    std::size_t size = 0;
    bool ordinal = false;
  };
  std::optional<Day> day_at(std::size_t i) const {
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
  std::size_t year_after(std::size_t i, TimeExpression& e) const {
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
  Maybe month_date(std::size_t i) const {
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
  Maybe numeric_date(std::size_t i) const {
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

  bool anniversary_noun(const Anniversary& known, std::size_t i) const {
    if (hyphen(i)) ++i;
    std::string phrase;
    for (std::size_t skip = 0; skip < 3; ++skip) {
      for (std::size_t n = 2; n > 0; --n) {
        if (i + skip + n > atoms_.size()) continue;
        atoms_.phrase(i + skip, i + skip + n, phrase);
        if (known.nouns.contains(phrase)) return true;
      }
      if (!atoms_.capital(i + skip)) break;  // a name may stand between: "October 7 Hamas attack"
    }
    return false;
  }

  /// "the October 7 attacks": the year is the one everybody knows.
  void name_anniversary(TimeExpression& e) const {
    if (e.form != TimeForm::date || e.year != 0 || e.day == 0 || e.month == 0 || e.shift != 0) return;
    for (const Anniversary& known : table_.anniversaries) {
      if (known.month == e.month && known.day == e.day && anniversary_noun(known, e.last)) {
        e.known_year = known.year;
      }
    }
  }

  // --- decades, centuries, quarters, seasons, holidays ----------------------------------------------
  Maybe decade(std::size_t i) const {
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

  Maybe century(std::size_t i) const {
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
  Maybe quarter(std::size_t i) const {
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

  Maybe season(std::size_t i) const {
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

  Maybe holiday(std::size_t i) const {
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

  // --- weekdays, days, parts of the day --------------------------------------------------------------
  Hit weekday_word(std::size_t i) const {
    const Hit hit = word(i, Kind::weekday);
    if (!hit || !atoms_.capital(i)) return {};
    if (hit.word->abbreviation && !atoms_.is(i + 1, ".") && !(atoms_.is(i + 1, ",") && month_date(i + 2))) return {};
    return hit;
  }

  Maybe weekday(std::size_t i) const {
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
  Maybe day(std::size_t i) const {
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

  std::size_t skip_of(std::size_t i) const { return atoms_.is(i, "of") || atoms_.is(i, "on") ? i + 1 : i; }

  /// A day: "Wednesday", "Nov. 9", "yesterday"; what a clock time or part of the day can belong to.
  Maybe day_point(std::size_t i) const {
    Maybe best;
    longer(best, numeric_date(i));
    if (Maybe date = month_date(i); date && date->day > 0) longer(best, std::move(date));
    if (Maybe date = weekday(i); date && date->form != TimeForm::set) longer(best, std::move(date));
    if (const Hit hit = word(i, Kind::day)) longer(best, day(i));
    return best;
  }

  // --- rows: last week, the following year ------------------------------------------------------------
  Maybe which(std::size_t i) const {
    const Hit hit = word(i, Kind::which);
    if (!hit) return std::nullopt;
    std::size_t at = i + hit.size;
    TimeExpression e = make(i, at, TimeForm::which, TimeType::date);
    e.shift = hit.word->value;
    e.from_text = hit.word->flag;
    e.definite = atoms_.is(i, "the") && hit.size == 1;
    e.shifted = !e.definite;
    bool fiscal = false;
    if (atoms_.is(at, "fiscal") || atoms_.is(at, "calendar") || atoms_.is(at, "full")) {
      fiscal = true;
      ++at;
    }
    if (!fiscal && (atoms_.is(at, "and") || atoms_.is(at, "or"))) return std::nullopt;
    // "next month", "this September", "last Christmas".
    if (const Hit m = month(at); m && !e.definite && month_is_meant(at, *m.word, true)) {
      if (hit.word->flag) return std::nullopt;
      e.form = TimeForm::date;
      e.month = m.word->value;
      e.last = at + m.size;
      return e;
    }
    // "the latest period", "the 1988 period", "the year-earlier quarter".
    if (atoms_.is(i, "the")) {
      std::size_t p = i + 1;
      int year = 0;
      int back = 0;
      bool latest = false;
      if (const std::optional<int> y = sure_year(p)) {
        year = *y;
        ++p;
      } else {
        if (atoms_.is(p, "same") || atoms_.is(p, "comparable") || atoms_.is(p, "corresponding")) ++p;
        if (atoms_.is(p, "year") && hyphen(p + 1) && (atoms_.is(p + 2, "ago") || atoms_.is(p + 2, "earlier"))) {
          back = -1;
          p += 3;
        } else if (atoms_.is(p, "latest")) {
          latest = true;
          ++p;
        }
      }
      if ((year != 0 || back != 0 || latest || p > i + 1) && (atoms_.is(p, "period") || atoms_.is(p, "quarter"))) {
        e.period = true;
        e.unit = "Q";
        e.year = year;
        e.direction = back;
        e.shift = 0;
        e.last = p + 1;
        if (atoms_.is(i + 1, "same") || atoms_.is(i + 1, "corresponding")) {
          TimeExpression tail = e;
          e.last = year_after(e.last, tail);
          e.shift = tail.shift;
          e.year = tail.year;
          if (tail.unit == "Y" && tail.shift == -1) e.direction = -1, e.shift = 0;
        }
        return e;
      }
    }
    const Hit unit = word(at, Kind::unit);
    if (!unit || unit.word->plural || unit.word->abbreviation) return std::nullopt;
    const std::string& code = unit.word->code;
    if (code == "S" || (unit.word->flag && !e.shifted)) return std::nullopt;
    e.unit = code;
    e.clock_unit = unit.word->flag;
    e.last = at + unit.size;
    if (e.definite) {
      // "the week", "the month" are mostly rows told elsewhere; these three are times of their own.
      if (code != "WE" && code != "Q" && code != "Y") return std::nullopt;
      if (code == "Y" && tagged(e.last, Upos::NOUN) && !hyphen(e.last)) return std::nullopt;
      if (hyphen(e.last) && !atoms_.spaced(e.last)) return std::nullopt;
    }
    if (e.clock_unit && hit.word->value != 0) return std::nullopt;  // "the next hour": a duration
    if (code == "Y" && e.definite && word(e.last, Kind::end)) {
      e.form = TimeForm::duration;
      e.type = TimeType::duration;
      return e;
    }
    if (e.shifted && atoms_.is(e.last, "or") && atoms_.is(e.last + 1, "so")) {
      e.mod = "APPROX";
      e.last += 2;
    }
    if (hyphen(e.last) && !atoms_.spaced(e.last) && !atoms_.spaced(e.last + 1)) return std::nullopt;
    return e;
  }

  // --- amounts ---------------------------------------------------------------------------------------
  std::size_t fillers(std::size_t i) const {
    while (true) {
      const Hit hit = word(i, Kind::filler);
      if (!hit) return i;
      i += hit.size;
    }
  }

  std::optional<Quantity> quantity(std::size_t i) const {
    Quantity q;
    const std::size_t start = i;
    if (const Hit vague = word(i, Kind::vague)) {
      q.vague = vague.word->value == 0;
      q.count = vague.word->value == 0 ? 1.0 : vague.word->value;
      q.last = fillers(i + vague.size);
      return q;
    }
    if (atoms_.is(i, "half") && (atoms_.is(i + 1, "a") || atoms_.is(i + 1, "an"))) {
      q.count = 0.5;
      q.last = i + 2;
      return q;
    }
    const std::optional<Number> number = number_at(atoms_, i, numbers_);
    if (number) {
      q.vague = number->vague;
      q.count = number->value;
      std::size_t at = number->last;
      if (number->vague && atoms_.is(at, "of")) ++at;
      // "two and a half", "2 1/2" (the latter is read by number_at).
      if (atoms_.is(at, "and") && atoms_.is(at + 1, "a") && atoms_.is(at + 2, "half")) {
        q.count += 0.5;
        at += 3;
      }
      std::size_t second = at;
      if (atoms_.is(at, "to") || atoms_.is(at, "or") || atoms_.is(at, "and") || hyphen(at)) second = at + 1;
      if (second > at) {
        const std::optional<Number> other = number_at(atoms_, second, numbers_);
        if (other && !other->vague && other->value > number->value) {
          q.count = other->value;
          q.range = true;
          at = other->last;
        }
      }
      q.last = fillers(at);
      return q;
    }
    if (atoms_.is(i, "a") || atoms_.is(i, "an") || atoms_.is(i, "another")) {
      q.article = true;
      q.last = fillers(i + 1);
      return q;
    }
    static_cast<void>(start);
    return std::nullopt;
  }

  /// "34-year-old", "aged 12", "52 years old": the atom after it, or `i`. The word "old" after years
  /// or after an article or number that counts a person.
  std::size_t age_at(std::size_t i) const {
    if (!atoms_.is_number(i) && !atoms_.is_word(i)) return i;
    if (atoms_.is(i, "aged") && atoms_.is_number(i + 1)) {
      std::size_t at = i + 2;
      while (atoms_.is(at, "to") || hyphen(at) || atoms_.is(at, "and") || atoms_.is(at, "between")) {
        if (!atoms_.is_number(at + 1)) break;
        at += 2;
      }
      return at;
    }
    const std::optional<Number> number = number_at(atoms_, i, numbers_);
    if (!number) return i;
    const std::size_t unit = skip_hyphen(number->last);
    const Hit hit = word(unit, Kind::unit);
    if (!hit || hit.word->code != "Y") return i;
    const std::size_t old = skip_hyphen(unit + hit.size);
    if (atoms_.is(old, "old") || atoms_.is(old, "olds")) return old + 1;
    return i;
  }

  TimeExpression amount_of(std::size_t i, std::size_t last, TimeForm form, const Quantity& q, const Hit& unit) const {
    TimeExpression e = make(i, last, form, TimeType::duration);
    e.unit = unit.word->code;
    e.clock_unit = unit.word->flag;
    e.count = q.count;
    e.vague = q.vague;
    return e;
  }

  /// "two weeks ago", "a year earlier", "a week or so ago", "months ago", "the day before", "year-ago".
  Maybe distance(std::size_t i) const {
    std::size_t at = i;
    Quantity q;
    bool bare = false;
    bool the = false;
    if (const std::optional<Quantity> found = quantity(i)) {
      q = *found;
      at = q.last;
      // "a year-earlier loss": the article belongs to the loss.
      if (q.article && hyphen(at + 1) && !atoms_.spaced(at + 1)) return std::nullopt;
    } else if (atoms_.is(at, "the")) {
      the = true;
      ++at;
    } else {
      bare = true;
    }
    at = skip_hyphen(at);
    const Hit unit = word(at, Kind::unit);
    if (!unit) return std::nullopt;
    const bool seconds = unit.word->code == "S" && !unit.word->plural;
    if (seconds) return std::nullopt;
    if (bare && !unit.word->plural) {
      // "year-ago", "year-earlier" as adjectives.
      if (hyphen(at + unit.size) && (atoms_.is(at + unit.size + 1, "ago") || atoms_.is(at + unit.size + 1, "earlier"))) {
        TimeExpression e = amount_of(i, at + unit.size + 2, TimeForm::distance, q, unit);
        e.type = TimeType::date;
        e.direction = -1;
        e.from_text = true;
        if (atoms_.is(e.last, "period") || atoms_.is(e.last, "quarter")) ++e.last;
        return e;
      }
      return std::nullopt;
    }
    if (bare) q.vague = true;
    if (the && (unit.word->plural || unit.word->flag)) return std::nullopt;
    std::size_t after = at + unit.size;
    bool roughly = false;
    if (atoms_.is(after, "and") && atoms_.is(after + 1, "a") && atoms_.is(after + 2, "half")) {
      q.count += 0.5;
      after += 3;
    }
    if (atoms_.is(after, "or") && (atoms_.is(after + 1, "so") || atoms_.is(after + 1, "two") || atoms_.is(after + 1, "more"))) {
      roughly = true;
      after += 2;
    }
    // "the day after": followed by a noun phrase it is a relation to that.
    const Hit how = word(after, Kind::distance);
    if (!how) return std::nullopt;
    const std::size_t last = after + how.size;
    if (how.word->closed) {
      const bool closes = last >= atoms_.size() || (atoms_.kind(last) == AtomKind::symbol && !atoms_.is(last, "\"") &&
                                                    !atoms_.is(last, "'") && !atoms_.is(last, "$"));
      if (!closes) return std::nullopt;
    }
    if (the && !how.word->closed && !atoms_.is(after, "earlier") && !atoms_.is(after, "later")) return std::nullopt;
    TimeExpression e = amount_of(i, last, TimeForm::distance, q, unit);
    e.type = unit.word->flag || unit.word->code == "N" ? TimeType::time : TimeType::date;
    e.direction = how.word->value;
    e.from_text = how.word->flag;
    if (roughly) e.mod = "APPROX";
    return e;
  }

  Maybe duration(std::size_t i) const {
    std::size_t at = i;
    const Hit which = word(at, Kind::which);
    bool the = atoms_.is(i, "the");
    bool row = false;
    if (which) {
      at += which.size;
      row = !(the && which.size == 1);
    } else if (atoms_.is(i, "its") || atoms_.is(i, "their")) {
      return std::nullopt;
    }
    bool first_of = false;
    if (!row) {
      if (const Hit first = word(at, Kind::first); first && the) {
        first_of = true;
        at += first.size;
      }
    }
    Quantity q;
    bool counted = false;
    if (const std::optional<Quantity> found = quantity(at)) {
      if (which && found->article) return std::nullopt;
      if (row && which.word->value == 0 && !found->vague && !atoms_.is(i, "this")) return std::nullopt;
      q = *found;
      at = q.last;
      counted = true;
    } else {
      at = fillers(at);
    }
    const bool ahead = the && atoms_.is(at + 1, "ahead");
    if (which && !counted && !first_of && !row && !ahead) return std::nullopt;
    const std::size_t dash = at;
    at = skip_hyphen(at);
    const bool compound = at > dash && !atoms_.spaced(dash);
    const Hit unit = word(at, Kind::unit);
    if (!unit) return std::nullopt;
    const bool plural = unit.word->plural;
    std::size_t last = at + unit.size;
    if (plural && compound) return std::nullopt;  // "three-quarters"
    // "the eight-year war", "a year-ago figure": the article belongs to the noun behind.
    if (compound && the && !row && !first_of) return std::nullopt;
    if (hyphen(last) && !atoms_.spaced(last) && (atoms_.is(last + 1, "ago") || atoms_.is(last + 1, "earlier"))) {
      return std::nullopt;
    }
    if (unit.word->code == "WE" || unit.word->code == "N") {
      if (!counted || q.article) return std::nullopt;
    }
    if (unit.word->code == "S" && !plural && !compound) return std::nullopt;  // "a second"
    if (unit.word->code == "Q" && !plural && !row) return std::nullopt;       // "a quarter"
    if (!counted) {
      // "recent years", "the coming months", "the first hours", "for weeks".
      if (!plural) {
        if (!(row && unit.word->flag)) return std::nullopt;
        q.count = 1;
      } else {
        q.vague = true;
      }
      if (!row && !first_of && !(the && atoms_.is(last, "ahead"))) {
        if (unit.word->code == "S" || unit.word->code == "Q") return std::nullopt;
        const std::string_view before = i > 0 ? atoms_.key(i - 1) : std::string_view();
        static constexpr std::string_view kBefore[] = {"for",  "in",     "over", "within", "after", "of", "through",
                                                       "last", "lasted", "take", "takes",  "took",  "during", "about"};
        if (std::find(std::begin(kBefore), std::end(kBefore), before) == std::end(kBefore)) return std::nullopt;
        // "in days gone by", "of days": only what runs on its own.
        if (before == "of" && unit.word->code == "D") return std::nullopt;
      }
    } else if (!plural && !q.article && !compound && q.count > 1.5 && !q.vague) {
      // "five year low" without its hyphen, in transcripts and scraped text.
      if (unit.word->abbreviation || (the && !row)) return std::nullopt;
    }
    TimeExpression e = amount_of(i, last, TimeForm::duration, q, unit);
    if (q.range) e.mod = "APPROX";
    // "two years and three months", "a minute and a half".
    if (counted && atoms_.is(last, "and") && atoms_.is(last + 1, "a") && atoms_.is(last + 2, "half")) {
      e.count += 0.5;
      e.last = last = last + 3;
    }
    if (atoms_.is(last, "or") && atoms_.is(last + 1, "so")) {
      e.mod = "APPROX";
      e.last = last + 2;
    } else if (q.article && atoms_.is(last, "or") && atoms_.is(last + 1, "two")) {
      e.vague = false;
      e.mod = "APPROX";
      e.last = last + 2;
    } else if (!counted && atoms_.is(last, "or")) {
      if (const Hit other = word(last + 1, Kind::unit); other && other.word->plural) {
        e.mod = "APPROX";
        e.last = last + 1 + other.size;
      }
    } else if (plural && (row || q.vague) && atoms_.is(last, "and")) {
      if (const Hit other = word(last + 1, Kind::unit); other && other.word->plural) e.last = last + 1 + other.size;
    }
    const std::size_t old = skip_hyphen(last);
    if (atoms_.is(old, "old") || atoms_.is(old, "long")) {
      if (unit.word->code == "Y" && atoms_.is(old, "old")) return std::nullopt;
      if (hyphen(last)) e.last = old + 1;
    }
    if (atoms_.is(e.last, "ahead") && plural) ++e.last;
    e.shifted = row;
    e.shift = row ? which.word->value : 0;
    return e;
  }

  // --- sets ------------------------------------------------------------------------------------------
  Maybe set(std::size_t i) const {
    if (const Hit hit = word(i, Kind::frequency)) {
      TimeExpression e = make(i, i + hit.size, TimeForm::set, TimeType::set);
      e.value = hit.word->code;
      return e;
    }
    std::size_t at = i;
    std::string freq;
    if (const Hit times = word(at, Kind::times); times && times.word->value > 1) {
      freq = std::to_string(times.word->value) + "X";
      at += times.size;
    } else if (const auto number = number_at(atoms_, at, numbers_); number && atoms_.is(number->last, "times")) {
      freq = std::to_string(static_cast<int>(number->value)) + "X";
      at = number->last + 1;
    }
    const bool a = atoms_.is(at, "a") || atoms_.is(at, "an");
    const Hit every = word(at, Kind::every);
    if (!a && !every) return std::nullopt;
    std::size_t next = a ? at + 1 : at + every.size;
    if (a && freq.empty()) {
      // "$5 a year", "12 percent a month", "two trucks a day": behind what is counted.
      if (i == 0) return std::nullopt;
      const std::string_view before = atoms_.key(i - 1);
      const bool counted = atoms_.is_number(i - 1) || before == "%" || before == "percent" || before == "cent" ||
                           before == "million" || before == "billion" || before == "thousand" ||
                           before == "times";
      bool noun_counted = false;
      if (tagged(i - 1, Upos::NOUN)) {
        // A number within the noun phrase: "200 trucks a day", "four flights a week".
        for (std::size_t k = 2; k <= 4 && k <= i; ++k) {
          if (atoms_.is_number(i - k) || tagged(i - k, Upos::NUM)) {
            noun_counted = true;
            break;
          }
          if (!tagged(i - k, Upos::ADJ) && !tagged(i - k, Upos::NOUN) && !atoms_.is(i - k, "of")) break;
        }
      }
      if (!counted && !noun_counted) return std::nullopt;
    }
    if (hyphen(next + 1) && !atoms_.spaced(next + 1)) return std::nullopt;  // "a year-earlier loss"
    TimeExpression e = make(i, next, TimeForm::set, TimeType::set);
    e.freq = freq;
    if (every) {
      e.quant = atoms_.is(at, "each") ? "EACH" : "EVERY";
      if (atoms_.is(at, "per")) e.quant.clear();
    }
    double count = 1.0;
    if (every && every.size == 2) count = 2.0;  // "every other"
    if (every && !atoms_.is(at, "per")) {
      if (const auto number = number_at(atoms_, next, numbers_)) {
        count = number->value;
        next = number->last;
      }
    }
    if (const Hit unit = word(next, Kind::unit)) {
      if (unit.word->code == "S" && !atoms_.is(at, "per")) return std::nullopt;
      if (atoms_.is(at, "each") && atoms_.is(next, "of")) return std::nullopt;
      e.unit = unit.word->code;
      e.clock_unit = unit.word->flag;
      e.count = count;
      e.last = next + unit.size;
      return e;
    }
    if (a) return std::nullopt;
    if (const Hit weekday = weekday_word(next)) {
      e.unit = "weekday";
      e.weekday = weekday.word->value;
      e.last = next + weekday.size;
      if (const Hit part = word(e.last, Kind::part_of_day)) {
        e.part = part.word->code;
        e.last += part.size;
      }
      return e;
    }
    if (const Hit m = month(next); m && month_is_meant(next, *m.word, true)) {
      e.unit = "month";
      e.month = m.word->value;
      e.last = next + m.size;
      return e;
    }
    if (const Hit s = word(next, Kind::season); s && !atoms_.is(at, "per")) {
      e.unit = "season";
      e.season = s.word->code;
      e.last = next + s.size;
      return e;
    }
    if (const Hit part = word(next, Kind::part_of_day); part && !atoms_.is(at, "per")) {
      e.unit = "part";
      e.part = part.word->code;
      e.last = next + part.size;
      return e;
    }
    return std::nullopt;
  }

  Maybe reference(std::size_t i) const {
    const Hit hit = word(i, Kind::reference);
    if (!hit) return std::nullopt;
    TimeExpression e = make(i, i + hit.size, TimeForm::reference, TimeType::date);
    e.value = hit.word->code;
    // "the past two years", "the future president", "now-defunct", "now that".
    if (atoms_.is(i, "the")) {
      if (tagged(e.last, Upos::NOUN) || tagged(e.last, Upos::NUM) || tagged(e.last, Upos::ADJ) ||
          tagged(e.last, Upos::PROPN)) {
        return std::nullopt;
      }
      if (quantity(e.last) || word(e.last, Kind::unit)) return std::nullopt;
    }
    if (hyphen(e.last) && !atoms_.spaced(e.last)) return std::nullopt;
    return e;
  }

  // --- the clock -------------------------------------------------------------------------------------
  /// "am", "p.m.": 1 or 2, and the atoms it has.
  struct Half {
    bool pm = false;
    std::size_t size = 0;
  };
  std::optional<Half> half_of_day(std::size_t i) const {
    if (atoms_.is(i, "am") || atoms_.is(i, "pm")) return Half{atoms_.is(i, "pm"), 1};
    if ((atoms_.is(i, "a") || atoms_.is(i, "p")) && atoms_.is(i + 1, ".") && atoms_.is(i + 2, "m") &&
        !atoms_.spaced(i + 1) && !atoms_.spaced(i + 2)) {
      const bool dot = atoms_.is(i + 3, ".") && !atoms_.spaced(i + 3);
      return Half{atoms_.is(i, "p"), dot ? std::size_t{4} : std::size_t{3}};
    }
    return std::nullopt;
  }

  Maybe clock(std::size_t i) const {
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

  // --- everything ------------------------------------------------------------------------------------
  Maybe point_at(std::size_t i) const {
    Maybe best;
    longer(best, clock(i));
    longer(best, numeric_date(i));
    longer(best, weekday(i));
    longer(best, month_date(i));
    longer(best, quarter(i));
    longer(best, decade(i));
    longer(best, century(i));
    longer(best, named_year(i));
    longer(best, season(i));
    longer(best, holiday(i));
    longer(best, day(i));
    longer(best, which(i));
    longer(best, bare_year(i));
    longer(best, bare_spelled_year(i));
    return best;
  }

  Maybe edged(std::size_t i) const {
    const Hit edge = word(i, Kind::edge);
    if (!edge) {
      // "year-end", "year's end".
      if (atoms_.is(i, "year")) {
        std::size_t at = i + 1;
        if (atoms_.is(at, "'") && atoms_.is(at + 1, "s")) at += 2;
        at = skip_hyphen(at);
        if (atoms_.is(at, "end") && at > i) {
          TimeExpression e = make(i, at + 1, TimeForm::which, TimeType::date);
          e.unit = "Y";
          e.mod = "END";
          return e;
        }
      }
      return std::nullopt;
    }
    const std::size_t at = skip_hyphen(i + edge.size);
    Maybe point;
    // "the end of the month", "late in the week": rows that "the" alone picks.
    if (atoms_.is(at, "the")) {
      if (const Hit unit = word(at + 1, Kind::unit); unit && !unit.word->plural && !unit.word->flag) {
        point = make(i, at + 1 + unit.size, TimeForm::which, TimeType::date);
        point->unit = unit.word->code;
        point->definite = true;
      }
    }
    longer(point, point_at(at));
    if (!point || point->type == TimeType::set || point->form == TimeForm::clock) return std::nullopt;
    const std::string_view key = atoms_.key(i);
    if ((key == "later" || key == "earlier") && point->form == TimeForm::date && point->year != 0 && point->month == 0) {
      return std::nullopt;
    }
    point->first = i;
    if (point->mod.empty()) point->mod = edge.word->code;
    // "mid-afternoon yesterday", "late Saturday night" keep their part of the day.
    return point;
  }

  Maybe unmodified(std::size_t i) const {
    Maybe best = point_at(i);
    longer(best, edged(i));
    longer(best, distance(i));
    longer(best, duration(i));
    longer(best, set(i));
    longer(best, reference(i));
    return best;
  }

  Maybe best_at(std::size_t i) const {
    Maybe best = unmodified(i);
    if (const Hit amount = word(i, Kind::amount)) {
      const std::size_t at = i + amount.size;
      Maybe inner = unmodified(at);
      if (inner && modifiable(*inner, i, at)) {
        inner->first = i;
        if (inner->mod.empty()) inner->mod = amount.word->code;
        longer(best, std::move(inner));
      }
    }
    if (best && atoms_.is(i, "each") && atoms_.is(i + 1, "of")) best.reset();
    if (!best) {
      if (atoms_.is(i, "each") && atoms_.is(i + 1, "of")) {
        if (Maybe inner = duration(i + 2); inner && inner->shifted) {
          inner->first = i;
          best = std::move(inner);
        }
      }
    }
    if (best) name_anniversary(*best);
    return best;
  }

  /// Whether "about", "over", "at least" … before `inner` modify it and are no prepositions.
  bool modifiable(const TimeExpression& inner, std::size_t i, std::size_t at) const {
    const std::string_view key = atoms_.key(i);
    const bool row = word(at, Kind::which) || atoms_.is(at, "the");
    const bool preposition = at == i + 1 && (key == "over" || key == "under" || key == "about" || key == "around");
    switch (inner.form) {
      case TimeForm::duration: {
        if (row) return !preposition && key != "some";
        if (preposition && word(at, Kind::vague)) return false;  // "over several years"
        return number_at(atoms_, at, numbers_).has_value() || atoms_.is(at, "a") || atoms_.is(at, "an") ||
               word(at, Kind::vague);
      }
      case TimeForm::distance: return !row;
      case TimeForm::clock: return true;
      case TimeForm::date:
      case TimeForm::which:
      case TimeForm::weekday:
        if (inner.hour >= 0) return key == "about" || key == "around" || key == "approximately";
        return key == "around" && !row;
      default: return false;
    }
  }

  const Atoms& atoms_;
  std::span<const Upos> upos_;
  const PhraseTable<TimeWord>& words_;
  const TimeWords& table_;
  const NumberWords& numbers_;
};

}  // namespace

std::vector<TimeExpression> find_times(const Atoms& atoms, std::span<const Upos> upos,
                                       const TimeWords& words, const NumberWords& numbers) {
  return Grammar(atoms, upos, words, numbers).find();
}

}  // namespace parley
