#include "parley/version.h"

namespace parley {

const char* version() { return PARLEY_VERSION; }

}  // namespace parley
