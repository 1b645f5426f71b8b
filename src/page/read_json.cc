// One JSON object into a Document: which field is what.
//
// Idea: reports come from many programs, each with names of its own; data/page/inputs.toml lists them, the
// likelier first, and of several that are there the first in the list with something in it is taken.
// Example: {"headline": "…", "articleBody": "…", "publishedAt": "…", "source": {"name": "…"}}.
// Counter-example: a text with tags in it is read as HTML, whatever its field is called. Cost: one parse and
// one look-up a field. Covered by tests/page/json_test.cc.
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <unordered_map>
#include <utility>

#include "page/cues.h"
#include "page/draft.h"
#include "page/lineroles.h"
#include "page/streams.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace page {
namespace {

// The contract's own names, for when there are no cue lists.
const FieldNames& plain_names() {
  static const FieldNames names = [] {
    FieldNames out;
    out.id = {"id"};
    out.text = {"text"};
    out.html = {"html"};
    out.title = {"title"};
    out.published = {"published"};
    out.publisher = {"publisher"};
    out.uri = {"uri"};
    out.language = {"language"};
    return out;
  }();
  return names;
}

std::string iso_of_seconds(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  if (gmtime_r(&time, &parts) == nullptr) return {};
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
  return buffer;
}

using Value = simdjson::dom::element;

// A string, a number as one, the name of an object, the parts of a list one a line.
std::string text_of(const Value& value, int depth = 0) {
  if (std::string_view text; value.get_string().get(text) == simdjson::SUCCESS) return std::string(trim(text));
  if (std::int64_t number = 0; value.get_int64().get(number) == simdjson::SUCCESS) return std::to_string(number);
  if (depth > 2) return {};
  if (simdjson::dom::object object; value.get_object().get(object) == simdjson::SUCCESS) {
    for (const char* key : {"name", "title", "text", "value", "#text", "label", "url", "@id"}) {
      Value inner;
      if (object[key].get(inner) != simdjson::SUCCESS) continue;
      if (std::string text = text_of(inner, depth + 1); !text.empty()) return text;
    }
    return {};
  }
  if (simdjson::dom::array array; value.get_array().get(array) == simdjson::SUCCESS) {
    std::string out;
    for (const Value& item : array) {
      const std::string text = text_of(item, depth + 1);
      if (text.empty()) continue;
      if (!out.empty()) out += "\n\n";
      out += text;
    }
    return out;
  }
  return {};
}

class Fields {
 public:
  explicit Fields(const simdjson::dom::object& object) {
    for (const auto field : object) values_.emplace(field_key(field.key), field.value);
  }
  // Of the names, the first whose value has something in it.
  std::string first(const std::vector<std::string>& names) const {
    for (const std::string& name : names) {
      const auto found = values_.find(name);
      if (found == values_.end()) continue;
      if (std::string text = text_of(found->second); !text.empty()) return text;
    }
    return {};
  }
  std::optional<std::string> date(const std::vector<std::string>& names, const Cues* cues) const {
    for (const std::string& name : names) {
      const auto found = values_.find(name);
      if (found == values_.end()) continue;
      double number = 0;
      if (found->second.get_double().get(number) == simdjson::SUCCESS) {
        // Seconds or milliseconds since 1970, from 1980 on.
        if (number > 3e11 && number < 1e13) number /= 1000;
        if (number > 3e8 && number < 1e10) return iso_of_seconds(static_cast<std::int64_t>(number));
      }
      const std::string text = text_of(found->second);
      if (text.empty()) continue;
      if (std::optional<std::string> iso = machine_date(text, cues)) return iso;
    }
    return std::nullopt;
  }
  std::vector<std::string> list(const std::vector<std::string>& names) const {
    for (const std::string& name : names) {
      const auto found = values_.find(name);
      if (found == values_.end()) continue;
      std::vector<std::string> out;
      if (simdjson::dom::array array; found->second.get_array().get(array) == simdjson::SUCCESS) {
        for (const Value& item : array) {
          if (std::string text = text_of(item); !text.empty()) out.push_back(std::move(text));
        }
      } else if (std::string text = text_of(found->second); !text.empty()) {
        out.push_back(std::move(text));
      }
      if (!out.empty()) return out;
    }
    return {};
  }

