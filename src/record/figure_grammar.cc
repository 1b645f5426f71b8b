#include "record/figure_grammar.h"

#include <algorithm>
#include <cmath>

#include "record/number_words.h"

namespace parley {
namespace {

using Kind = FigureWord::Kind;
using Bound = FigureWord::Bound;

struct Hit {
  const FigureWord* word = nullptr;
  std::size_t size = 0;
  explicit operator bool() const { return word != nullptr; }
};

class Grammar {
 public:
  Grammar(const Atoms& atoms, const FigureSurroundings& around, const FigureWords& words)
      : atoms_(atoms), around_(around), words_(words) {
    prison_ = around.prison || speaks_of_prison(atoms, words);
    for (std::size_t i = 0; i < atoms.size() && !votes_; ++i) {
      votes_ = atoms.is_word(i) && (words.vote_contexts.contains(std::string(atoms.key(i))) ||
                                    atoms.is(i, "voted") || atoms.is(i, "votes"));
    }
  }

  std::vector<FigureExpression> find() {
    std::vector<FigureExpression> found;
    for (std::size_t i = 0; i < atoms_.size();) {
      if (const std::size_t past = idiom(i); past > i) {
        i = past;
        continue;
      }
      if (const std::size_t age = age_at(i); age > i) {
        i = age;
        continue;
      }
      std::size_t next = i + 1;
      if (std::optional<FigureExpression> figure = figure_at(i, next)) {
        i = std::max(figure->last, i + 1);
        found.push_back(std::move(*figure));
      } else {
        i = next;
      }
    }
    return found;
  }

 private:
  Hit word(std::size_t i, Kind kind) const {
    std::size_t limit = 8;
    while (limit > 0) {
      const auto match = words_.words.find(atoms_, i, limit);
      if (!match) return {};
      for (const FigureWord& each : *match.values) {
        if (each.kind == kind) return {&each, match.size};
      }
      limit = match.size - 1;
    }
    return {};
  }
  /// A word of this kind that ends right before atom `i`.
  Hit word_before(std::size_t i, Kind kind) const {
    for (std::size_t n = std::min<std::size_t>(i, 5); n > 0; --n) {
      const Hit hit = word(i - n, kind);
      if (hit && hit.size == n) return hit;
    }
    return {};
  }

  bool blocked(std::size_t i) const { return i < around_.blocked.size() && around_.blocked[i]; }
  bool labelled(std::size_t i) const { return i < around_.labelled.size() && around_.labelled[i]; }
  Upos upos(std::size_t i) const { return i < around_.upos.size() ? around_.upos[i] : Upos::X; }
  bool hyphen(std::size_t i) const { return atoms_.is(i, "-"); }
  bool nominal(std::size_t i) const {
    const Upos tag = upos(i);
    return tag == Upos::NOUN || tag == Upos::ADJ || tag == Upos::PROPN || tag == Upos::NUM || tag == Upos::SYM;
  }
  std::optional<Number> number(std::size_t i) const { return number_at(atoms_, i, words_.numbers); }

  /// The atom after an idiom that begins here, or `i`.
  std::size_t idiom(std::size_t i) const {
    const Hit hit = word(i, Kind::idiom);
    if (!hit) return i;
    // "more than one million": the number goes on behind what looks like the idiom.
    for (std::size_t k = i; k < i + hit.size; ++k) {
      const std::optional<Number> inner = number(k);
      if (inner && inner->last > i + hit.size) return i;
      if (inner) k = inner->last - 1;
    }
    return i + hit.size;
  }

  std::size_t age_at(std::size_t i) const {
    if ((atoms_.is(i, "aged") || atoms_.is(i, "age") || atoms_.is(i, "ages")) && i + 1 < atoms_.size()) {
      std::size_t at = i + 1;
      if (atoms_.is(at, "of")) ++at;
      if (atoms_.is(at, "between") || atoms_.is(at, "over") || atoms_.is(at, "under") || atoms_.is(at, "from")) ++at;
      const std::optional<Number> first = number(at);
      if (!first) return i;
      at = first->last;
      while ((atoms_.is(at, "to") || hyphen(at) || atoms_.is(at, "and")) && number(at + 1) && number(at + 1)->value < 120) {
        at = number(at + 1)->last;
      }
      return at;
    }
    const std::optional<Number> first = number(i);
    if (!first || first->value > 130) return i;
    std::size_t at = first->last;
    if (hyphen(at)) ++at;
    if (!atoms_.is(at, "year") && !atoms_.is(at, "years") && !atoms_.is(at, "month") && !atoms_.is(at, "months")) return i;
    ++at;
    if (hyphen(at)) ++at;
    return atoms_.is(at, "old") || atoms_.is(at, "olds") || (atoms_.is(at, "of") && atoms_.is(at + 1, "age")) ? at + 1 : i;
  }

