// Which Parley this is.
#pragma once

namespace parley {

/// "0.1.0" (Semantic Versioning 2.0).
const char* version();

}  // namespace parley
