// Quotations: what stands between quotation marks, across sentences and paragraphs.
#pragma once

#include <cstdint>
#include <vector>

#include "record/context.h"

namespace parley {

struct Quotation {
  WordRange words;          ///< with the marks
  WordRange inner;          ///< without them
  bool goes_on = false;     ///< not closed: the next paragraph's quotation goes on with it
};

/// All outermost quotations of the analysed words, in text order.
struct Quotations {
  static constexpr std::int32_t kNone = -1;
  std::vector<Quotation> list;
  std::vector<std::int32_t> of_word;  ///< by word: the quotation it stands in, its marks included

  const Quotation* at(Word w) const {
    return of_word[w] == kNone ? nullptr : &list[static_cast<std::size_t>(of_word[w])];
  }
};

Quotations find_quotations(const Context& context);

}  // namespace parley
