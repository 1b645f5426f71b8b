#include "parley/result.h"

namespace parley {

const char* name(Error::Code code) {
  switch (code) {
    case Error::Code::usage: return "usage";
    case Error::Code::not_found: return "not_found";
    case Error::Code::unreadable: return "unreadable";
    case Error::Code::empty: return "empty";
    case Error::Code::not_text: return "not_text";
    case Error::Code::malformed: return "malformed";
    case Error::Code::too_large: return "too_large";
    case Error::Code::mismatch: return "mismatch";
    case Error::Code::internal: return "internal";
  }
  return "internal";
}

}  // namespace parley
