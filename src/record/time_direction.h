// Whether the verb that governs a word looks back or ahead.
#pragma once

#include "knowledge/time_words.h"
#include "parley/analysis.h"
#include "record/time_resolver.h"

namespace parley {

/// "met on Monday": past; "will meet on Monday", "plans to meet on Monday", "is due on Monday": future;
/// "takes effect on Monday": present. O(depth of the tree).
TimeDirection time_direction(const Analysis& analysis, Word word, const TimeWords& words);

}  // namespace parley