  /// "Amini, 22, died": an age between commas behind a name.
  bool bare_age(const Number& n) const {
    if (!n.digits || n.scaled || n.value > 110 || n.first < 2) return false;
    if (!atoms_.is(n.first - 1, ",") || !atoms_.capital(n.first - 2)) return false;
    const std::string_view after = atoms_.key(n.last);
    return after == "," || after == "." || after == ")" || after == ";" || n.last >= atoms_.size();
  }

  /// Whether the digits at `i` are a part of something longer: "F-16", "G7", "24/7", "2.0.1", "12th".
  bool glued(const Number& n) const {
    const std::size_t i = n.first;
    if (i > 0 && !atoms_.spaced(i)) {
      const std::string_view before = atoms_.key(i - 1);
      if (n.digits && atoms_.is_word(i - 1)) {
        // "US$5" was taken with its sign; "Rs500" and the like are data's.
        return true;
      }
      if (before == "-" && i > 1 && !atoms_.spaced(i - 1) && (atoms_.is_word(i - 2) || (n.digits && atoms_.is_number(i - 2) && !votes_))) {
        return true;
      }
      if (before == "/" || before == "#" || before == "@" || before == "_" || before == ":" || before == "." || before == "\xC2\xA7") {
        return true;
      }
      if (before == "'" && n.digits) return true;
    }
    const std::size_t after = n.last;
    if (n.digits && after < atoms_.size() && !atoms_.spaced(after)) {
      if (atoms_.is(after, "/") || (atoms_.is(after, ":") && atoms_.is_number(after + 1)) || atoms_.is(after, "@")) return true;
      if (atoms_.is(after, ".") && atoms_.is_number(after + 1) && !atoms_.spaced(after + 1)) return true;
      if (atoms_.is_word(after) && !word(after, Kind::unit) && !word(after, Kind::money)) return true;
    }
    return false;
  }

  bool is_label(const Number& n, std::size_t first) const {
    if (n.scaled || n.vague) return false;
    if (labelled(n.first)) return true;
    if (first != n.first || n.first == 0) return false;
    std::size_t before = n.first;
    if (atoms_.is(before - 1, ".") && before > 1) --before;  // "No. 5"
    const Hit label = word_before(before, Kind::label);
    if (!label) return false;
    const std::size_t at = before - label.size;
    if (blocked(at)) return false;
    if (atoms_.capital(at) && at > 0 && !atoms_.is(at - 1, ".")) return true;
    // "that day 12 soldiers died": a noun behind the number counts.
    if (around_.has_tags) return !nominal(n.last);
    return !words_.nouns.contains(std::string(atoms_.key(n.last)));
  }

  /// Whether the unit at `unit_at` of a number at `i` measures what somebody or something weighs.
  bool weighed(std::size_t i, std::size_t unit_at) const {
    if (atoms_.is(unit_at + 1, "of")) return true;
    for (std::size_t k = i > 2 ? i - 2 : 0; k < i; ++k) {
      if (atoms_.is(k, "weighs") || atoms_.is(k, "weighed") || atoms_.is(k, "weighing") || atoms_.is(k, "weigh")) return true;
    }
    return false;
  }

