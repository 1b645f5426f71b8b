#include <algorithm>
#include <cmath>

#include "record/number_words.h"
#include "record/time_grammar_internal.h"

namespace parley::time_grammar {

std::size_t Grammar::fillers(std::size_t i) const {
  while (true) {
    const Hit hit = word(i, Kind::filler);
    if (!hit) return i;
    i += hit.size;
  }
}

std::optional<Quantity> Grammar::quantity(std::size_t i) const {
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
std::size_t Grammar::age_at(std::size_t i) const {
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

TimeExpression Grammar::amount_of(std::size_t i, std::size_t last, TimeForm form, const Quantity& q, const Hit& unit) const {
  TimeExpression e = make(i, last, form, TimeType::duration);
  e.unit = unit.word->code;
  e.clock_unit = unit.word->flag;
  e.count = q.count;
  e.vague = q.vague;
  return e;
}

/// "two weeks ago", "a year earlier", "a week or so ago", "months ago", "the day before", "year-ago".
Maybe Grammar::distance(std::size_t i) const {
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

Maybe Grammar::duration(std::size_t i) const {
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

Maybe Grammar::set(std::size_t i) const {
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

Maybe Grammar::reference(std::size_t i) const {
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

}  // namespace parley::time_grammar
