// Fingerprints: which bytes these are, not proof against forgery. XXH3, 64 bits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace parley {

std::uint64_t hash64(std::string_view bytes);
/// 16 lower-case hex digits.
std::string fingerprint_hex(std::string_view bytes);

/// A fingerprint of several pieces. Each piece's length goes in too, so that "ab" + "c" and "a" + "bc"
/// differ.
class Fingerprint {
 public:
  Fingerprint();
  Fingerprint(const Fingerprint&) = delete;
  Fingerprint& operator=(const Fingerprint&) = delete;
  ~Fingerprint();

  void add(std::string_view piece);
  std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parley
