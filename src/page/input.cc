// Batches: files, standard input, JSON lines.
#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
#include <filesystem>
#include <utility>

#include "page/draft.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace {

Error too_large(const std::string& what, std::size_t limit, std::string where) {
  return {Error::Code::too_large,
          what + " is over the limit of " + std::to_string(limit) + " bytes: raise the limit or split it",
          std::move(where)};
}

// A file read piece by piece, with a view to its beginning.
class Source {
 public:
  // Standard input when `path` is "-".
  static Result<std::unique_ptr<Source>> open(const std::string& path) {
    if (path == "-") return std::unique_ptr<Source>(new Source(stdin, path, false));
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure)) {
      return Error{Error::Code::usage, "is a folder: name the files in it", path};
    }
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) {
      const bool missing = errno == ENOENT || errno == ENOTDIR;
      return Error{missing ? Error::Code::not_found : Error::Code::unreadable,
                   missing ? "no such file: check the path"
                           : std::string("cannot be opened: ") + std::strerror(errno),
                   path};
    }
    return std::unique_ptr<Source>(new Source(file, path, true));
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  ~Source() {
    if (owned_) std::fclose(file_);
  }

  // What is buffered, after trying to have `size` bytes of it.
  std::string_view peek(std::size_t size) {
    while (buffered().size() < size && fill()) {
    }
    return buffered();
  }

  // Everything that is left; nothing when that is more than `limit`.
  std::optional<std::string> rest(std::size_t limit) {
    std::string out(buffered());
    position_ = buffer_.size();
    while (out.size() <= limit && fill()) {
      out += buffered();
      position_ = buffer_.size();
    }
    if (out.size() > limit) return std::nullopt;
    return out;
  }

  struct Line {
    std::string text;
    bool whole = true;  // false: it was longer than the limit, and its rest was passed over unkept
  };
  // The next line without its end, or nothing when there is none.
  std::optional<Line> line(std::size_t limit) {
    Line out;
    bool any = false;
    for (;;) {
      if (buffered().empty() && !fill()) break;
      any = true;
      const std::string_view view = buffered();
      const std::size_t end = view.find('\n');
      const std::string_view part = view.substr(0, end);
      if (out.whole && out.text.size() + part.size() <= limit) {
        out.text += part;
      } else if (out.whole) {
        out.whole = false;
        out.text.resize(std::min<std::size_t>(out.text.size(), 4096));
        if (out.text.empty()) out.text = part.substr(0, 4096);
        out.text.shrink_to_fit();
      }
      position_ += part.size() + (end == std::string_view::npos ? 0 : 1);
      if (end != std::string_view::npos) break;
    }
    if (!any) return std::nullopt;
    if (!out.text.empty() && out.text.back() == '\r') out.text.pop_back();
    return out;
  }

  bool failed() const { return failed_; }
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  Source(std::FILE* file, std::string path, bool owned)
      : file_(file), path_(std::move(path)), owned_(owned) {}

  std::string_view buffered() const { return std::string_view(buffer_).substr(position_); }

  bool fill() {
    if (ended_) return false;
    buffer_.erase(0, position_);
    position_ = 0;
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kPiece);
    const std::size_t got = std::fread(buffer_.data() + before, 1, kPiece, file_);
    buffer_.resize(before + got);
    bytes_read_ += got;
    if (got == 0) {
      ended_ = true;
      failed_ = std::ferror(file_) != 0;
    }
    return got > 0;
  }

  static constexpr std::size_t kPiece = std::size_t{1} << 16;
  std::FILE* file_;
  std::string path_;
  bool owned_;
  bool ended_ = false;
  bool failed_ = false;
  std::string buffer_;
  std::size_t position_ = 0;
  std::uint64_t bytes_read_ = 0;
};

// The id of a line that is no JSON, so that the error can be matched with its report: the string or
// number after the first "id": near the line's beginning. Empty when there is none.
std::string guess_id(std::string_view line) {
  line = line.substr(0, 4096);
  const std::size_t key = line.find("\"id\"");
  if (key == std::string_view::npos) return {};
  std::size_t pos = key + 4;
  while (pos < line.size() && (line[pos] == ' ' || line[pos] == ':')) ++pos;
  if (pos >= line.size()) return {};
  if (line[pos] == '"') {
    const std::size_t end = line.find_first_of("\"\\", pos + 1);
    if (end == std::string_view::npos || line[end] == '\\') return {};
    return repair_utf8(std::string(line.substr(pos + 1, end - pos - 1)));
  }
  std::size_t end = pos;
  while (end < line.size() && line[end] >= '0' && line[end] <= '9') ++end;
  return std::string(line.substr(pos, end - pos));
}

struct JsonReport {
  std::string id;
  Result<Document> document;
};

std::optional<std::string> string_field(const simdjson::dom::object& object, const char* key) {
  std::string_view value;
  if (object[key].get_string().get(value) == simdjson::SUCCESS && !trim(value).empty()) {
    return std::string(value);
  }
  return std::nullopt;
}

// Ids may be strings or numbers.
std::optional<std::string> id_field(const simdjson::dom::object& object) {
  if (std::optional<std::string> id = string_field(object, "id")) return id;
  std::int64_t number = 0;
  if (object["id"].get_int64().get(number) == simdjson::SUCCESS) return std::to_string(number);
  return std::nullopt;
}

