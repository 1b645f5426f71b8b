#include "knowledge/toml_reader.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <system_error>
#include <toml++/toml.h>

namespace parley {
namespace {

TomlPlace place_of(const toml::node& node) {
  const toml::source_position& begin = node.source().begin;
  return {static_cast<std::uint32_t>(begin.line), static_cast<std::uint32_t>(begin.column)};
}

template <typename T>
std::string streamed(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

bool comes_before(TomlPlace a, TomlPlace b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

TomlValue convert(const toml::node& node) {
  TomlValue out;
  out.place = place_of(node);
  if (const auto* table = node.as_table()) {
    out.kind = TomlValue::Kind::table;
    out.entries.reserve(table->size());
    for (const auto& [key, value] : *table) {
      out.entries.push_back({std::string(key.str()), convert(value)});
    }
    // toml++ keeps keys by name; people read a file from top to bottom.
    std::stable_sort(out.entries.begin(), out.entries.end(), [](const auto& a, const auto& b) {
      return comes_before(a.value.place, b.value.place);
    });
  } else if (const auto* array = node.as_array()) {
    out.kind = TomlValue::Kind::list;
    out.items.reserve(array->size());
    for (const toml::node& item : *array) out.items.push_back(convert(item));
    if (out.place.line == 0 && !out.items.empty()) out.place = out.items.front().place;
  } else if (const auto* text = node.as_string()) {
    out.kind = TomlValue::Kind::text;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlValue::Kind::integer;
    out.integer = integer->get();
    out.number = static_cast<double>(out.integer);
  } else if (const auto* number = node.as_floating_point()) {
    out.kind = TomlValue::Kind::number;
    out.number = number->get();
  } else if (const auto* flag = node.as_boolean()) {
    out.kind = TomlValue::Kind::flag;
    out.flag = flag->get();
  } else {
    out.kind = TomlValue::Kind::date;
    if (const auto* date = node.as_date()) out.text = streamed(date->get());
    if (const auto* time = node.as_time()) out.text = streamed(time->get());
    if (const auto* both = node.as_date_time()) out.text = streamed(both->get());
  }
  return out;
}

// Damerau-Levenshtein distance (neighbours swapped count once). Words are keys: short.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view name(TomlValue::Kind kind) {
  switch (kind) {
    case TomlValue::Kind::text: return "a text";
    case TomlValue::Kind::integer: return "a whole number";
    case TomlValue::Kind::number: return "a number";
    case TomlValue::Kind::flag: return "true or false";
    case TomlValue::Kind::date: return "a date";
    case TomlValue::Kind::list: return "a list";
    case TomlValue::Kind::table: return "a table";
  }
  return "a value";
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongest = 64;  // nobody mistypes a key that long; keeps this cheap
  if (word.size() > kLongest) return {};
  std::string best;
  std::size_t best_distance = (word.size() < 4 ? 1 : std::max<std::size_t>(2, word.size() / 3)) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongest || candidate == word) continue;
    const std::size_t distance = edits(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

// --- TomlTable -------------------------------------------------------------------------------------

TomlTable::TomlTable(const TomlValue& value, const std::string& file, Diagnostics& diagnostics)
    : value_(&value), file_(&file), diagnostics_(&diagnostics) {}

bool TomlTable::has(std::string_view key) const {
  return std::any_of(value_->entries.begin(), value_->entries.end(),
                     [&](const auto& entry) { return entry.key == key; });
}

const TomlValue* TomlTable::find(std::string_view key) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
  for (const auto& [name, value] : value_->entries) {
    if (name == key) return &value;
  }
  return nullptr;
}

TomlPlace TomlTable::place(std::string_view key) const {
  for (const auto& [name, value] : value_->entries) {
    if (name == key && value.place.line > 0) return value.place;
  }
  return value_->place;
}

void TomlTable::error(TomlPlace at, const std::string& message) {
  diagnostics_->error(*file_, at.line, at.column, message);
}

void TomlTable::warning(TomlPlace at, const std::string& message) {
  diagnostics_->warning(*file_, at.line, at.column, message);
}

void TomlTable::wrong_type(std::string_view key, const TomlValue& value, std::string_view wanted) {
  error(value.place, "'" + std::string(key) + "' must be " + std::string(wanted) + ", not " +
                         std::string(name(value.kind)));
}

std::optional<std::string> TomlTable::text(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind == TomlValue::Kind::text || value->kind == TomlValue::Kind::date) return value->text;
  wrong_type(key, *value, name(TomlValue::Kind::text));
  return std::nullopt;
}

std::optional<std::int64_t> TomlTable::integer(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind == TomlValue::Kind::integer) return value->integer;
  wrong_type(key, *value, name(TomlValue::Kind::integer));
  return std::nullopt;
}

std::optional<double> TomlTable::number(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind == TomlValue::Kind::integer || value->kind == TomlValue::Kind::number) {
    return value->number;
  }
  wrong_type(key, *value, name(TomlValue::Kind::number));
  return std::nullopt;
}