 private:
  std::unordered_map<std::string, Value> values_;
};

// "By Jane Doe and John Roe" as names; what is no byline by its shape is taken as it stands.
std::vector<std::string> names_of(const std::vector<std::string>& given, const Cues* cues) {
  std::vector<std::string> out;
  for (const std::string& item : given) {
    const std::string line = tidy_line(item);
    if (line.empty()) continue;
    std::string_view rest = line;
    if (cues != nullptr) rest.remove_prefix(cues->byline.prefix(line));
    std::vector<std::string> names;
    if (cues != nullptr) names = names_in_byline(trim(rest), *cues);
    if (names.empty()) names.push_back(std::string(trim(rest)));
    for (std::string& name : names) {
      if (!name.empty() && name.size() <= 200) out.push_back(std::move(name));
    }
  }
  return out;
}

}  // namespace

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

InputItem read_json_object(std::string_view line, std::string fallback_id, ReadOptions options) {
  std::string id = guess_id(line);
  const auto fail = [&](Error::Code code, std::string message) {
    return InputItem{id.empty() ? fallback_id : id, Error{code, std::move(message), options.source}};
  };
  if (line.size() > options.max_bytes) {
    return {id.empty() ? fallback_id : id, too_large("the line", options.max_bytes, options.source)};
  }
  if (trim(line).empty()) return fail(Error::Code::empty, "the line is empty");
  // Readers of news repair broken UTF-8 rather than lose the report.
  const simdjson::padded_string padded =
      is_valid_utf8(line) ? simdjson::padded_string(line) : simdjson::padded_string(repair_utf8(std::string(line)));
  simdjson::dom::parser parser;
  Value root;
  if (const simdjson::error_code error = parser.parse(padded).get(root); error != simdjson::SUCCESS) {
    return fail(error == simdjson::CAPACITY ? Error::Code::too_large : Error::Code::malformed,
                std::string("not JSON: ") + simdjson::error_message(error) +
                    "; each line must be one object, with strings escaped");
  }
  simdjson::dom::object object;
  if (root.get_object().get(object) != simdjson::SUCCESS) {
    return fail(Error::Code::malformed, "not an object: write {\"id\": …, \"text\": …}");
  }
  const Cues* cues = options.cues.get();
  const FieldNames& names = cues != nullptr && !cues->fields.text.empty() ? cues->fields : plain_names();
  const Fields fields(object);
  const auto set = [](std::optional<std::string>& place, std::string value) {
    if (!value.empty()) place = std::move(value);
  };
  set(options.uri, fields.first(names.uri));
  set(options.title, tidy_line(fields.first(names.title)));
  set(options.publisher, tidy_line(fields.first(names.publisher)));
  set(options.language, fields.first(names.language));
  set(options.dek, tidy_line(fields.first(names.dek)));
  if (std::optional<std::string> date = fields.date(names.published, cues)) options.published = std::move(date);
  if (std::optional<std::string> date = fields.date(names.updated, cues)) options.updated = std::move(date);
  if (std::vector<std::string> authors = names_of(fields.list(names.author), cues); !authors.empty()) {
    options.byline = std::move(authors);
  }
  std::string own = fields.first(names.id);
  if (own.empty() && id.empty() && options.uri) own = *options.uri;
  if (!own.empty()) id = own;
  if (id.empty()) id = fallback_id;
  options.id = id;
  std::string text = fields.first(names.text);
  std::string html = fields.first(names.html);
  if (text.empty() && html.empty() && options.title && options.uri) return {id, read_link(options), true};
  if (text.empty() && html.empty()) {
    return fail(Error::Code::empty, "neither \"text\" nor \"html\", nor another name of theirs, has words in it");
  }
  if (!text.empty() && (options.plain || !has_markup(text))) return {id, read_text(std::move(text), options)};
  if (!html.empty()) return {id, read_html(std::move(html), options)};
  // Markup under a name for text is an article's own.
  return read_fragment({id, Format::html, std::move(text), std::move(options), RawReport::Part::fragment, {}});
}

}  // namespace page

Result<Document> read_json(std::string_view line, const ReadOptions& options) {
  return page::read_json_object(line, options.id.value_or(options.source), options).document;
}

}  // namespace parley
