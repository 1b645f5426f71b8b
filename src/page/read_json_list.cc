// JSON that is no JSON lines: an array of reports, an object that is one, or one that has a list of them.
//
// Idea: the text is taken apart by brackets and quotes alone, so that a list of any length is read report by
// report; each report's own text then goes to the parser. An object is a report unless, before any text of
// its own, it has a list of objects under one of the names of data/page/inputs.toml, perhaps inside another
// such object. Example: {"status": "ok", "articles": [{…}, {…}]}, {"data": {"items": [{…}]}}, JSON Feed.
// Counter-example: {"text": "…", "items": [{…}]} is a report with something attached. Cost: one pass.
// Covered by tests/page/json_test.cc.
#include <simdjson.h>

#include <utility>
#include <vector>

#include "page/cues.h"
#include "page/streams.h"
#include "text/unicode.h"

namespace parley::page {
namespace {

constexpr std::size_t kLongestKey = 64;

class JsonValues : public ReportStream {
 public:
  JsonValues(Buffered in, const ReadOptions& options) : in_(std::move(in)), options_(options) {}

  std::optional<RawReport> next() override {
    if (in_.peek(3).substr(0, 3) == "\xEF\xBB\xBF") in_.drop(3);
    while (!ended_) {
      const char c = next_byte();
      if (ended_) break;
      if (in_list_) {
        if (c == ',') continue;
        if (c == ']') {
          in_list_ = false;
          continue;
        }
        if (c == '}') {
          ended_ = true;
          finished_ = true;
          return failure(Error::Code::malformed,
                         "a bracket closes what nothing opened: the reports before were read; mend the file");
        }
        back(c);
        return element();
      }
      if (!wrapper_.empty()) {
        if (std::optional<RawReport> report = wrapper_step(c)) return report;
        continue;
      }
      if (c == '[') {
        in_list_ = true;
      } else if (c == '{') {
        begin_object();
        if (std::optional<RawReport> report = look_for_list()) return report;
      } else if (c != ',') {
        ended_ = true;
        finished_ = true;
        return failure(Error::Code::malformed,
                       "neither an object nor a list begins here: give JSON, or JSON lines with --input jsonl");
      }
    }
    return finish();
  }
  const ByteStream& bytes() const override { return in_.stream(); }

 private:
  // The next byte that is no white space; sets `ended_`.
  char next_byte() {
    for (;;) {
      const std::string_view ahead = in_.peek(1);
      if (ahead.empty()) {
        ended_ = true;
        return '\0';
      }
      const char c = ahead.front();
      in_.drop(1);
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return c;
    }
  }
  void back(char c) { in_.put_back(std::string_view(&c, 1)); }

  RawReport failure(Error::Code code, std::string message) {
    return {options_.source + ':' + std::to_string(number_ + 1), Format::jsonl, {}, options_, {},
            Error{code, std::move(message), options_.source + ": byte " + std::to_string(in_.offset())}};
  }

  std::optional<RawReport> finish() {
    if (finished_) return std::nullopt;
    finished_ = true;
    if (in_.error()) return RawReport{options_.source, Format::jsonl, {}, options_, {}, in_.error()};
    if (in_list_ || !wrapper_.empty()) {
      return failure(Error::Code::malformed, "the JSON is cut off: the reports before were read; fetch the file again");
    }
    if (number_ == 0 && !any_) return failure(Error::Code::empty, "there is no report in it");
    return std::nullopt;
  }

  RawReport report_of(std::string text, std::uint64_t begin) {
    ++number_;
    RawReport out{options_.source + ':' + std::to_string(number_), Format::jsonl, std::move(text), options_, {}, {}};
    out.options.source += ": byte " + std::to_string(begin);
    if (publisher_) out.options.publisher = publisher_;
    if (language_) out.options.language = language_;
    return out;
  }

  // One element of the list: a value up to the comma or bracket behind it.
  RawReport element() {
    const std::uint64_t begin = in_.offset();
    std::string text;
    bool whole = true;
    std::uint64_t depth = 0;
    bool quoted = false;
    bool escape = false;
    for (;;) {
      const std::string_view ahead = in_.peek(1);
      if (ahead.empty()) {
        ended_ = true;
        // A whole report is read though the list around it has no end; that is said next.
        if (whole && depth == 0 && !quoted && !in_.error()) break;
        finished_ = true;
        if (in_.error()) {
          return {options_.source + ':' + std::to_string(number_ + 1), Format::jsonl, {}, options_, {}, in_.error()};
        }
        return failure(Error::Code::malformed,
                       "the JSON is cut off inside a report: those before were read; fetch the file again");
      }
      std::size_t size = 0;
      bool end = false;
      for (; size < ahead.size() && !end; ++size) {
        const char c = ahead[size];
        if (quoted) {
          if (escape) {
            escape = false;
          } else if (c == '\\') {
            escape = true;
          } else if (c == '"') {
            quoted = false;
          }
        } else if (c == '"') {
          quoted = true;
        } else if (c == '{' || c == '[') {
          ++depth;
        } else if (c == '}' || c == ']') {
          if (depth == 0) {
            end = true;
            break;
          }
          --depth;
        } else if (c == ',' && depth == 0) {
          end = true;
          break;
        }
      }
      if (whole) text.append(ahead.substr(0, size));
      if (text.size() > options_.max_bytes) {
        whole = false;
        text.resize(4096);
        text.shrink_to_fit();
      }
      in_.drop(size);
      if (end) break;
    }
    if (whole) return report_of(std::move(text), begin);
    ++number_;
    std::string id = guess_id(text);
    if (id.empty()) id = options_.source + ':' + std::to_string(number_);
    return {std::move(id), Format::jsonl, {}, options_, {},
            too_large("the report", options_.max_bytes, options_.source + ": byte " + std::to_string(begin))};
  }