std::optional<bool> TomlTable::flag(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind == TomlValue::Kind::flag) return value->flag;
  wrong_type(key, *value, name(TomlValue::Kind::flag));
  return std::nullopt;
}

std::string TomlTable::required_text(std::string_view key) {
  if (!has(key)) {
    find(key);
    error("'" + std::string(key) + "' is missing");
    return {};
  }
  return text(key).value_or("");
}

std::vector<TomlText> TomlTable::list_of_texts(std::string_view key, const TomlValue& value) {
  std::vector<TomlText> out;
  if (value.kind == TomlValue::Kind::text || value.kind == TomlValue::Kind::date) {
    out.push_back({value.text, value.place});
  } else if (value.kind == TomlValue::Kind::list) {
    out.reserve(value.items.size());
    for (const TomlValue& item : value.items) {
      if (item.kind == TomlValue::Kind::text || item.kind == TomlValue::Kind::date) {
        out.push_back({item.text, item.place});
      } else {
        wrong_type(key, item, "a list of texts");
      }
    }
  } else {
    wrong_type(key, value, "a text or a list of texts");
  }
  return out;
}

std::vector<TomlText> TomlTable::placed_texts(std::string_view key) {
  const TomlValue* value = find(key);
  return value == nullptr ? std::vector<TomlText>{} : list_of_texts(key, *value);
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  std::vector<std::string> out;
  for (TomlText& text : placed_texts(key)) out.push_back(std::move(text.text));
  return out;
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind == TomlValue::Kind::table) return TomlTable(*value, *file_, *diagnostics_);
  wrong_type(key, *value, "a table ([" + std::string(key) + "])");
  return std::nullopt;
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> out;
  const TomlValue* value = find(key);
  if (value == nullptr) return out;
  if (value->kind == TomlValue::Kind::table) {
    out.emplace_back(*value, *file_, *diagnostics_);
  } else if (value->kind == TomlValue::Kind::list) {
    for (const TomlValue& item : value->items) {
      if (item.kind == TomlValue::Kind::table) {
        out.emplace_back(item, *file_, *diagnostics_);
      } else {
        wrong_type(key, item, "a list of tables ([[" + std::string(key) + "]])");
      }
    }
  } else {
    wrong_type(key, *value, "a list of tables ([[" + std::string(key) + "]])");
  }
  return out;
}

const std::vector<TomlEntry>& TomlTable::entries() {
  for (const auto& entry : value_->entries) asked_.push_back(entry.key);
  return value_->entries;
}

std::vector<TomlText> TomlTable::texts_of(const TomlEntry& entry) {
  return list_of_texts(entry.key, entry.value);
}

std::optional<TomlTable> TomlTable::table_of(const TomlEntry& entry) {
  if (entry.value.kind == TomlValue::Kind::table) {
    return TomlTable(entry.value, *file_, *diagnostics_);
  }
  wrong_type(entry.key, entry.value, name(TomlValue::Kind::table));
  return std::nullopt;
}

void TomlTable::done() {
  for (const auto& [key, value] : value_->entries) {
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    std::string message = "unknown key '" + key + "'";
    const std::string near = did_you_mean(key, asked_);
    if (!near.empty()) {
      message += "; did you mean '" + near + "'?";
    } else if (!asked_.empty()) {
      message += "; known here:";
      for (const std::string& known : asked_) message += ' ' + known;
    }
    error(value.place.line > 0 ? value.place : value_->place, message);
  }
}

// --- files -----------------------------------------------------------------------------------------

DataFiles::DataFiles(std::filesystem::path data, std::filesystem::path overrides)
    : data_(std::move(data)), overrides_(std::move(overrides)) {}

