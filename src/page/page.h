// The page layer's door: bytes in, a Document out. Scraped or plain text, HTML pages, JSON and JSON lines,
// feeds, web archives, folders of all these, packed with gzip or zstd or not.
//
// What comes out:
// - `text` is the cleaned report: NFC, LF line ends, one kind of space, invisible characters and entities
//   gone, wrapped lines joined. Blocks stand in reading order, apart by a blank line where the input has
//   one. Nothing that was told apart from the report is dropped from scraped text: it stays at its place
//   as a `boilerplate` or `label` section. Of HTML pages only the article is taken, so navigation, share
//   bars and comments are not in the text at all.
// - Every body paragraph is a `body` section of its own, so no sentence crosses a paragraph. Each bullet
//   of the report's own summary is a `key_takeaways` section and a span of `takeaways`, without its mark;
//   the heading above ("Key Takeaways") and cues in front ("Why this matters:") are `label` sections.
// - An agency's dateline is a `dateline` section and the rest of its paragraph a `body` section. The dash
//   between them, and bullet marks, belong to no section.
// - With `plain` the text is as given (after the character encoding), one body section over all of it.
//
// Everything here is linear in the input's size. Nothing is thrown, nothing is printed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/document.h"
#include "parley/result.h"

namespace parley {

/// The words pages use for their furniture ("By", "Updated on", "Key takeaways"), from data files.
class Cues;

/// Reads every `*.toml` of `folder` (`data/page`). All mistakes of all files are in the one message, a
/// line each, `file:line:column: error: …`.
Result<std::shared_ptr<const Cues>> load_cues(const std::filesystem::path& folder);

/// `json` is an array of reports or an object with one or with a list of them; `feed` is RSS, Atom, JSON Feed
/// or a news sitemap.
enum class Format : std::uint8_t { automatic, text, html, jsonl, json, feed, warc };
const char* name(Format format);

/// What no limit lets pass: places in a text are counted in 32 bits, and characters may grow when decoded.
inline constexpr std::size_t kLargestReport = std::size_t{512} << 20;

struct ReadOptions {
  /// Without cues a page is read by shape alone: no labels, bylines or takeaways are recognised.
  std::shared_ptr<const Cues> cues;
  /// The text exactly as given, nothing cut and nothing read into it. HTML is reduced to its article.
  bool plain = false;

  std::string source;  ///< the file's path as given: in errors, and the id when none is known

  // What is known of the report from outside. It wins over what the page says.
  std::optional<std::string> id;
  std::optional<std::string> uri;
  std::optional<std::string> title;  ///< leads the text as its headline unless it is there, or `plain`
  std::optional<std::string> published;
  std::optional<std::string> updated;
  std::optional<std::string> publisher;
  std::optional<std::string> language;
  std::optional<std::string> dek;     ///< where the report's own markup or lines give none
  std::vector<std::string> byline;    ///< the same
  /// What a server said of the encoding (HTTP's charset): before what the page says, after a byte-order mark.
  std::string charset;

  // Limits. What is over them is Error::Code::too_large, or is flattened where it says so.
  std::size_t max_bytes = std::size_t{32} << 20;  ///< of one report, of one line of JSON; kLargestReport at most
  std::size_t max_depth = 512;       ///< open elements; deeper tags are passed over, their text is kept
  std::size_t max_attributes = 256;  ///< of one tag; further ones are passed over
  double max_ratio = 500;            ///< of packed data's size to what it unpacks to; 0: any
  double max_seconds = 60;           ///< for one report, looked at between steps; 0: any
  /// When the report at hand must be done; `read_report` sets it from `max_seconds`.
  std::optional<std::chrono::steady_clock::time_point> deadline;
};

/// Scraped or plain text in any usual encoding.
/// Errors: empty, not_text, too_large.
Result<Document> read_text(std::string bytes, const ReadOptions& options);

/// An HTML page in any usual encoding.
/// Errors: empty (nothing in it, or no article), not_text, too_large.
Result<Document> read_html(std::string bytes, const ReadOptions& options);

/// One line of JSON, an object with `text` or `html`, and optionally `id`, `title`, `published`, `updated`,
/// `publisher`, `uri`, `language`, `dek`, `author`, or the usual other names of these (data/page/inputs.toml).
/// Other keys are passed over.
/// Errors: malformed, empty, not_text, too_large.
Result<Document> read_json(std::string_view line, const ReadOptions& options);

/// What the bytes are, by their beginning; the name's ending decides where that leaves a doubt. Never
/// `automatic`. The first few kilobytes are enough.
Format sniff(std::string_view bytes, std::string_view name = {});

/// The article as `parley page` gives it: dek, paragraphs, takeaways, joined by blank lines, without
/// headline, byline, captions, labels and boilerplate.
std::string article_body(const Document& document);

/// One report of a batch, or why there is none.
struct InputItem {
  std::string id;  ///< the record's own id or URI, else the file's path, for JSON lines `path:line`
  Result<Document> document;
  /// The batch has no more of it than a title, perhaps a summary, and a link, as most feeds have.
  bool link_only = false;
};

/// A report that was taken out of a batch and not read yet: its bytes and what the batch knows of it.
struct RawReport {
  std::string id;
  Format format = Format::text;  ///< text, html or, for one JSON object, jsonl
  std::string bytes;
  ReadOptions options;
  /// A page or a file; an article's own markup, as feeds carry it; nothing but what `options` knows.
  enum class Part : std::uint8_t { whole, fragment, link } part = Part::whole;
  std::optional<Error> error;    ///< why there is none; then the bytes are not looked at
};

/// Reads what was taken. Threads may do so at once; this is where the time goes. Over `max_seconds`:
/// Error::Code::too_large.
InputItem read_report(RawReport raw);
/// The moment from which `seconds` from now have passed; nothing for 0.
std::optional<std::chrono::steady_clock::time_point> deadline_in(double seconds);
/// The error of a report whose deadline has passed.
std::optional<Error> out_of_time(const ReadOptions& options);

/// Takes reports out of a batch: memory does not grow with the batch, nor with a file of it. A bad file,
/// record or line is an item with an error, and the next one follows. For one thread at a time.
class InputReader {
 public:
  /// `paths`: files, folders (walked, in the order of names), patterns with * ? [] where no file has that
  /// name, or "-" for standard input. `format` applies to all; `automatic` looks at each.
  InputReader(std::vector<std::string> paths, Format format, ReadOptions options);
  InputReader(InputReader&&) noexcept;
  InputReader& operator=(InputReader&&) noexcept;
  ~InputReader();

  /// The next report in the order given, or nothing at the end.
  std::optional<InputItem> next();
  /// The same, not read yet: `next()` is `read_report(*take())`.
  std::optional<RawReport> take();
  /// Bytes read so far, of the files themselves, for progress lines.
  std::uint64_t bytes_read() const;

  /// What was passed over so far because it is no report: an archive's requests and pictures, a folder's
  /// scripts and styles.
  std::uint64_t passed_over() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parley