  /// Reads a number with its sign; nothing where it is none of ours. `next` is where to go on then.
  struct Amount {
    Number number;
    std::size_t first = 0;
    std::size_t last = 0;
    std::string unit;
    std::optional<Measure> measure;
    bool fraction = false;
  };
  std::optional<Amount> amount_at(std::size_t i, bool second = false) const {
    Amount amount;
    amount.first = i;
    std::size_t at = i;
    if (const Hit sign = word(at, Kind::money_sign)) {
      at += sign.size;
      amount.unit = sign.word->unit;
      amount.measure = Measure::money;
    }
    const auto fraction = words_.numbers.words.find(atoms_, at);
    if (fraction) {
      for (const NumberWord& each : *fraction.values) {
        if (each.kind != NumberWord::Kind::fraction) continue;
        const std::size_t after = at + fraction.size;
        const bool whole_follows = atoms_.is(after, "of") || (atoms_.is(at, "half") && (atoms_.is(after, "the") || atoms_.is(after, "its") || atoms_.is(after, "their")));
        if (!whole_follows || (i > 0 && !atoms_.spaced(i))) continue;
        // "the first half of": no share.
        if (i > 0 && (atoms_.is(i - 1, "first") || atoms_.is(i - 1, "second") || atoms_.is(i - 1, "other") || atoms_.is(i - 1, "last"))) continue;
        amount.number.first = at;
        amount.number.last = amount.last = after;
        amount.number.value = each.value;
        amount.fraction = true;
        amount.unit = "percent";
        amount.measure = Measure::percent;
        return amount;
      }
    }
    std::optional<Number> n = number(at);
    if (!n) return std::nullopt;
    if (!second && amount.unit.empty() && glued(*n)) return std::nullopt;
    // "eleven and a half".
    if (!n->vague && atoms_.is(n->last, "and") && atoms_.is(n->last + 1, "a") && atoms_.is(n->last + 2, "half")) {
      n->value += 0.5;
      n->last += 3;
    }
    amount.number = *n;
    amount.last = n->last;
    return amount;
  }

  std::optional<FigureExpression> figure_at(std::size_t i, std::size_t& next) const {
    // Qualifiers, the range's opening, sign, number.
    std::size_t at = i;
    Bound bound = Bound::exact;
    bool qualified = false;
    for (int k = 0; k < 2; ++k) {
      const Hit before = word(at, Kind::before);
      if (!before) break;
      if (!qualified || before.word->bound == Bound::low || before.word->bound == Bound::high) bound = before.word->bound;
      qualified = true;
      at += before.size;
    }
    bool opened = false;
    const std::size_t qualifier_last = at;
    if (atoms_.is(at, "between")) {
      opened = true;
      ++at;
    }
    std::optional<Amount> amount = amount_at(at);
    if (!amount) {
      if (at == i) {
        if (const std::optional<Number> n = number(i)) next = n->last;
      }
      return std::nullopt;
    }
    const Number& n = amount->number;
    if (at == i) next = amount->last;
    FigureExpression e;
    e.first = i;
    e.number_first = n.first;
    e.number_last = n.last;
    e.last = amount->last;
    e.value = n.value;
    e.unit = amount->unit;
    e.measure = amount->measure;
    e.fraction = amount->fraction;
    e.plain_word = !n.digits && !n.scaled && !amount->fraction;

    const bool term = prison_term(e, i);
    if (blocked(n.first) && !term) return std::nullopt;
    if (qualified && blocked(i) && !term) return std::nullopt;
    if (bare_age(n) || is_label(n, i)) return std::nullopt;
    if (n.value == 0.0 && !n.digits) return std::nullopt;

    double low = n.value, high = n.value;
    bool upper_open = n.vague;
    // The other end of a range.
    if (!amount->fraction && !n.vague) {
      const bool from = i > 0 && atoms_.is(i - 1, "from");
      std::size_t link = 0;
      if (opened && atoms_.is(e.last, "and")) link = 1;
      if (!opened && !from && (atoms_.is(e.last, "to") || atoms_.is(e.last, "or"))) link = 1;
      if (hyphen(e.last) && !(atoms_.spaced(e.last) && !atoms_.spaced(e.last + 1))) link = 1;
      if (link > 0) {
        if (std::optional<Amount> other = amount_at(e.last + 1, true)) {
          double first = low;
          // "5-7 million", "$5 to 7 billion": the scale serves both.
          if (other->number.scaled && !n.scaled && other->number.value >= 1000 && n.value < 1000) {
            const double scale = std::pow(10.0, 3.0 * std::floor(std::log10(other->number.value) / 3.0));
            first = low * scale;
          }
          const bool range = !other->number.vague && other->number.value > first && !blocked(other->number.first) &&
                             !glued_behind(other->number);
          const bool score = hyphen(e.last) && n.digits && other->number.digits && !n.scaled;
          if (score && !range && !votes_) {
            next = other->last;
            return std::nullopt;  // "3-1"
          }
          if (range && !(votes_ && score && n.value < 1000)) {
            low = first;
            high = other->number.value;
            e.range = true;
            e.last = other->last;
            e.number_last = other->number.last;
            if (e.unit.empty()) {
              e.unit = other->unit;
              e.measure = other->measure;
            }
          }
        }
      }
    }
    if (opened && !e.range) return std::nullopt;

    // "%", "+", then the unit's word.
    std::size_t after = e.last;
    if (const Hit sign = word(after, Kind::unit_sign)) {
      after += sign.size;
      e.last = after;
      e.unit = sign.word->unit;
      e.measure = sign.word->measure;
    }
    std::string behind;
    if (const Hit more = word(after, Kind::after); more && !(more.size == 1 && atoms_.is(after, "plus") && atoms_.spaced(after))) {
      bound = more.word->bound;
      qualified = true;
      behind = slice(after, after + more.size);
      e.last = after = after + more.size;
    }
    e.unit_last = after;
    std::size_t unit_at = after;
    if (hyphen(unit_at) && !atoms_.spaced(unit_at)) ++unit_at;
    if (term) {
      e.measure = Measure::sentence;
      e.unit = plural_unit(unit_at);
      e.unit_last = unit_at + 1;
    } else if ((e.unit.empty() && !e.measure) || e.measure == Measure::money) {
      const Hit weight = e.unit.empty() && weighed(i, unit_at) ? word(unit_at, Kind::unit) : Hit{};
      if (weight && word(unit_at, Kind::money)) {  // "weighs 236 pounds", "40 pounds of explosives"
        e.unit = weight.word->unit;
        e.measure = weight.word->measure;
        e.unit_last = unit_at + weight.size;
      } else if (const Hit money = word(unit_at, Kind::money)) {
        if (e.unit.empty() || e.unit == money.word->unit) {
          e.unit = money.word->unit;
          e.measure = Measure::money;
          e.unit_last = unit_at + money.size;
        }
      } else if (const Hit minor = word(unit_at, Kind::money_minor); minor && e.unit.empty()) {
        e.unit = minor.word->unit;
        e.measure = Measure::money;
        low /= 100.0;
        high /= 100.0;
        e.unit_last = unit_at + minor.size;
      } else if (const Hit unit = word(unit_at, Kind::unit); unit && e.unit.empty()) {
        if (unit.word->measure != Measure::distance || !on_foot(unit_at)) {
          e.unit = unit.word->unit;
          e.measure = unit.word->measure;
          e.unit_last = unit_at + unit.size;
        }
      }
    }
    if (!counts(n, e, i, qualified, bound)) {
      next = e.last;
      return std::nullopt;
    }

    if (i < qualifier_last) e.qualifier = slice(i, qualifier_last);
    if (!behind.empty()) e.qualifier = e.qualifier.empty() ? behind : e.qualifier + ' ' + behind;
    if (!qualified) bound = Bound::exact;
    switch (bound) {
      case Bound::low: e.low = low; break;
      case Bound::high: e.high = high; break;
      case Bound::about:
      case Bound::exact:
        e.low = low;
        if (!upper_open) e.high = high;
        break;
    }
    if (bound == Bound::low && e.range) e.low = low;
    next = e.last;
    return e;
  }