std::vector<DataFiles::File> DataFiles::list(std::string_view topic, std::string_view extension) const {
  std::map<std::string, File> by_name;
  const auto add_all = [&](const std::filesystem::path& base) {
    std::error_code ignored;
    for (std::filesystem::directory_iterator it(base / topic, ignored), end; !ignored && it != end;
         it.increment(ignored)) {
      const std::string name = it->path().filename().string();
      if (!it->is_regular_file(ignored) || !name.ends_with(extension) || name.starts_with('.')) continue;
      by_name[name] = {it->path(), std::string(topic) + '/' + name};
    }
  };
  add_all(data_);
  if (!overrides_.empty()) add_all(overrides_);
  std::vector<File> out;
  out.reserve(by_name.size());
  for (auto& [name, file] : by_name) out.push_back(std::move(file));
  return out;
}

std::optional<DataFiles::File> DataFiles::find(std::string_view relative) const {
  std::error_code ignored;
  for (const std::filesystem::path* base : {&overrides_, &data_}) {
    if (base->empty()) continue;
    std::filesystem::path path = *base / relative;
    if (std::filesystem::is_regular_file(path, ignored)) return File{std::move(path), std::string(relative)};
  }
  return std::nullopt;
}

std::optional<std::string> DataFiles::read(const File& file, Diagnostics& diagnostics) {
  std::error_code ignored;
  std::ifstream in;
  if (!std::filesystem::is_directory(file.path, ignored)) in.open(file.path, std::ios::binary);  // reading one throws
  std::string bytes;
  if (in.is_open()) bytes.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  if (!in.is_open() || in.bad()) {
    diagnostics.error(file.path.string(), 0, 0, "cannot be read; check that it is there and its permissions");
    return std::nullopt;
  }
  hash_ = XXH3_64bits_withSeed(file.relative.data(), file.relative.size(), hash_);
  hash_ = XXH3_64bits_withSeed(bytes.data(), bytes.size(), hash_);
  return bytes;
}

void DataFiles::count(std::string_view relative, std::string_view fingerprint) {
  hash_ = XXH3_64bits_withSeed(relative.data(), relative.size(), hash_);
  hash_ = XXH3_64bits_withSeed(fingerprint.data(), fingerprint.size(), hash_);
}

std::string DataFiles::fingerprint() const {
  std::array<char, 17> out{};
  std::snprintf(out.data(), out.size(), "%016llx", static_cast<unsigned long long>(hash_));
  return out.data();
}

std::optional<TomlValue> parse_toml(std::string_view text, const std::string& file,
                                    Diagnostics& diagnostics) {
  try {
    const toml::table table = toml::parse(text, file);
    TomlValue root = convert(table);
    root.place = {1, 1};
    return root;
  } catch (const toml::parse_error& error) {
    const toml::source_position& at = error.source().begin;
    diagnostics.error(file, static_cast<std::uint32_t>(at.line), static_cast<std::uint32_t>(at.column),
                      "not valid TOML: " + std::string(error.description()) +
                          " (the rest of this file was not checked)");
  }
  return std::nullopt;
}

namespace {

void read_one(DataFiles& files, const DataFiles::File& file, Diagnostics& diagnostics,
              const std::function<void(TomlTable root)>& reader) {
  const std::optional<std::string> bytes = files.read(file, diagnostics);
  if (!bytes) return;
  const std::string shown = file.path.string();
  if (const std::optional<TomlValue> root = parse_toml(*bytes, shown, diagnostics)) {
    reader(TomlTable(*root, shown, diagnostics));
  }
}

}  // namespace

void read_toml_files(DataFiles& files, std::string_view topic, Diagnostics& diagnostics,
                     const std::function<void(TomlTable root)>& reader) {
  const std::vector<DataFiles::File> list = files.list(topic);
  if (list.empty()) {
    diagnostics.error(std::string(topic), 0, 0,
                      "there is no TOML file in this folder of the data; is PARLEY_DATA right?");
  }
  for (const DataFiles::File& file : list) read_one(files, file, diagnostics, reader);
}

void read_toml_file(DataFiles& files, std::string_view relative, Diagnostics& diagnostics,
                    const std::function<void(TomlTable root)>& reader) {
  if (const std::optional<DataFiles::File> file = files.find(relative)) {
    read_one(files, *file, diagnostics, reader);
  } else {
    diagnostics.error(std::string(relative), 0, 0,
                      "this data file is missing; is PARLEY_DATA right?");
  }
}

}  // namespace parley