// One parser a thread of reading: it keeps its buffers from line to line.
class JsonLines {
 public:
  JsonReport read(std::string_view line, const ReadOptions& options) {
    JsonReport failed{guess_id(line), Error{}};
    const auto fail = [&](Error::Code code, std::string message) {
      failed.document = Error{code, std::move(message), options.source};
      return failed;
    };
    if (line.size() > options.max_bytes) {
      failed.document = too_large("the line", options.max_bytes, options.source);
      return failed;
    }
    if (trim(line).empty()) return fail(Error::Code::empty, "the line is empty");
    // Readers of news repair broken UTF-8 rather than lose the report.
    const simdjson::padded_string padded(is_valid_utf8(line) ? std::string(line)
                                                             : repair_utf8(std::string(line)));
    simdjson::dom::element root;
    if (const simdjson::error_code error = parser_.parse(padded).get(root); error != simdjson::SUCCESS) {
      return fail(error == simdjson::CAPACITY ? Error::Code::too_large : Error::Code::malformed,
                  std::string("not JSON: ") + simdjson::error_message(error) +
                      "; each line must be one object, with strings escaped");
    }
    simdjson::dom::object object;
    if (root.get_object().get(object) != simdjson::SUCCESS) {
      return fail(Error::Code::malformed, "not an object: write {\"id\": …, \"text\": …}");
    }
    ReadOptions own = options;
    own.id = id_field(object);
    if (own.id) {
      failed.id = *own.id;
    } else {
      own.id = failed.id.empty() ? options.source : failed.id;
    }
    if (std::optional<std::string> title = string_field(object, "title")) own.title = std::move(title);
    if (std::optional<std::string> date = string_field(object, "published")) own.published = std::move(date);
    if (std::optional<std::string> name = string_field(object, "publisher")) own.publisher = std::move(name);
    if (std::optional<std::string> uri = string_field(object, "uri")) own.uri = std::move(uri);
    if (std::optional<std::string> tag = string_field(object, "language")) own.language = std::move(tag);
    const std::optional<std::string> text = string_field(object, "text");
    const std::optional<std::string> html = string_field(object, "html");
    if (!text && !html) {
      return fail(Error::Code::empty, "neither \"text\" nor \"html\" is a string with something in it");
    }
    const std::string id = *own.id;
    return {id, text ? read_text(*text, own) : read_html(*html, own)};
  }

 private:
  simdjson::dom::parser parser_;
};

}  // namespace

Result<Document> read_json(std::string_view line, const ReadOptions& options) {
  return JsonLines().read(line, options).document;
}

struct InputReader::State {
  std::deque<std::string> paths;
  Format format = Format::automatic;
  ReadOptions options;
  std::unique_ptr<Source> source;  // of the JSON lines being read
  std::string path;
  std::uint64_t line = 0;
  std::uint64_t bytes_done = 0;
  JsonLines json;

  std::optional<InputItem> next_line() {
    for (;;) {
      std::optional<Source::Line> found = source->line(options.max_bytes);
      if (!found) {
        const bool failed = source->failed();
        bytes_done += source->bytes_read();
        source.reset();
        if (failed) return InputItem{path, Error{Error::Code::unreadable, "reading stopped half-way", path}};
        return std::nullopt;
      }
      ++line;
      const std::string where = path + ':' + std::to_string(line);
      if (!found->whole) {
        std::string id = guess_id(found->text);
        return InputItem{id.empty() ? where : std::move(id),
                         too_large("the line", options.max_bytes, where)};
      }
      if (line == 1 && found->text.rfind("\xEF\xBB\xBF", 0) == 0) found->text.erase(0, 3);
      if (trim(found->text).empty()) continue;  // a blank line is no report
      ReadOptions own = options;
      own.source = where;
      JsonReport report = json.read(found->text, own);
      return InputItem{report.id.empty() ? where : std::move(report.id), std::move(report.document)};
    }
  }

  // A file that is one report. Nothing when it turns out to be JSON lines, which are then begun.
  std::optional<InputItem> begin_file() {
    path = std::move(paths.front());
    paths.pop_front();
    Result<std::unique_ptr<Source>> opened = Source::open(path);
    if (!opened) return InputItem{path, opened.error()};
    source = std::move(*opened);
    line = 0;
    Format kind = format;
    if (kind == Format::automatic) kind = sniff(source->peek(8192), path);
    if (kind == Format::jsonl) return std::nullopt;
    std::optional<std::string> bytes = source->rest(options.max_bytes);
    bytes_done += source->bytes_read();
    const bool failed = source->failed();
    source.reset();
    ReadOptions own = options;
    own.source = path;
    const std::string id = options.id.value_or(path);
    if (failed) return InputItem{id, Error{Error::Code::unreadable, "reading stopped half-way", path}};
    if (!bytes) return InputItem{id, too_large("the file", options.max_bytes, path)};
    if (kind == Format::html) return InputItem{id, read_html(*std::move(bytes), own)};
    return InputItem{id, read_text(*std::move(bytes), own)};
  }
};

InputReader::InputReader(std::vector<std::string> paths, Format format, ReadOptions options)
    : state_(std::make_unique<State>()) {
  state_->paths.assign(std::make_move_iterator(paths.begin()), std::make_move_iterator(paths.end()));
  state_->format = format;
  state_->options = std::move(options);
}
InputReader::InputReader(InputReader&&) noexcept = default;
InputReader& InputReader::operator=(InputReader&&) noexcept = default;
InputReader::~InputReader() = default;

std::optional<InputItem> InputReader::next() {
  for (;;) {
    if (state_->source) {
      if (std::optional<InputItem> item = state_->next_line()) return item;
    } else if (state_->paths.empty()) {
      return std::nullopt;
    } else if (std::optional<InputItem> item = state_->begin_file()) {
      return item;
    }
  }
}

std::uint64_t InputReader::bytes_read() const {
  return state_->bytes_done + (state_->source ? state_->source->bytes_read() : 0);
}

}  // namespace parley
