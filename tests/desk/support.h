// Desks in a folder of their own, and records put together by hand.
#pragma once

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "desk/writer.h"
#include "parley/record.h"

namespace parley::testing {

namespace fs = std::filesystem;

inline fs::path source_dir() { return PARLEY_SOURCE_DIR; }

/// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "parley-desk-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::permissions(path_, fs::perms::owner_all, ignored);
    fs::remove_all(path_, ignored);
  }
  std::string desk() const { return (path_ / "desk.db").string(); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

inline desk::Writer::Options writer_options() {
  desk::Writer::Options out;
  out.background = source_dir() / "data/story/background.tsv";
  out.now = "2031-03-01T00:00:00Z";
  return out;
}

inline desk::Writer open_writer(const std::string& path) {
  auto writer = desk::Writer::open(path, writer_options());
  if (!writer) {
    ADD_FAILURE() << writer.error().text();
    std::abort();
  }
  return std::move(writer).value();
}

/// A report with one body section and nothing else.
inline Record report(std::string id, std::string text, std::string published = "2031-02-03") {
  Record out;
  out.document = Document::plain(std::move(text));
  out.document.id = std::move(id);
  out.document.published = std::move(published);
  return out;
}

inline Span find(const Record& record, std::string_view words) {
  const std::size_t at = record.document.text().find(words);
  EXPECT_NE(at, std::string::npos) << words;
  return record.document.span(ByteRange{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())});
}

inline Id entity(Record& record, EntityKind kind, std::string name, std::optional<std::string> country = std::nullopt) {
  Entity out;
  out.id = "e" + std::to_string(record.entities.size() + 1);
  out.kind = kind;
  out.actor.country = std::move(country);
  out.mentions.push_back({find(record, name), MentionForm::name});
  out.name = std::move(name);
  record.entities.push_back(out);
  return out.id;
}

inline Event& event(Record& record, EventType type, std::vector<Id> actors, std::vector<Id> recipients,
                    std::string_view trigger, std::optional<std::string> date) {
  Event out;
  out.id = "ev" + std::to_string(record.events.size() + 1);
  out.type = type;
  out.actors = std::move(actors);
  out.recipients = std::move(recipients);
  out.trigger = find(record, trigger);
  out.evidence = {0, record.document.code_points()};
  out.date = std::move(date);
  out.rule = "by hand";
  record.events.push_back(std::move(out));
  return record.events.back();
}

inline Figure& figure(Record& record, Measure measure, double low, std::string_view words, std::string of) {
  Figure out;
  out.id = "f" + std::to_string(record.figures.size() + 1);
  out.measure = measure;
  out.low = out.high = low;
  out.of = std::move(of);
  out.span = find(record, words);
  record.figures.push_back(std::move(out));
  return record.figures.back();
}

/// The one number that a query gives.
inline std::int64_t number(desk::Database& database, const std::string& sql) {
  auto query = database.prepare_once(sql);
  EXPECT_TRUE(query) << sql;
  if (!query) return -1;
  const auto row = query->step();
  EXPECT_TRUE(row && *row) << sql;
  return query->integer(0);
}

}  // namespace parley::testing