  // --- an object that may hold a list ---

  void begin_object() {
    head_.assign(1, '{');
    begin_ = in_.offset() - 1;
    wrapper_ = {true};
    has_text_ = false;
    listed_ = false;
  }

  // Reads on inside the object until a list begins, or until it ends: then it is a report itself.
  std::optional<RawReport> look_for_list() {
    const FieldNames* names = options_.cues ? &options_.cues->fields : nullptr;
    std::string key;       // the last string at an open level
    bool is_key = true;    // whether a string here would be a key
    std::uint64_t inner = 0;  // levels that are looked through without interest
    for (;;) {
      const std::string_view ahead = in_.peek(1);
      if (ahead.empty()) {
        ended_ = true;
        return finish();
      }
      const char c = ahead.front();
      in_.drop(1);
      keep(c);
      if (c == '"') {
        std::string text;
        if (!read_string(text)) return finish();
        if (inner == 0 && is_key) key = std::move(text);
        continue;
      }
      if (inner > 0) {
        if (c == '{' || c == '[') ++inner;
        if (c == '}' || c == ']') --inner;
        continue;
      }
      if (c == ':') {
        is_key = false;
        const std::string folded = field_key(key);
        const bool list_name = names != nullptr && names->lists.count(folded) > 0;
        if (wrapper_.size() == 1 && names != nullptr && is_text_name(*names, folded)) has_text_ = true;
        const char value = next_byte();
        if (ended_) return finish();
        if (value == '[' && list_name && !has_text_) {
          const char first = next_byte();
          if (ended_) return finish();
          back(first);
          if (first == '{') {
            learn_from_head(key);
            listed_ = true;
            any_ = true;
            in_list_ = true;
            head_.clear();
            return std::nullopt;
          }
        }
        if (value == '{' && list_name && !has_text_ && wrapper_.size() < 4) {
          keep(value);
          wrapper_.push_back(true);
          is_key = true;
          continue;
        }
        back(value);
      } else if (c == ',') {
        is_key = true;
      } else if (c == '{' || c == '[') {
        ++inner;
      } else if (c == '}') {
        wrapper_.pop_back();
        if (!wrapper_.empty()) continue;
        if (listed_) return std::nullopt;
        if (head_.size() > options_.max_bytes) {
          ++number_;
          return RawReport{options_.source, Format::jsonl, {}, options_, {},
                           too_large("the report", options_.max_bytes,
                                     options_.source + ": byte " + std::to_string(begin_))};
        }
        RawReport out = report_of(std::move(head_), begin_);
        if (begin_ == 0 || number_ == 1) out.id = options_.source;
        return out;
      }
    }
  }

  // After a list: the rest of the object around it.
  std::optional<RawReport> wrapper_step(char c) {
    back(c);
    return look_for_list();
  }

  // The rest of a string whose opening quote was taken.
  bool read_string(std::string& out) {
    bool escape = false;
    for (;;) {
      const std::string_view ahead = in_.peek(1);
      if (ahead.empty()) {
        ended_ = true;
        return false;
      }
      std::size_t size = 0;
      bool end = false;
      for (; size < ahead.size() && !end; ++size) {
        const char c = ahead[size];
        if (escape) {
          escape = false;
        } else if (c == '\\') {
          escape = true;
        } else if (c == '"') {
          end = true;
        }
      }
      if (out.size() < kLongestKey) out.append(ahead.substr(0, end ? size - 1 : size));
      if (!listed_ && head_.size() <= options_.max_bytes) head_.append(ahead.substr(0, size));
      in_.drop(size);
      if (end) return true;
    }
  }

  void keep(char c) {
    if (!listed_ && head_.size() <= options_.max_bytes) head_ += c;
  }

  static bool is_text_name(const FieldNames& names, const std::string& key) {
    for (const std::vector<std::string>* list : {&names.text, &names.html}) {
      for (const std::string& name : *list) {
        // "article" and "page" may as well be objects inside a wrapper; only the plain names decide.
        if (name == key && names.lists.count(key) == 0) return true;
      }
    }
    return false;
  }

  // JSON Feed says who publishes, and in which language, before its items.
  void learn_from_head(const std::string& list_key) {
    if (head_.find("jsonfeed.org") == std::string::npos || head_.size() > (1U << 20)) return;
    const std::size_t key = head_.rfind('"' + list_key + '"');
    if (key == std::string::npos) return;
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    const simdjson::padded_string text(head_.substr(0, key) + "\"items\":null}");
    if (parser.parse(text).get_object().get(object) != simdjson::SUCCESS) return;
    std::string_view value;
    if (object["title"].get_string().get(value) == simdjson::SUCCESS) publisher_ = tidy_line(value);
    if (object["language"].get_string().get(value) == simdjson::SUCCESS) language_ = std::string(value);
  }

  Buffered in_;
  ReadOptions options_;
  bool in_list_ = false;
  std::vector<bool> wrapper_;  // open objects around the list
  std::string head_;           // of the object being looked through
  std::uint64_t begin_ = 0;
  bool has_text_ = false;
  bool listed_ = false;
  bool any_ = false;
  std::optional<std::string> publisher_, language_;
  std::uint64_t number_ = 0;
  bool ended_ = false;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<ReportStream> json_values(Buffered in, const ReadOptions& options, Tally&) {
  return std::make_unique<JsonValues>(std::move(in), options);
}

}  // namespace parley::page
