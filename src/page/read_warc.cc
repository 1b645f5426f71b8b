// Web archives: WARC 1.0 and 1.1, as crawlers write them (CC-NEWS among them).
//
// Idea: a record is a version line, headers, a block of the length they name, and an empty line twice. The
// length is believed only if the next record, or the end, follows; else the next record is looked for, so that
// a lying length costs one report and not the rest of the archive. Of `response` records the HTTP answer is
// taken apart (status, type, charset, chunks, packing); `resource` and `conversion` records are bytes of their
// own type. Example: a 200 with text/html is a report, its id the record's WARC-Target-URI. Counter-example:
// requests, metadata, redirects, pictures are counted as passed over. Cost: linear; one record is in memory.
// Covered by tests/page/warc_test.cc. Sources: ISO 28500:2017, RFC 9112.
#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "page/streams.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

constexpr std::size_t kLongestHeaders = std::size_t{1} << 18;
constexpr std::string_view kNextRecord = "\r\n\r\nWARC/";
constexpr std::size_t kBehindBlock = kNextRecord.size();  // bytes that tell whether a block ends rightly

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return out;
}

// Header lines by folded name; of those that come twice the first counts.
class Headers {
 public:
  void add(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    lines_.emplace_back(lower(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1))));
  }
  std::string_view get(std::string_view name) const {
    for (const auto& [key, value] : lines_) {
      if (key == name) return value;
    }
    return {};
  }

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

std::optional<std::uint64_t> number_of(std::string_view text, int base = 10) {
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (result.ec != std::errc() || result.ptr == text.data()) return std::nullopt;
  return value;
}

// "text/html; charset=utf-8" into its two parts.
void split_type(std::string_view value, std::string& type, std::string& charset) {
  type = lower(trim(value.substr(0, value.find(';'))));
  const std::string folded = lower(value);
  const std::size_t at = folded.find("charset=");
  if (at == std::string::npos) return;
  std::string_view rest = trim(value.substr(at + 8));
  rest = rest.substr(0, rest.find(';'));
  while (!rest.empty() && (rest.front() == '"' || rest.front() == '\'' || rest.front() == ' ')) rest.remove_prefix(1);
  while (!rest.empty() && (rest.back() == '"' || rest.back() == '\'' || rest.back() == ' ')) rest.remove_suffix(1);
  charset = rest;
}

// A body sent in chunks. Archives often keep the header and store the body whole: then it is left alone.
std::string without_chunks(std::string body) {
  std::string out;
  for (std::size_t pos = 0;;) {
    const std::size_t end = body.find('\n', pos);
    if (end == std::string::npos || end - pos > 64) return out.empty() ? body : out;
    std::string_view size(body.data() + pos, end - pos);
    size = trim(size.substr(0, size.find(';')));
    const std::optional<std::uint64_t> count = number_of(size, 16);
    if (!count || size.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) return out.empty() ? body : out;
    if (*count == 0) return out;
    pos = end + 1;
    out.append(body, pos, *count);
    if (*count > body.size() - pos) return out;
    pos += *count;
    if (pos < body.size() && body[pos] == '\r') ++pos;
    if (pos < body.size() && body[pos] == '\n') ++pos;
  }
}

struct Body {
  std::string bytes, type, charset, encodings, language;
  bool article = true;  // false: a redirect, an error page
};

// The body of an HTTP answer.
Body body_of_answer(std::string_view block) {
  Body out;
  std::size_t end = block.find("\r\n\r\n");
  std::size_t gap = 4;
  if (const std::size_t bare = block.find("\n\n"); bare < end) {
    end = bare;
    gap = 2;
  }
  std::string_view head = block.substr(0, end);
  const std::string_view status = head.substr(0, head.find('\n'));
  const std::size_t space = status.find(' ');
  const std::optional<std::uint64_t> code =
      space == std::string_view::npos ? std::nullopt : number_of(trim(status.substr(space)));
  out.article = code && *code >= 200 && *code < 300;
  if (!out.article || end == std::string_view::npos) {
    out.article = false;
    return out;
  }
  Headers headers;
  while (!head.empty()) {
    const std::size_t line = head.find('\n');
    headers.add(trim(head.substr(0, line)));
    head = line == std::string_view::npos ? std::string_view() : head.substr(line + 1);
  }
  split_type(headers.get("content-type"), out.type, out.charset);
  out.encodings = headers.get("content-encoding");
  out.language = headers.get("content-language");
  out.bytes = block.substr(end + gap);
  if (lower(headers.get("transfer-encoding")).find("chunked") != std::string::npos) {
    out.bytes = without_chunks(std::move(out.bytes));
  }
  return out;
}