  bool glued_behind(const Number& n) const {
    return n.digits && n.last < atoms_.size() && !atoms_.spaced(n.last) &&
           (atoms_.is(n.last, "-") || atoms_.is(n.last, "/") || atoms_.is(n.last, ":"));
  }

  /// "two feet" is a distance, "on two feet" is none.
  bool on_foot(std::size_t unit_at) const { return atoms_.is(unit_at, "foot") && !hyphen(unit_at - 1); }

  bool prison_term(const FigureExpression& e, std::size_t i) const {
    std::size_t unit = e.last;
    if (hyphen(unit)) ++unit;
    // "6 to 9 years".
    if (atoms_.is(e.last, "to") || hyphen(e.last)) {
      if (const std::optional<Number> other = number(e.last + 1)) {
        unit = other->last;
        if (hyphen(unit)) ++unit;
      }
    }
    const Hit term_unit = word(unit, Kind::term_unit);
    if (!term_unit) return false;
    const std::size_t after = unit + term_unit.size;
    for (std::size_t k = after; k < after + 3 && k < atoms_.size(); ++k) {
      if (word(k, Kind::term_after)) return true;
    }
    if (atoms_.is(after, "old") || hyphen(after)) return false;
    if (!prison_) return false;
    if (word_before(i, Kind::term_before)) return true;
    // "sentenced him to", "serving a total of".
    for (std::size_t back = 1; back <= 4 && back <= i; ++back) {
      if (const Hit hit = word(i - back, Kind::term_before); hit) return true;
      if (atoms_.is(i - back, "sentenced") && atoms_.is(i - 1, "to")) return true;
    }
    // "jailed two officers for six years"
    for (std::size_t back = 2; back <= 8 && back <= i && atoms_.is(i - 1, "for"); ++back) {
      if (atoms_.is(i - back, "jailed") || atoms_.is(i - back, "imprisoned")) return true;
    }
    return false;
  }

