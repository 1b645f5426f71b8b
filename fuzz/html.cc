// Pages, and the filter before the parser alone: what it writes is valid and not much larger than what
// it read.
#include <cstddef>
#include <cstdint>

#include "page/html_filter.h"
#include "support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  static const ReadOptions options = fuzzing::options();
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::string once = page::filter_html(repair_utf8(bytes), 64, 32).html;
  fuzzing::require(is_valid_utf8(once), "filtered page is valid UTF-8");
  fuzzing::require(once.size() <= bytes.size() * 6 + 16, "the filter does not grow a page");
  const Result<Document> document = read_html(bytes, options);
  if (document.ok()) fuzzing::check(*document);
  return 0;
}
