#include "language/kernels.h"

// GCC notes that vectors would be passed differently with other instruction sets; none is passed here.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wpsabi"
#endif

namespace parley {
namespace {

#if defined(__x86_64__)

namespace avx512 {
#define PARLEY_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma")))
#define PARLEY_WIDTH 16
#include "language/kernels_body.inc"
#undef PARLEY_TARGET
#undef PARLEY_WIDTH
}  // namespace avx512

namespace avx2 {
#define PARLEY_TARGET __attribute__((target("avx2,fma")))
#define PARLEY_WIDTH 8
#include "language/kernels_body.inc"
#undef PARLEY_TARGET
#undef PARLEY_WIDTH
}  // namespace avx2

#endif

namespace plain {
#define PARLEY_TARGET
#define PARLEY_WIDTH 4
#include "language/kernels_body.inc"
#undef PARLEY_TARGET
#undef PARLEY_WIDTH
}  // namespace plain

}  // namespace

std::size_t kernel_sets(const Kernels* sets[3]) {
  std::size_t n = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) {
    sets[n++] = &avx512::kSet;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets[n++] = &avx2::kSet;
#endif
  sets[n++] = &plain::kSet;
  return n;
}

const Kernels& kernels() {
  static const Kernels* const best = [] {
    const Kernels* sets[3] = {};
    kernel_sets(sets);
    return sets[0];
  }();
  return *best;
}

}  // namespace parley
