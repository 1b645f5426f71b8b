#include "text/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace parley {
namespace {

std::string hex16(std::uint64_t value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) out[i] = kDigits[value & 0xF];
  return out;
}

}  // namespace

std::uint64_t hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::string fingerprint_hex(std::string_view bytes) { return hex16(hash64(bytes)); }

struct Fingerprint::State {
  XXH3_state_t xxh;
};

Fingerprint::Fingerprint() : state_(std::make_unique<State>()) { XXH3_64bits_reset(&state_->xxh); }
Fingerprint::~Fingerprint() = default;

void Fingerprint::add(std::string_view piece) {
  unsigned char length[8];
  std::uint64_t size = piece.size();
  for (unsigned char& byte : length) {
    byte = static_cast<unsigned char>(size & 0xFF);
    size >>= 8;
  }
  XXH3_64bits_update(&state_->xxh, length, sizeof length);
  XXH3_64bits_update(&state_->xxh, piece.data(), piece.size());
}

std::string Fingerprint::hex() const { return hex16(XXH3_64bits_digest(&state_->xxh)); }

}  // namespace parley
