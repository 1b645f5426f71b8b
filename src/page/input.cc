// Batches: which files, what each is, and what reports it has.
#include <algorithm>
#include <utility>

#include "page/streams.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace page {

Error too_large(const std::string& what, std::size_t limit, std::string where) {
  return {Error::Code::too_large,
          what + " is over the limit of " + std::to_string(limit) + " bytes: raise the limit or split it",
          std::move(where)};
}

namespace {

// A file that is one report.
class SingleReport : public ReportStream {
 public:
  SingleReport(Buffered in, Format format, const ReadOptions& options)
      : in_(std::move(in)), format_(format), options_(options) {}

  std::optional<RawReport> next() override {
    if (done_) return std::nullopt;
    done_ = true;
    RawReport out{options_.id.value_or(options_.source), format_, {}, options_, {}, {}};
    std::optional<std::string> bytes = in_.rest(options_.max_bytes);
    if (in_.error()) {
      out.error = in_.error();
    } else if (!bytes) {
      out.error = too_large("the file", options_.max_bytes, options_.source);
    } else {
      out.bytes = *std::move(bytes);
    }
    return out;
  }
  const ByteStream& bytes() const override { return in_.stream(); }

 private:
  Buffered in_;
  Format format_;
  ReadOptions options_;
  bool done_ = false;
};

class JsonLines : public ReportStream {
 public:
  JsonLines(Buffered in, const ReadOptions& options) : in_(std::move(in)), options_(options) {}

  std::optional<RawReport> next() override {
    for (;;) {
      std::optional<Buffered::Line> found = in_.line(options_.max_bytes);
      if (!found || (!found->ended && in_.error())) {
        // A line that the data breaks off in is lost with what comes behind it.
        if (!in_.error() || failed_) return std::nullopt;
        failed_ = true;
        return RawReport{options_.source, Format::jsonl, {}, options_, {}, in_.error()};
      }
      ++line_;
      std::string where = options_.source + ':' + std::to_string(line_);
      if (!found->whole) {
        std::string id = guess_id(found->text);
        if (id.empty()) id = where;
        return RawReport{std::move(id), Format::jsonl, {}, options_, {},
                         too_large("the line", options_.max_bytes, std::move(where))};
      }
      if (line_ == 1 && found->text.rfind("\xEF\xBB\xBF", 0) == 0) found->text.erase(0, 3);
      if (trim(found->text).empty()) continue;  // a blank line is no report
      RawReport out{where, Format::jsonl, std::move(found->text), options_, {}, {}};
      out.options.source = std::move(where);
      return out;
    }
  }
  const ByteStream& bytes() const override { return in_.stream(); }

 private:
  Buffered in_;
  ReadOptions options_;
  std::uint64_t line_ = 0;
  bool failed_ = false;
};

}  // namespace

std::unique_ptr<ReportStream> single_report(Buffered in, Format format, const ReadOptions& options) {
  return std::make_unique<SingleReport>(std::move(in), format, options);
}
std::unique_ptr<ReportStream> json_lines(Buffered in, const ReadOptions& options) {
  return std::make_unique<JsonLines>(std::move(in), options);
}

}  // namespace page

std::optional<std::chrono::steady_clock::time_point> deadline_in(double seconds) {
  if (!(seconds > 0)) return std::nullopt;
  return std::chrono::steady_clock::now() +
         std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(std::min(seconds, 1e8)));
}

std::optional<Error> out_of_time(const ReadOptions& options) {
  if (!options.deadline || std::chrono::steady_clock::now() < *options.deadline) return std::nullopt;
  return Error{Error::Code::too_large,
               "reading it takes longer than the limit of seconds a report: raise the limit or split it", options.source};
}

