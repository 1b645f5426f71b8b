// A report: its text, the parts of it, and what is known about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/span.h"

namespace parley {

/// What a stretch of a report is. Extractors read headline to key_takeaways; `label` and `boilerplate`
/// stay in the text, at their place, and no extractor reads them.
enum class SectionKind : std::uint8_t {
  headline,
  dek,
  byline,
  dateline,
  caption,
  body,
  why_it_matters,
  key_takeaways,
  label,
  boilerplate,
};

/// The kind's name in JSON: `"why_it_matters"`.
const char* name(SectionKind kind);

struct Section {
  SectionKind kind = SectionKind::body;
  Span span;
};

/// Converts between bytes and code points of one text, either way in O(1): a checkpoint every 64
/// bytes and every 64 code points, and a scan of at most 64. Building is one pass. Immutable afterwards,
/// so threads may share it. Text that is all ASCII costs nothing. Texts of up to 4 GiB.
class OffsetMap {
 public:
  OffsetMap() = default;
  /// `text` must be valid UTF-8 and must be the text that is passed to the other members.
  explicit OffsetMap(std::string_view text);

  std::uint32_t code_points() const { return code_points_; }
  /// The code point that the byte at `byte` belongs to; the number of code points for the text's end.
  std::uint32_t to_code_point(std::string_view text, std::uint32_t byte) const;
  /// The first byte of code point `code_point`; the text's size for its end and beyond.
  std::uint32_t to_byte(std::string_view text, std::uint32_t code_point) const;

 private:
  std::vector<std::uint32_t> checkpoints_;  ///< code points before byte 64·i; empty for ASCII
  std::vector<std::uint32_t> starts_;       ///< the first byte of code point 64·i; empty for ASCII
  std::uint32_t code_points_ = 0;
};

/// One report. Made by the page layer or by hand with `Document::plain`; not changed afterwards.
class Document {
 public:
  /// The text exactly as given, one body section over all of it, nothing cut and nothing read into it.
  /// Invalid UTF-8 is replaced by U+FFFD, one for each maximal subpart (Unicode 15, 3.9).
  static Document plain(std::string text);

  std::string id;
  std::optional<std::string> uri;
  std::optional<std::string> publisher;
  std::optional<std::string> title;
  std::optional<std::string> dek;
  std::vector<std::string> byline;
  std::optional<std::string> published;  ///< ISO 8601 date or date-time, at the precision known
  std::optional<std::string> updated;
  std::optional<std::string> language;   ///< BCP 47; absent when the text is too short to tell
  bool truncated = false;                ///< the text breaks off in the middle of a sentence
  std::vector<Section> sections;         ///< in text order, not overlapping
  std::vector<Span> takeaways;           ///< the report's own, bullet by bullet, without the bullets

  /// UTF-8. Spans count its code points, byte ranges its bytes.
  const std::string& text() const { return text_; }
  /// Replaces the text and rebuilds the offset map. `text` must be valid UTF-8.
  void set_text(std::string text);

  std::uint32_t code_points() const { return map_.code_points(); }
  Span span(ByteRange bytes) const;
  ByteRange bytes(Span span) const;
  /// The words of a span. The view lives as long as the text.
  std::string_view slice(Span span) const;
  std::string_view slice(ByteRange bytes) const;

 private:
  std::string text_;
  OffsetMap map_;
};

}  // namespace parley
