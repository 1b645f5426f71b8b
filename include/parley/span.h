// Places in a document's text.
#pragma once

#include <cstdint>

namespace parley {

/// A stretch of `Document::text` in Unicode code points: `begin` inclusive, `end` exclusive, as in the
/// text position selector of the W3C Web Annotation Data Model (4.2.5).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr bool empty() const { return begin >= end; }
  constexpr std::uint32_t size() const { return empty() ? 0 : end - begin; }
  constexpr bool contains(Span inner) const { return begin <= inner.begin && inner.end <= end; }
  constexpr bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend constexpr bool operator==(Span, Span) = default;
  friend constexpr auto operator<=>(Span, Span) = default;
};

/// The same in UTF-8 bytes of `Document::text`. A type of its own, so that the two cannot be mixed:
/// the language layer works in bytes, records speak of code points, `Document` converts.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr bool empty() const { return begin >= end; }
  constexpr std::uint32_t size() const { return empty() ? 0 : end - begin; }
  constexpr bool contains(ByteRange inner) const { return begin <= inner.begin && inner.end <= end; }
  constexpr bool overlaps(ByteRange other) const { return begin < other.end && other.begin < end; }
  friend constexpr bool operator==(ByteRange, ByteRange) = default;
  friend constexpr auto operator<=>(ByteRange, ByteRange) = default;
};

}  // namespace parley