InputItem read_report(RawReport raw) {
  raw.options.deadline = deadline_in(raw.options.max_seconds);
  if (raw.error) return {std::move(raw.id), *std::move(raw.error)};
  if (raw.format == Format::jsonl || raw.format == Format::json) {
    return page::read_json_object(raw.bytes, std::move(raw.id), std::move(raw.options));
  }
  raw.options.id = raw.id;
  if (raw.part != RawReport::Part::whole) return page::read_fragment(std::move(raw));
  if (raw.format == Format::html) return {std::move(raw.id), read_html(std::move(raw.bytes), raw.options)};
  return {std::move(raw.id), read_text(std::move(raw.bytes), raw.options)};
}

struct InputReader::State {
  State(std::vector<std::string> paths, Format wanted, ReadOptions given)
      : options(std::move(given)), walk(std::move(paths), options.cues.get(), tally), format(wanted) {}

  ReadOptions options;
  page::Tally tally;
  page::PathWalk walk;
  Format format;
  std::unique_ptr<page::ReportStream> file;  // being read
  std::uint64_t bytes_done = 0;

  static Result<page::Buffered> open(const std::string& path, const ReadOptions& own) {
    Result<std::unique_ptr<page::ByteStream>> stream = page::open_file(path, own);
    if (!stream) return stream.error();
    page::Buffered in(std::move(*stream));
    // Twice packed is as far as anybody goes.
    for (int layer = 0; layer < 2; ++layer) {
      const page::Packing packing = page::packing_of(in.peek(4));
      if (packing == page::Packing::none) break;
      in = page::Buffered(page::unpack(in.release(), packing, own));
    }
    return in;
  }

  // Opens the next file; its error when it cannot be.
  std::optional<RawReport> open_next(page::PathWalk::Step step) {
    ReadOptions own = options;
    own.source = step.path;
    const std::string id = own.id.value_or(step.path);
    if (step.error) return RawReport{id, Format::text, {}, own, {}, std::move(step.error)};
    Result<page::Buffered> opened = open(step.path, own);
    if (!opened) return RawReport{id, Format::text, {}, own, {}, opened.error()};
    page::Buffered in = std::move(*opened);
    Format kind = format;
    if (kind == Format::automatic) kind = sniff(in.peek(8192), step.path);
    if (kind == Format::feed && is_json(in.peek(8192))) kind = Format::json;
    switch (kind) {
      case Format::jsonl: file = page::json_lines(std::move(in), own); break;
      case Format::json: file = page::json_values(std::move(in), own, tally); break;
      case Format::feed: file = page::xml_feed(std::move(in), own, tally); break;
      case Format::warc: file = page::web_archive(std::move(in), own, tally); break;
      default: file = page::single_report(std::move(in), kind, own); break;
    }
    return std::nullopt;
  }

  static bool is_json(std::string_view head) {
    if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
    head = trim(head.substr(0, 64));
    return !head.empty() && (head.front() == '{' || head.front() == '[');
  }
};

InputReader::InputReader(std::vector<std::string> paths, Format format, ReadOptions options)
    : state_(std::make_unique<State>(std::move(paths), format, std::move(options))) {}
InputReader::InputReader(InputReader&&) noexcept = default;
InputReader& InputReader::operator=(InputReader&&) noexcept = default;
InputReader::~InputReader() = default;

std::optional<RawReport> InputReader::take() {
  for (;;) {
    if (state_->file) {
      if (std::optional<RawReport> report = state_->file->next()) return report;
      state_->bytes_done += state_->file->bytes().position();
      state_->file.reset();
    }
    std::optional<page::PathWalk::Step> step = state_->walk.next();
    if (!step) return std::nullopt;
    if (std::optional<RawReport> failed = state_->open_next(*std::move(step))) return failed;
  }
}

std::optional<InputItem> InputReader::next() {
  std::optional<RawReport> raw = take();
  if (!raw) return std::nullopt;
  return read_report(*std::move(raw));
}

std::uint64_t InputReader::bytes_read() const {
  return state_->bytes_done + (state_->file ? state_->file->bytes().position() : 0);
}
std::uint64_t InputReader::passed_over() const { return state_->tally.passed_over; }

}  // namespace parley
