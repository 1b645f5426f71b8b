// Reading data files: TOML 1.0 with a place for every value, and all mistakes named in one run.
//
//   read_toml_files(files, "times", diagnostics, [&](TomlTable root) {
//     for (TomlTable entry : root.tables("month")) {
//       std::string name = entry.required_text("name");
//       std::optional<std::int64_t> number = entry.integer("number");
//       if (number && *number > 12) entry.error("number", "a month is 1 to 12");
//       entry.done();                       // reports keys that nobody asked for
//     }
//     root.done();
//   });
//
// A wrong type, a missing key, an unknown key ("unknown key 'mods'; did you mean 'mode'?") each add a
// Diagnostic with file, line and column, and reading goes on with a default. A syntax error ends its
// own file only: TOML has no way to go on after one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "knowledge/diagnostics.h"

namespace parley {

/// Where a value stands in its file, from 1.
struct TomlPlace {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct TomlEntry;

/// A parsed value. Dates are kept as their text ("2021-01-20").
struct TomlValue {
  enum class Kind : std::uint8_t { text, integer, number, flag, date, list, table };
  Kind kind = Kind::text;
  TomlPlace place;
  std::string text;                                          ///< of text and date
  std::int64_t integer = 0;
  double number = 0.0;                                       ///< of integer too
  bool flag = false;
  std::vector<TomlValue> items;                              ///< of list
  std::vector<TomlEntry> entries;                            ///< of table, in the file's order
};

/// One key of a table.
struct TomlEntry {
  std::string key;
  TomlValue value;
};

/// "text", "a list", … for messages.
std::string_view name(TomlValue::Kind kind);

/// A text and where it stands.
struct TomlText {
  std::string text;
  TomlPlace place;
};

/// A view of one table that checks what is asked of it. Cheap to copy; copies share what has been
/// asked for only when `done` is called on the same object, so call it on the one you read from.
/// The file and the diagnostics must outlive it.
class TomlTable {
 public:
  TomlTable(const TomlValue& value, const std::string& file, Diagnostics& diagnostics);

  bool has(std::string_view key) const;
  /// Absent: nothing. Another type: a diagnostic and nothing. Dates count as text.
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<double> number(std::string_view key);
  std::optional<bool> flag(std::string_view key);
  /// A diagnostic and "" when it is absent.
  std::string required_text(std::string_view key);
  /// A list of texts; one text counts as a list of one; absent: empty.
  std::vector<std::string> texts(std::string_view key);
  std::vector<TomlText> placed_texts(std::string_view key);
  /// `[key]`.
  std::optional<TomlTable> table(std::string_view key);
  /// `[[key]]`; a single table counts as a list of one.
  std::vector<TomlTable> tables(std::string_view key);
  /// Every `name = …` of this table in the file's order, for tables whose keys are words, not settings.
  /// Marks all of them as read.
  const std::vector<TomlEntry>& entries();
  /// The texts of one of `entries()`: a text or a list of texts.
  std::vector<TomlText> texts_of(const TomlEntry& entry);
  /// A view of one of `entries()`, or a diagnostic and nothing when it is no table.
  std::optional<TomlTable> table_of(const TomlEntry& entry);

  /// Reports every key that was not asked for, with the nearest one that was.
  void done();

  TomlPlace place() const { return value_->place; }
  /// Where the key's value stands, or the table itself when it is absent.
  TomlPlace place(std::string_view key) const;
  const std::string& file() const { return *file_; }
  Diagnostics& diagnostics() { return *diagnostics_; }

  void error(const std::string& message) { error(place(), message); }
  void error(std::string_view key, const std::string& message) { error(place(key), message); }
  void error(TomlPlace at, const std::string& message);
  void warning(std::string_view key, const std::string& message) { warning(place(key), message); }
  void warning(TomlPlace at, const std::string& message);

 private:
  const TomlValue* find(std::string_view key);
  void wrong_type(std::string_view key, const TomlValue& value, std::string_view wanted);
  std::vector<TomlText> list_of_texts(std::string_view key, const TomlValue& value);

  const TomlValue* value_;
  const std::string* file_;
  Diagnostics* diagnostics_;
  std::vector<std::string> asked_;
};

/// The data folder, with the user's files laid over it: a file of `overrides` replaces the one of the
/// same relative path, and stands beside the others when there is none.
class DataFiles {
 public:
  DataFiles(std::filesystem::path data, std::filesystem::path overrides);

  struct File {
    std::filesystem::path path;  ///< where to read it
    std::string relative;        ///< "codebook/agree.toml"
  };
  /// The files directly in `topic` whose name ends in `extension`, by name.
  std::vector<File> list(std::string_view topic, std::string_view extension = ".toml") const;
  /// One file by its relative path, or nothing.
  std::optional<File> find(std::string_view relative) const;
  /// Its bytes; a diagnostic and nothing when it cannot be read. What is read goes into `fingerprint`.
  std::optional<std::string> read(const File& file, Diagnostics& diagnostics);

  /// Counts a file that was read elsewhere (mapped into memory) by a fingerprint of its own.
  void count(std::string_view relative, std::string_view fingerprint);

  /// XXH3-64 over names and bytes of all files read so far, in the order of reading; 16 hex digits.
  std::string fingerprint() const;

 private:
  std::filesystem::path data_;
  std::filesystem::path overrides_;
  std::uint64_t hash_ = 0;
};

/// Parses `text`; nothing when there is a syntax error, which is then in `diagnostics`.
std::optional<TomlValue> parse_toml(std::string_view text, const std::string& file,
                                    Diagnostics& diagnostics);

/// Calls `reader` with the root of every data/<topic>/*.toml, by name. A topic without any file is an
/// error: the data folder is then the wrong one.
void read_toml_files(DataFiles& files, std::string_view topic, Diagnostics& diagnostics,
                     const std::function<void(TomlTable root)>& reader);
/// The same for one file, "status/embedding.toml".
void read_toml_file(DataFiles& files, std::string_view relative, Diagnostics& diagnostics,
                    const std::function<void(TomlTable root)>& reader);

/// The nearest of `candidates` when it is near enough to be a slip of `word`, else "".
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace parley
