// Scraped and plain text into documents.
#include <utility>

#include "page/cues.h"
#include "page/draft.h"
#include "page/lines.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {

Result<Document> read_text(std::string bytes, const ReadOptions& options) {
  if (std::optional<Error> error = page::check_bytes(bytes, options)) return *std::move(error);
  std::string text = page::to_utf8(std::move(bytes), options.charset, options.cues.get());
  if (options.plain) {
    if (trim(text).empty()) return Error{Error::Code::empty, "there are only spaces in it", options.source};
    Document document = Document::plain(std::move(text));
    document.id = options.id.value_or(options.source);
    document.uri = options.uri;
    document.publisher = options.publisher;
    document.title = options.title;
    document.dek = options.dek;
    document.byline = options.byline;
    document.published = options.published;
    document.updated = options.updated;
    document.language = options.language;
    page::settle_language(document);
    return document;
  }
  if (std::optional<Error> late = out_of_time(options)) return *std::move(late);
  page::Draft draft;
  draft.blocks = page::blocks_from_text(page::clean_characters(text, true));
  if (std::optional<Error> late = out_of_time(options)) return *std::move(late);
  if (draft.blocks.empty()) {
    return Error{Error::Code::empty, "there are only spaces in it", options.source};
  }
  if (options.title) {
    std::string title = page::clean_characters(repair_utf8(*options.title), true);
    for (char& c : title) {
      if (c == '\n' || c == '\t') c = ' ';
    }
    title = trim(title);
    if (!title.empty()) draft.title = std::move(title);
  }
  const bool truncated = page::find_structure(draft, options.cues.get(), false);
  if (std::optional<Error> late = out_of_time(options)) return *std::move(late);
  // Scraped text often keeps one date only, that of the last change: better than none to count days from.
  if (!draft.published) draft.published = draft.updated;
  return page::assemble(std::move(draft), truncated, options);
}

}  // namespace parley
