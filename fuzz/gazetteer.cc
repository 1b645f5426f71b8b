// The index of places behind its fingerprint: any bytes after a right head give answers or none.
#include <cstddef>
#include <cstdint>
#include <string>

#include "knowledge/gazetteer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  (void)parley::Gazetteer::from_bytes(bytes);
  const auto gazetteer = parley::Gazetteer::from_bytes(std::move(bytes), true);
  if (!gazetteer.ok()) return 0;
  std::size_t seen = 0;
  for (const char* name : {"port sable", "examplia", "north province", ""}) {
    for (const auto& match : gazetteer->find(name)) {
      if (const auto place = gazetteer->place(match.index)) seen += place->name.size() + place->country.size();
    }
  }
  for (std::uint32_t i = 0; i < 16; ++i) {
    if (const auto place = gazetteer->place(i)) seen += place->name.size();
  }
  return seen == static_cast<std::size_t>(-1) ? 1 : 0;
}
