// A model proves itself: the sentences in its file must get the labels that stand beside them.
#pragma once

#include <optional>

#include "language/language.h"

namespace parley {

class ModelFile;

/// Nothing when all is well. In fp32 every label must be the one in the file, in int8 (whose sums are
/// rounded otherwise) all but a few.
std::optional<Error> self_check(const Language& language, const ModelFile& file, Precision precision);

}  // namespace parley
