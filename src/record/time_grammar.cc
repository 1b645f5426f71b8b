#include "record/time_grammar.h"

#include <algorithm>

#include "record/number_words.h"
#include "record/time_grammar_internal.h"

namespace parley::time_grammar {

std::vector<TimeExpression> Grammar::find() {
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
void Grammar::share_years(std::vector<TimeExpression>& found) const {
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

Hit Grammar::word(std::size_t i, Kind kind) const {
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

TimeExpression Grammar::make(std::size_t first, std::size_t last, TimeForm form, TimeType type) const {
  TimeExpression e;
  e.first = first;
  e.last = last;
  e.form = form;
  e.type = type;
  return e;
}

Maybe Grammar::which(std::size_t i) const {
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

Maybe Grammar::point_at(std::size_t i) const {
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

Maybe Grammar::edged(std::size_t i) const {
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

Maybe Grammar::unmodified(std::size_t i) const {
  Maybe best = point_at(i);
  longer(best, edged(i));
  longer(best, distance(i));
  longer(best, set(i));  // before durations: "two flights a week"
  longer(best, duration(i));
  longer(best, reference(i));
  return best;
}

Maybe Grammar::best_at(std::size_t i) const {
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
bool Grammar::modifiable(const TimeExpression& inner, std::size_t i, std::size_t at) const {
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

}  // namespace parley::time_grammar

namespace parley {

std::vector<TimeExpression> find_times(const Atoms& atoms, std::span<const Upos> upos,
                                       const TimeWords& words, const NumberWords& numbers) {
  return time_grammar::Grammar(atoms, upos, words, numbers).find();
}

}  // namespace parley
