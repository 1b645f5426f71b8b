// Feeds and sitemaps.
#include <cstddef>
#include <cstdint>

#include "support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  static const ReadOptions options = fuzzing::options();
  page::Tally tally;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  fuzzing::read_all(*page::xml_feed(page::Buffered(page::from_memory(bytes)), options, tally), size);
  return 0;
}
