// A report on its way to a Document: its blocks in reading order and what is known of each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/page.h"
#include "parley/document.h"

namespace parley::page {

/// A part of a block, in bytes of its text.
struct Piece {
  SectionKind kind = SectionKind::body;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A paragraph, a line, a list item.
struct Block {
  std::string text;              ///< one line, without bullet mark; never empty
  std::string mark;              ///< the bullet mark that stood before it: "•", "1."
  bool bullet = false;
  bool heading = false;          ///< markup calls it a heading
  bool gap_before = true;        ///< a blank line or a paragraph's edge before it
  std::optional<SectionKind> kind;  ///< what it is, once that is known
  std::vector<Piece> pieces;     ///< its parts when there are several; else `kind` holds for all of it
};

struct Draft {
  std::vector<Block> blocks;
  // What the page says of itself.
  std::optional<std::string> title;
  std::optional<std::string> uri;
  std::optional<std::string> publisher;
  std::optional<std::string> published;
  std::optional<std::string> updated;
  std::optional<std::string> language;
  std::vector<std::string> byline;
};

/// Says what each block is that has no kind yet (page/structure.cc). `from_markup`: headline, dek and
/// byline were settled by the page's markup, so that only the body's parts are looked for.
/// Returns whether the report breaks off.
bool find_structure(Draft& draft, const Cues* cues, bool from_markup);

/// The document of a draft (page/assemble.cc). What `options` knows wins.
Document assemble(Draft draft, bool truncated, const ReadOptions& options);

/// What is declared, tidied, else what the text shows.
void settle_language(Document& document);

/// Characters as a report has them: NFC, LF, one kind of space, no invisible characters, and entities
/// decoded when `entities`. Lines stay lines.
std::string clean_characters(std::string_view text, bool entities);

/// UTF-8 from bytes in any usual encoding. `declared`: the label of what the page or its server says, else
/// empty; `cues` knows what labels mean. A byte-order mark goes before it, and valid UTF-8 too. Never fails:
/// what cannot be read is U+FFFD.
std::string to_utf8(std::string bytes, std::string_view declared, const Cues* cues = nullptr);
/// "utf-16le" or "utf-16be" when the bytes look like it though no mark says so; else empty.
std::string_view utf16_by_shape(std::string_view bytes);

/// The language a text is in, BCP 47; nothing when it is too short or too mixed to tell.
std::optional<std::string> language_of(std::string_view text);
/// A declared language as BCP 47: "en_US" is "en-US". Nothing when it is no tag.
std::optional<std::string> language_tag(std::string_view declared);

/// Whether these are bytes of a binary file rather than of text in some encoding.
bool is_binary(std::string_view bytes);

/// The number of words (runs between white space).
std::size_t count_words(std::string_view text);

/// The errors every reader gives alike: empty, not_text, too_large.
std::optional<Error> check_bytes(std::string_view bytes, const ReadOptions& options);

}  // namespace parley::page
