#include "story/copies.h"

#include <algorithm>
#include <limits>

#include "story/words.h"
#include "text/hash.h"

namespace parley::story {
namespace {

constexpr std::size_t kRun = 5;

/// A stirred 64-bit value (splitmix64's finisher).
std::uint64_t stir(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace

std::vector<std::uint64_t> shingles(std::string_view text) {
  std::vector<std::uint64_t> words;
  for_each_word(text, [&](std::string_view word, bool) { words.push_back(hash64(word)); });
  std::vector<std::uint64_t> out;
  if (words.empty()) return out;
  const std::size_t run = std::min(kRun, words.size());
  out.reserve(words.size());
  for (std::size_t i = 0; i + run <= words.size(); ++i) {
    std::uint64_t value = 0;
    for (std::size_t k = 0; k < run; ++k) value = stir(value * 31 + words[i + k]);
    out.push_back(value);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const std::size_t common = shared_values(a, b);
  const std::size_t all = a.size() + b.size() - common;
  return all == 0 ? 0.0 : static_cast<double>(common) / static_cast<double>(all);
}

std::array<std::int64_t, kBands> bands(const std::vector<std::uint64_t>& shingles) {
  std::array<std::int64_t, kBands> out{};
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t key = stir(band + 1);
    for (std::size_t row = 0; row < kRows; ++row) {
      const std::uint64_t seed = stir((band * kRows + row + 1) * 0x9e3779b97f4a7c15ULL);
      std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
      for (const std::uint64_t shingle : shingles) least = std::min(least, stir(shingle ^ seed));
      key = stir(key * 31 + least);
    }
    out[band] = static_cast<std::int64_t>(key >> 1);
  }
  return out;
}

}  // namespace parley::story
