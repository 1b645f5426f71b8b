// From a draft's blocks to a Document: the text, its sections, its takeaways.
#include <algorithm>
#include <utility>

#include "page/draft.h"
#include "text/unicode.h"

namespace parley::page {
namespace {

void add_section(Document& document, std::vector<ByteRange>& ranges, SectionKind kind,
                 std::size_t begin, std::size_t end) {
  if (end <= begin) return;
  document.sections.push_back({kind, {}});
  ranges.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
}

std::optional<std::string> known_or(const std::optional<std::string>& known,
                                    std::optional<std::string> found) {
  return known && !known->empty() ? known : std::move(found);
}

}  // namespace

void settle_language(Document& document) {
  if (document.language) document.language = language_tag(trim(*document.language));
  if (!document.language) document.language = language_of(document.text());
}

Document assemble(Draft draft, bool truncated, const ReadOptions& options) {
  Document document;
  std::string text;
  std::vector<ByteRange> ranges;
  for (const Block& block : draft.blocks) {
    if (!text.empty()) text += block.gap_before ? "\n\n" : "\n";
    if (!block.mark.empty()) text += block.mark + ' ';
    const std::size_t begin = text.size();
    text += block.text;
    if (block.pieces.empty()) {
      add_section(document, ranges, block.kind.value_or(SectionKind::body), begin, text.size());
    }
    for (const Piece& piece : block.pieces) {
      add_section(document, ranges, piece.kind, begin + piece.begin, begin + piece.end);
    }
  }
  document.set_text(std::move(text));
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    Section& section = document.sections[i];
    section.span = document.span(ranges[i]);
    if (section.kind == SectionKind::key_takeaways) document.takeaways.push_back(section.span);
    if (section.kind == SectionKind::headline && !draft.title) draft.title = document.slice(ranges[i]);
    if (section.kind == SectionKind::dek && !document.dek) document.dek = document.slice(ranges[i]);
  }
  document.truncated = truncated;
  document.id = options.id.value_or(options.source);
  document.uri = known_or(options.uri, std::move(draft.uri));
  document.publisher = known_or(options.publisher, std::move(draft.publisher));
  document.title = known_or(options.title, std::move(draft.title));
  document.published = known_or(options.published, std::move(draft.published));
  document.updated = known_or(options.updated, std::move(draft.updated));
  document.language = known_or(options.language, std::move(draft.language));
  settle_language(document);
  document.byline = draft.byline.empty() ? options.byline : std::move(draft.byline);
  if (!document.dek) document.dek = options.dek;
  return document;
}

}  // namespace parley::page

namespace parley {

std::string article_body(const Document& document) {
  std::string out;
  std::optional<Span> previous;
  for (const Section& section : document.sections) {
    switch (section.kind) {
      case SectionKind::dek:
      case SectionKind::dateline:
      case SectionKind::body:
      case SectionKind::why_it_matters:
      case SectionKind::key_takeaways:
        break;
      default:
        continue;
    }
    // A dateline and its paragraph stand on one line: what lies between them is the paragraph's too.
    const bool same_line =
        previous && document.slice(Span{previous->end, section.span.begin}).find('\n') ==
                        std::string_view::npos;
    if (same_line) {
      out += document.slice(Span{previous->end, section.span.end});
    } else {
      if (!out.empty()) out += "\n\n";
      out += document.slice(section.span);
    }
    previous = section.span;
  }
  return out;
}

}  // namespace parley
