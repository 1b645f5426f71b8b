// The words of numbers and figures: data/figures/*.toml.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/toml_reader.h"
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

struct FigureWords {
  NumberWords numbers;

  static FigureWords load(DataFiles& files, Diagnostics& diagnostics);
};

}  // namespace parley
