// A codebook file of any bytes: it loads, or every mistake has its place.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "knowledge/codebook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kLargest = 64 * 1024;  // a file of the codebook is a few kilobytes
  if (size > kLargest) return 0;
  parley::Diagnostics diagnostics;
  const parley::Codebook codebook = parley::Codebook::parse(
      std::string_view(reinterpret_cast<const char*>(data), size), "codebook.toml", diagnostics);
  for (const parley::Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.message.empty()) std::abort();
  }
  for (const auto& [key, rules] : codebook.sense_keys()) {
    for (const std::uint32_t rule : rules) {
      if (rule >= codebook.rules().size()) std::abort();
    }
  }
  return 0;
}