class WebArchive : public ReportStream {
 public:
  WebArchive(Buffered in, const ReadOptions& options, Tally& tally)
      : in_(std::move(in)), options_(options), tally_(tally) {}

  std::optional<RawReport> next() override {
    while (!done_) {
      if (!find_record()) return finish();
      const std::uint64_t begin = in_.offset();
      Headers headers;
      std::optional<RawReport> failed = read_headers(headers, begin);
      if (!failed) {
        if (std::optional<RawReport> report = read_block(headers, begin)) return report;
      } else {
        return failed;
      }
    }
    return std::nullopt;
  }
  const ByteStream& bytes() const override { return in_.stream(); }

 private:
  RawReport failure(std::string id, Error::Code code, std::string message, std::uint64_t byte) const {
    if (id.empty()) id = options_.source;
    return {std::move(id), Format::text, {}, options_, {},
            Error{code, std::move(message), options_.source + ": byte " + std::to_string(byte)}};
  }
  RawReport broken(std::string id) const {
    if (id.empty()) id = options_.source;
    return {std::move(id), Format::text, {}, options_, {}, in_.error()};
  }

  // Empty lines between records passed over; to the next version line otherwise.
  bool find_record() {
    for (;;) {
      const std::string_view ahead = in_.peek(5);
      if (ahead.empty()) return false;
      if (ahead.front() == '\r' || ahead.front() == '\n') {
        in_.drop(1);
        continue;
      }
      any_ = any_ || ahead.substr(0, 5) == "WARC/";
      if (ahead.substr(0, 5) == "WARC/") return true;
      if (!to_next_line("WARC/")) return false;
    }
  }

  // Drops bytes until a line begins with `mark`.
  bool to_next_line(std::string_view mark) {
    for (;;) {
      const std::string_view ahead = in_.peek(1 << 16);
      const std::string wanted = '\n' + std::string(mark);
      const std::size_t at = ahead.find(wanted);
      if (at != std::string_view::npos) {
        in_.drop(at + 1);
        return true;
      }
      if (ahead.size() < wanted.size() || ahead.size() < (1U << 16)) {
        in_.drop(ahead.size());
        return false;
      }
      in_.drop(ahead.size() - wanted.size());
    }
  }

  std::optional<RawReport> finish() {
    done_ = true;
    if (in_.error()) return broken({});
    if (!any_) {
      return failure({}, Error::Code::malformed, "no web archive: no record begins with WARC/", 0);
    }
    return std::nullopt;
  }

  std::optional<RawReport> read_headers(Headers& headers, std::uint64_t begin) {
    std::size_t size = 0;
    for (;;) {
      std::optional<Buffered::Line> line = in_.line(kLongestHeaders);
      if (!line) break;
      size += line->text.size() + 1;
      if (in_.error() && in_.at_end()) break;
      if (line->text.empty()) return std::nullopt;
      if (size > kLongestHeaders || !line->whole) {
        return failure({}, Error::Code::malformed, "a record's headers have no end: it is passed over", begin);
      }
      headers.add(line->text);
    }
    done_ = true;
    if (in_.error()) return broken(std::string(headers.get("warc-target-uri")));
    return failure(std::string(headers.get("warc-target-uri")), Error::Code::malformed,
                   "the archive is cut off inside a record's headers: those before were read; fetch it again", begin);
  }

  static std::string target_of(const Headers& headers) {
    std::string_view uri = headers.get("warc-target-uri");
    // WARC 1.0's grammar had brackets around it, and some writers heeded that.
    if (uri.size() > 2 && uri.front() == '<' && uri.back() == '>') uri = uri.substr(1, uri.size() - 2);
    return repair_utf8(std::string(uri));
  }

  // Whether in what stands behind a block a record may begin or the archive end.
  static bool is_record_end(std::string_view ahead) {
    ahead = ahead.substr(0, kBehindBlock);
    std::size_t pos = 0;
    while (pos < ahead.size() && pos < 4 && (ahead[pos] == '\r' || ahead[pos] == '\n')) ++pos;
    if (pos == ahead.size()) return true;
    return pos >= 1 && ahead.substr(pos, 5) == "WARC/";
  }

