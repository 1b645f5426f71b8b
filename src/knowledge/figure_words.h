// The words of numbers and figures: data/figures/*.toml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "knowledge/toml_reader.h"
#include "parley/record.h"
#include "text/phrase_table.h"

namespace parley {

struct NumberWord {
  enum class Kind : std::uint8_t {
    unit,         ///< zero to nineteen
    ten,          ///< twenty to ninety
    scale,        ///< hundred, million, dozen
    short_scale,  ///< bn, m: after digits only
    ordinal,
    vague,        ///< dozens: at least 24
    exact,        ///< a couple of
    fraction,     ///< per cent of a whole
  };
  Kind kind = Kind::unit;
  double value = 0.0;
};

struct NumberWords {
  PhraseTable<NumberWord> words;
};

/// Words around a number.
struct FigureWord {
  enum class Kind : std::uint8_t {
    before,        ///< qualifier in front: "at least"
    after,         ///< qualifier behind: "or more"
    open,          ///< "between"
    link,          ///< "to" between the ends of a range
    money_sign,    ///< "$" in front; unit: USD
    money,         ///< "euros" behind
    money_minor,   ///< "cents": hundredths
    unit,          ///< "km"; unit and measure
    unit_sign,     ///< "%", right behind the number
    including,     ///< "including", "among them"
    of,            ///< "of the" between a part and its whole
    back,          ///< "among them": looks back to the whole
    times,         ///< "times" of "ten times that number"
    odds,          ///< "to one"
    label,         ///< "Resolution" before a number that only names
    idiom,         ///< "one another"
    term_unit,     ///< units of prison terms
    term_before,   ///< "sentenced to"
    term_after,    ///< "in prison"
    term_context,  ///< what must be in the sentence for the others to speak of prison
  };
  enum class Bound : std::uint8_t { low, high, about, exact };
  Kind kind = Kind::before;
  Bound bound = Bound::exact;
  std::string unit;
  Measure measure = Measure::other;
};

/// What a lemma says about the number it governs or is counted by.
struct MeasureCue {
  Measure measure = Measure::other;
  bool people_only = false;  ///< only of people: "took 12 soldiers", not "took 12 villages"
  bool weak = false;         ///< yields to a governor's measure
};

struct FigureWords {
  using Cues = std::unordered_map<std::string, MeasureCue>;

  NumberWords numbers;
  PhraseTable<FigureWord> words;
  Cues object, subject, adjectives, of, nouns;     ///< by lemma; see data/figures/measures.toml
  std::unordered_set<std::string> multiplied;      ///< behind "times": "ten times that number"
  std::unordered_set<std::string> small;           ///< nouns whose small counts say nothing
  std::unordered_set<std::string> toll_verbs;
  std::unordered_set<std::string> counting_verbs;  ///< whose subject gives the figure: "counted 82"
  std::unordered_set<std::string> peopled;         ///< "a city of 1.8 million": counts people
  std::unordered_set<std::string> risks;           ///< "at risk", "in need"
  std::unordered_set<std::string> in_return;       ///< "freed 33 for 290": prepositions of what is given for it
  Cues outcomes;                                   ///< "hacked to death"
  std::unordered_set<std::string> vote_contexts;   ///< words that make a bare number a vote
  std::unordered_set<std::string> aid_contexts;    ///< words that make a lorry aid

  static FigureWords load(DataFiles& files, Diagnostics& diagnostics);
};

}  // namespace parley
