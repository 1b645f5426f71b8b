// Web archives, and the packing around them and around the bodies in them. The limits are small, so that
// records over them are common.
#include <cstddef>
#include <cstdint>

#include "support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  static const ReadOptions options = [] {
    ReadOptions out = fuzzing::options();
    out.max_bytes = 1U << 14;
    return out;
  }();
  page::Tally tally;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  // A kilobyte may unpack to a megabyte, which is read to its end; more finds no more.
  constexpr std::size_t kUnpacked = 1U << 20;
  const page::Packing packing = page::packing_of(bytes);
  page::Buffered unpacked(page::unpack(page::from_memory(bytes), packing, options));
  const std::optional<std::string> plain = unpacked.rest(kUnpacked);
  if (!plain) return 0;
  fuzzing::read_all(*page::web_archive(page::Buffered(page::from_memory(*plain)), options, tally), plain->size());
  for (const char* encoding : {"gzip", "deflate", "deflate, zstd"}) {
    const Result<std::string> body = page::decode_content(bytes, encoding, options);
    if (body.ok() && packing != page::Packing::none) {
      fuzzing::require(body->size() <= options.max_bytes, "a body stays within the limit");
    }
  }
  return 0;
}