  std::optional<RawReport> read_block(const Headers& headers, std::uint64_t begin) {
    const std::string uri = target_of(headers);
    const std::string type = lower(headers.get("warc-type"));
    const bool wanted = type == "response" || type == "resource" || type == "conversion";
    const std::optional<std::uint64_t> length = number_of(headers.get("content-length"));
    if (!length) return failure(uri, Error::Code::malformed, "a record without Content-Length: it is passed over", begin);
    if (*length > options_.max_bytes) return pass_over_large(uri, *length, begin, wanted);
    const auto size = static_cast<std::size_t>(*length);
    // Looked at where it lies: a block whose length lies is searched up to the next record only, so that any
    // number of such records costs one pass.
    const std::string_view ahead = in_.peek(size + kBehindBlock);
    const std::string_view block = ahead.substr(0, size);
    const bool whole = block.size() == size;
    if (!whole && in_.error()) {
      done_ = true;
      return broken(uri);
    }
    if (!whole || !is_record_end(ahead.substr(size))) {
      // The length lies. Too long: the next record stands inside the block. Too short: it comes later.
      const std::size_t inside = block.find(kNextRecord);
      in_.drop(inside == std::string_view::npos ? block.size() : inside + 4);
      std::string message = "its Content-Length of " + std::to_string(*length) +
                            " is wrong: the record is passed over, the next ones are read; fetch the archive again";
      if (!whole && inside == std::string_view::npos) {
        message = "the archive is cut off inside this record: those before were read; fetch it again";
      }
      return failure(uri, Error::Code::malformed, std::move(message), begin);
    }
    if (!wanted) {
      in_.drop(size);
      ++tally_.passed_over;
      return std::nullopt;
    }
    std::string bytes(block);
    in_.drop(size);
    return report_of(headers, uri, type, std::move(bytes), begin);
  }

  // A block over the limit is not kept, but a record that begins inside it shows that its length lies.
  std::optional<RawReport> pass_over_large(const std::string& uri, std::uint64_t length, std::uint64_t begin, bool wanted) {
    std::uint64_t left = length;
    while (left > 0) {
      const std::string_view ahead = in_.peek(1 << 16);
      if (ahead.empty()) break;
      const std::size_t at = ahead.find(kNextRecord);
      if (at != std::string_view::npos && at + kNextRecord.size() < left) {
        in_.drop(at + 4);
        return failure(uri, Error::Code::malformed, "its Content-Length of " + std::to_string(length) +
                           " is wrong: the record is passed over, the next ones are read", begin);
      }
      std::size_t part = ahead.size() >= (1U << 16) ? ahead.size() - kNextRecord.size() : ahead.size();
      part = static_cast<std::size_t>(std::min<std::uint64_t>(part, left));
      in_.drop(part);
      left -= part;
    }
    if (left > 0) {
      done_ = true;
      if (in_.error()) return broken(uri);
      return failure(uri, Error::Code::malformed,
                     "the archive is cut off inside this record: those before were read; fetch it again", begin);
    }
    if (!wanted) {
      ++tally_.passed_over;
      return std::nullopt;
    }
    return RawReport{uri.empty() ? options_.source : uri, Format::text, {}, options_, {},
                     too_large("the record", options_.max_bytes, options_.source + ": byte " + std::to_string(begin))};
  }

  std::optional<RawReport> report_of(const Headers& headers, const std::string& uri, const std::string& type,
                                     std::string block, std::uint64_t begin) {
    Body body;
    std::string record_type, record_charset;
    split_type(headers.get("content-type"), record_type, record_charset);
    if (type == "response" && (record_type.rfind("application/http", 0) == 0 || block.rfind("HTTP/", 0) == 0)) {
      body = body_of_answer(block);
      block.clear();
    } else {
      body.bytes = std::move(block);
      body.type = record_type;
      body.charset = record_charset;
    }
    const bool html = body.type == "text/html" || body.type == "application/xhtml+xml";
    const bool text = body.type == "text/plain";
    if (!body.article || !(html || text || body.type.empty()) || trim(body.bytes).empty() || uri.rfind("dns:", 0) == 0) {
      ++tally_.passed_over;
      return std::nullopt;
    }
    RawReport out{uri.empty() ? options_.source + ": byte " + std::to_string(begin) : uri, Format::html, {}, options_, {}, {}};
    out.options.source = options_.source + ": byte " + std::to_string(begin);
    if (!uri.empty()) out.options.uri = uri;
    out.options.charset = body.charset;
    if (!body.language.empty() && body.language.find(',') == std::string::npos) out.options.language = body.language;
    Result<std::string> bytes = decode_content(std::move(body.bytes), body.encodings, out.options);
    if (!bytes) {
      out.error = bytes.error();
      return out;
    }
    out.bytes = std::move(*bytes);
    out.format = html ? Format::html : text ? Format::text : sniff(out.bytes, {});
    if (out.format != Format::html && out.format != Format::text) {
      ++tally_.passed_over;
      return std::nullopt;
    }
    return out;
  }

  Buffered in_;
  ReadOptions options_;
  Tally& tally_;
  bool any_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<ReportStream> web_archive(Buffered in, const ReadOptions& options, Tally& tally) {
  return std::make_unique<WebArchive>(std::move(in), options, tally);
}

}  // namespace parley::page
