// What the fuzz targets share: the shipped cue lists, and what must hold of every document.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "page/byte_stream.h"
#include "page/page.h"
#include "page/streams.h"
#include "text/utf8.h"

namespace parley::fuzzing {

inline ReadOptions options() {
  static const auto cues = load_cues(PARLEY_SOURCE_DIR "/data/page");
  if (!cues.ok()) {
    std::fprintf(stderr, "%s\n", cues.error().text().c_str());
    std::abort();
  }
  ReadOptions out;
  out.cues = *cues;
  out.source = "fuzz";
  // Large inputs find no more than small ones and take longer.
  out.max_bytes = 1U << 20;
  return out;
}

inline void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// Valid text; sections in order, apart, not empty, inside it; takeaways too.
inline void check(const Document& document) {
  require(is_valid_utf8(document.text()), "text is valid UTF-8");
  std::uint32_t end = 0;
  for (const Section& section : document.sections) {
    require(end <= section.span.begin, "sections in order");
    require(section.span.begin < section.span.end, "sections not empty");
    require(section.span.end <= document.code_points(), "sections inside the text");
    require(document.span(document.bytes(section.span)) == section.span, "spans come back");
    end = section.span.end;
  }
  for (const Span& span : document.takeaways) {
    require(span.begin < span.end && span.end <= document.code_points(), "takeaways inside the text");
  }
  require(is_valid_utf8(article_body(document)), "article is valid UTF-8");
}

/// Takes and reads every report of a file of `size` bytes: there cannot be more reports than bytes, errors say
/// what is wrong and where, and it ends.
inline void read_all(page::ReportStream& file, std::size_t size) {
  std::size_t count = 0;
  while (std::optional<RawReport> raw = file.next()) {
    require(++count <= size + 1, "a file has an end");
    require(!raw->id.empty(), "every report has an id");
    const InputItem item = read_report(std::move(*raw));
    if (item.document.ok()) {
      check(*item.document);
    } else {
      require(!item.document.error().message.empty(), "errors say what is wrong");
      require(!item.document.error().where.empty(), "errors say where");
    }
  }
}

}  // namespace parley::fuzzing
