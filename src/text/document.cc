// Documents and the map between bytes and code points.
//
// Idea: the map keeps the number of code points before every 64th byte and the byte of every 64th code
// point; a query looks one up and scans the rest, at most 64 bytes or 64 code points. Example: in "é€x"
// the bytes 0..1 belong to code point 0, 2..4 to 1, 5 to 2. Counter-example: in ASCII text a byte is a
// code point, so nothing is kept. Cost: 8 bytes for every 64 of text at most, one pass to build.
// Covered by tests/text/offsets_test.cc, against a map made by walking.
#include "parley/document.h"

#include <algorithm>

#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::uint32_t kStep = 64;

std::uint32_t size32(std::string_view text) { return static_cast<std::uint32_t>(text.size()); }

}  // namespace

const char* name(SectionKind kind) {
  switch (kind) {
    case SectionKind::headline: return "headline";
    case SectionKind::dek: return "dek";
    case SectionKind::byline: return "byline";
    case SectionKind::dateline: return "dateline";
    case SectionKind::caption: return "caption";
    case SectionKind::body: return "body";
    case SectionKind::why_it_matters: return "why_it_matters";
    case SectionKind::key_takeaways: return "key_takeaways";
    case SectionKind::label: return "label";
    case SectionKind::boilerplate: return "boilerplate";
  }
  return "body";
}

OffsetMap::OffsetMap(std::string_view text) {
  if (is_ascii(text)) {
    code_points_ = size32(text);
    return;
  }
  checkpoints_.reserve(text.size() / kStep + 1);
  starts_.reserve(text.size() / kStep + 1);
  std::uint32_t count = 0;
  for (std::uint32_t byte = 0; byte < size32(text); ++byte) {
    if (byte % kStep == 0) checkpoints_.push_back(count);
    if (!is_continuation(text[byte])) {
      if (count % kStep == 0) starts_.push_back(byte);
      ++count;
    }
  }
  code_points_ = count;
}

std::uint32_t OffsetMap::to_code_point(std::string_view text, std::uint32_t byte) const {
  if (byte >= text.size()) return code_points_;
  if (checkpoints_.empty()) return byte;
  const std::uint32_t checkpoint = byte / kStep;
  std::uint32_t count = checkpoints_[checkpoint];
  for (std::uint32_t i = checkpoint * kStep; i <= byte; ++i) count += !is_continuation(text[i]);
  return count == 0 ? 0 : count - 1;
}

std::uint32_t OffsetMap::to_byte(std::string_view text, std::uint32_t code_point) const {
  if (code_point >= code_points_) return size32(text);
  if (starts_.empty()) return code_point;
  std::uint32_t byte = starts_[code_point / kStep];
  for (std::uint32_t left = code_point % kStep; left > 0; --left) {
    ++byte;
    while (byte < text.size() && is_continuation(text[byte])) ++byte;
  }
  return byte;
}

Document Document::plain(std::string text) {
  Document document;
  document.set_text(repair_utf8(std::move(text)));
  if (document.code_points() > 0) {
    document.sections.push_back({SectionKind::body, {0, document.code_points()}});
  }
  return document;
}

void Document::set_text(std::string text) {
  text_ = std::move(text);
  map_ = OffsetMap(text_);
}

Span Document::span(ByteRange bytes) const {
  const std::uint32_t begin = map_.to_code_point(text_, bytes.begin);
  std::uint32_t end = map_.to_code_point(text_, bytes.end);
  // An end inside a code point takes that code point in.
  if (bytes.end < text_.size() && bytes.end > bytes.begin && is_continuation(text_[bytes.end])) ++end;
  return {begin, std::max(begin, end)};
}

ByteRange Document::bytes(Span span) const {
  const std::uint32_t begin = map_.to_byte(text_, span.begin);
  return {begin, std::max(begin, map_.to_byte(text_, span.end))};
}

std::string_view Document::slice(Span span) const { return slice(bytes(span)); }

std::string_view Document::slice(ByteRange bytes) const {
  const std::size_t begin = std::min<std::size_t>(bytes.begin, text_.size());
  const std::size_t end = std::clamp<std::size_t>(bytes.end, begin, text_.size());
  return std::string_view(text_).substr(begin, end - begin);
}

}  // namespace parley
