// One file of a batch, taken apart into reports. A format is one file, read_<format>.cc.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "page/byte_stream.h"
#include "page/page.h"

namespace parley::page {

/// What a batch counts while it is read.
struct Tally {
  std::uint64_t passed_over = 0;
};

/// The reports of one file, in its order.
class ReportStream {
 public:
  virtual ~ReportStream() = default;
  virtual std::optional<RawReport> next() = 0;
  virtual const ByteStream& bytes() const = 0;
};

// `options.source` is the file's path as given.
std::unique_ptr<ReportStream> single_report(Buffered in, Format format, const ReadOptions& options);
std::unique_ptr<ReportStream> json_lines(Buffered in, const ReadOptions& options);
std::unique_ptr<ReportStream> json_values(Buffered in, const ReadOptions& options, Tally& tally);
std::unique_ptr<ReportStream> xml_feed(Buffered in, const ReadOptions& options, Tally& tally);
std::unique_ptr<ReportStream> web_archive(Buffered in, const ReadOptions& options, Tally& tally);

/// Reads one JSON object (page/read_json.cc). `id`: for one that has neither an id nor a URI.
InputItem read_json_object(std::string_view text, std::string id, ReadOptions options);
/// Reads a report that is an article's markup or a link (page/read_fragment.cc).
InputItem read_fragment(RawReport raw);
/// The document of a title, a summary and a link. Errors: empty (there is not even a title).
Result<Document> read_link(const ReadOptions& options);
/// The id of something that is no JSON, so that its error can be matched with its report: the string or
/// number after the first "id": near its beginning. Empty when there is none.
std::string guess_id(std::string_view text);

/// RFC 822 ("Mon, 3 May 2021 10:30:00 +0200"), ISO 8601, or as people write: ISO 8601, or nothing.
std::optional<std::string> machine_date(std::string_view text, const Cues* cues);
/// Whether a text has tags that pages have.
bool has_markup(std::string_view text);
/// The words of markup: tags gone, blocks apart by blank lines. Entities stay.
std::string without_tags(std::string_view html);
/// One clean line: titles and names.
std::string tidy_line(std::string_view text);

/// An error about something over a limit of bytes.
Error too_large(const std::string& what, std::size_t limit, std::string where);

/// Paths as given into files: folders walked, patterns expanded.
class PathWalk {
 public:
  PathWalk(std::vector<std::string> paths, const Cues* cues, Tally& tally);
  ~PathWalk();
  PathWalk(PathWalk&&) noexcept;

  struct Step {
    std::string path;
    std::optional<Error> error;
    bool found = false;  ///< met in a folder, not named
  };
  std::optional<Step> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parley::page
