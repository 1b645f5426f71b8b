#include "record/number_words.h"

#include <charconv>
#include <cmath>
#include <string>

namespace parley {
namespace {

const NumberWord* word_of(const PhraseTable<NumberWord>::Match& match, NumberWord::Kind kind) {
  if (!match) return nullptr;
  for (const NumberWord& word : *match.values) {
    if (word.kind == kind) return &word;
  }
  return nullptr;
}

/// A number below 100 in words: "seven", "twenty", "twenty-one".
struct Small {
  double value = 0.0;
  std::size_t size = 0;
};
Small small_at(const Atoms& atoms, std::size_t i, const NumberWords& words) {
  const auto match = words.words.find(atoms, i, 1);
  if (const NumberWord* unit = word_of(match, NumberWord::Kind::unit)) return {unit->value, 1};
  if (const NumberWord* ten = word_of(match, NumberWord::Kind::ten)) {
    std::size_t next = i + 1;
    if (atoms.is(next, "-")) ++next;
    const auto more = words.words.find(atoms, next, 1);
    if (const NumberWord* unit = word_of(more, NumberWord::Kind::unit);
        unit != nullptr && unit->value >= 1 && unit->value <= 9) {
      return {ten->value + unit->value, next + 1 - i};
    }
    return {ten->value, 1};
  }
  return {};
}

}  // namespace

std::optional<double> digits_value(const Atoms& atoms, std::size_t i) {
  if (!atoms.is_number(i)) return std::nullopt;
  std::string plain;
  for (const char c : atoms.key(i)) {
    if (c != ',') plain += c;
  }
  double value = 0.0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  return value;
}

std::optional<Number> number_at(const Atoms& atoms, std::size_t i, const NumberWords& words) {
  if (i >= atoms.size()) return std::nullopt;
  Number number;
  number.first = i;
  const auto phrase = words.words.find(atoms, i);
  if (const NumberWord* vague = word_of(phrase, NumberWord::Kind::vague)) {
    number.last = i + phrase.size;
    number.value = vague->value;
    number.vague = number.scaled = true;
    return number;
  }
  if (const NumberWord* exact = word_of(phrase, NumberWord::Kind::exact)) {
    number.last = i + phrase.size;
    number.value = exact->value;
    number.article = atoms.is(i, "a") || atoms.is(i, "an");
    number.scaled = true;
    // "a hundred and thirty million", "a dozen": a scale may still follow.
    if (phrase.size > 2 || !word_of(words.words.find(atoms, i + 1, 1), NumberWord::Kind::scale)) {
      return number;
    }
    number.scaled = false;
  }

  // total + group: "two million, three hundred (and) forty thousand" runs through the scales.
  double total = 0.0;
  double group = 0.0;
  std::size_t at = i;
  bool any = false;
  double last_scale = 1e18;
  if (const std::optional<double> digits = digits_value(atoms, at)) {
    group = *digits;
    number.digits = any = true;
    ++at;
    // "3 1/2 years" and "½".
    if (atoms.is_number(at) && atoms.is(at + 1, "/") && atoms.is_number(at + 2) && atoms.spaced(at) &&
        !atoms.spaced(at + 1) && !atoms.spaced(at + 2)) {
      const std::optional<double> top = digits_value(atoms, at), bottom = digits_value(atoms, at + 2);
      if (top && bottom && *bottom > *top && *bottom <= 16) {
        group += *top / *bottom;
        at += 3;
      }
    } else if (atoms.is(at, "\xC2\xBD")) {
      group += 0.5;
      ++at;
    }
    const auto next = words.words.find(atoms, at, 1);
    if (const NumberWord* brief = word_of(next, NumberWord::Kind::short_scale);
        brief != nullptr && (!atoms.spaced(at) || brief->value >= 1e9)) {
      number.value = std::round(group * brief->value * 100.0) / 100.0;
      number.last = at + 1;
      number.scaled = true;
      return number;
    }
  } else if ((atoms.is(at, "a") || atoms.is(at, "an")) &&
             word_of(words.words.find(atoms, at + 1, 1), NumberWord::Kind::scale) != nullptr) {
    group = 1.0;
    number.article = any = true;
    ++at;
  } else if (const Small small = small_at(atoms, at, words); small.size > 0) {
    group = small.value;
    any = true;
    at += small.size;
  }
  if (!any) return std::nullopt;

  while (at < atoms.size()) {
    std::size_t next = at;
    if (atoms.is(next, "-") && !atoms.spaced(next)) ++next;  // "a two-million-strong force"
    if (const NumberWord* scale =
            word_of(words.words.find(atoms, next, 1), NumberWord::Kind::scale)) {
      if (scale->value < 1000 || scale->value == 12) {
        group *= scale->value;
      } else if (scale->value < last_scale) {
        total += group * scale->value;
        group = 0.0;
        last_scale = scale->value;
      } else {
        total = (total + group) * scale->value;  // "a hundred thousand million"
        group = 0.0;
      }
      number.scaled = true;
      at = next + 1;
      continue;
    }
    // What may follow a scale: a smaller group in words.
    if (!number.scaled || number.digits) break;
    if (atoms.is(next, "and")) ++next;
    const Small more = small_at(atoms, next, words);
    if (more.size == 0) break;
    // "two hundred and three soldiers" is a sum, "hundred and two others" reads the same: a sum.
    group += more.value;
    at = next + more.size;
  }
  number.last = at;
  number.value = total + group;
  if (number.scaled && number.value >= 1000.0) number.value = std::round(number.value * 100.0) / 100.0;  // 8.2 million
  return number;
}

std::optional<Ordinal> ordinal_at(const Atoms& atoms, std::size_t i, const NumberWords& words) {
  if (atoms.is_number(i) && !atoms.spaced(i + 1)) {
    const std::string_view suffix = atoms.key(i + 1);
    if (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th") {
      if (const std::optional<double> value = digits_value(atoms, i); value && *value < 10000) {
        return Ordinal{static_cast<int>(*value), 2};
      }
    }
    return std::nullopt;
  }
  const auto match = words.words.find(atoms, i);
  if (const NumberWord* ordinal = word_of(match, NumberWord::Kind::ordinal)) {
    return Ordinal{static_cast<int>(ordinal->value), match.size};
  }
  return std::nullopt;
}

}  // namespace parley
