#include "desk/compress.h"

#include <zstd.h>

namespace parley::desk {
namespace {

constexpr unsigned long long kMaxText = 1ULL << 30;
constexpr int kLevel = 6;  // reports are a few kilobytes: higher levels gain a percent or two

}  // namespace

std::string compress(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), text.data(), text.size(), kLevel);
  out.resize(ZSTD_isError(size) ? 0 : size);
  return out;
}

Result<std::string> decompress(std::string_view bytes) {
  const Error damaged{Error::Code::mismatch, "a stored report's text is damaged; ingest that report again", ""};
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) return damaged;
  if (size > kMaxText) return Error{Error::Code::too_large, "a stored report's text is over 1 GiB", ""};
  std::string out(size, '\0');
  const std::size_t got = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) || got != size) return damaged;
  return out;
}

}  // namespace parley::desk
