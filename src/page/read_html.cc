#include <utility>

#include "page/page.h"

namespace parley {

Result<Document> read_html(std::string bytes, const ReadOptions& options) {
  (void)bytes;
  return Error{Error::Code::usage, "HTML pages are not read yet: give their text", options.source};
}

}  // namespace parley