  std::string plural_unit(std::size_t at) const {
    std::string unit(atoms_.key(at));
    if (!unit.empty() && unit.back() != 's') unit += 's';
    return unit;
  }

  /// What is left to keep out once qualifier and unit are known.
  bool counts(const Number& n, const FigureExpression& e, std::size_t first, bool qualified, Bound bound) const {
    if (e.measure) return true;
    const std::size_t after = e.last;
    // Years that the calendar did not take: "2024" alone.
    if (n.digits && !n.scaled && !qualified && atoms_.key(n.first).size() == 4 && n.value >= 1900 && n.value < 2100 &&
        !nominal(after)) {
      return false;
    }
    // "a 15-member council", "the 7.8-magnitude quake" name a kind; "a 3,000-strong force" counts.
    if (hyphen(after) && !atoms_.spaced(after) && atoms_.is_word(after + 1) && !atoms_.spaced(after + 1)) {
      return atoms_.is(after + 1, "strong");
    }
    // "ten times that number", "three to one"
    if (const Hit times = word(after, Kind::times); times && words_.multiplied.contains(std::string(atoms_.key(after + times.size)))) return false;
    if (word(after, Kind::odds)) return false;
    // "raised the pension age to 64"
    if (n.value < 130 && first > 1 && (atoms_.is(first - 2, "age") || atoms_.is(first - 2, "ages")) &&
        (atoms_.is(first - 1, "to") || atoms_.is(first - 1, "of") || atoms_.is(first - 1, "from") || atoms_.is(first - 1, "at"))) {
      return false;
    }
    // "the 444 Brigade": a name with its number in front.
    if (n.digits && !n.scaled && !qualified && atoms_.capital(after) && word(after, Kind::label) && first > 0) return false;
    // "children under 5", "women over 60".
    if (qualified && (n.digits || e.plain_word) && !n.scaled && n.value <= 100 && e.first + 1 == n.first &&
        (atoms_.is(first, "under") || atoms_.is(first, "over") || atoms_.is(first, "above") || atoms_.is(first, "below")) &&
        around_.has_tags && !nominal(after) && !atoms_.is(after, "of") && first > 0 &&
        (upos(first - 1) == Upos::NOUN)) {
      return false;
    }
    static_cast<void>(bound);
    if (n.vague && n.last == n.first + 1) {
      const std::string_view key = atoms_.key(n.first);
      if (key == "tens") return false;
      if (key == "scores" && !atoms_.is(after, "of") && !atoms_.is(after, "more") && upos(after) != Upos::AUX &&
          upos(after) != Upos::VERB) {
        return false;
      }
    }
    // "one" for somebody or something.
    if (e.plain_word && n.value == 1.0) {
      if (around_.has_tags && upos(n.first) != Upos::NUM) return false;
      if (around_.has_tags ? !nominal(after) : !words_.nouns.contains(std::string(atoms_.key(after)))) return false;
    }
    return true;
  }

  std::string slice(std::size_t first, std::size_t last) const {
    std::string out;
    for (std::size_t i = first; i < last; ++i) {
      if (i > first && atoms_.spaced(i)) out += ' ';
      out += atoms_.key(i);
    }
    return out;
  }

  const Atoms& atoms_;
  const FigureSurroundings& around_;
  const FigureWords& words_;
  bool prison_ = false;
  bool votes_ = false;
};

}  // namespace

bool speaks_of_prison(const Atoms& atoms, const FigureWords& words) {
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const auto match = words.words.find(atoms, i, 1);
    if (!match) continue;
    for (const FigureWord& each : *match.values) {
      if (each.kind == Kind::term_context) return true;
    }
  }
  return false;
}

std::vector<FigureExpression> find_figures(const Atoms& atoms, const FigureSurroundings& around,
                                           const FigureWords& words) {
  return Grammar(atoms, around, words).find();
}

}  // namespace parley
