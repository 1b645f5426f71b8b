// What the sets marked by hand share: how they are read and counted (MATCHING.md).
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/cues.h"
#include "page/page.h"
#include "parley/pipeline.h"

namespace parley {

using nlohmann::json;

inline const std::filesystem::path kFolder = std::filesystem::path(PARLEY_SOURCE_DIR) / "tests" / "record";

inline constexpr std::string_view kReports = "reports_gold.jsonl";

inline const Pipeline* pipeline() {
  static const std::optional<Pipeline> loaded = [] {
    auto result = Pipeline::load({});
    return result ? std::optional<Pipeline>(std::move(result).value()) : std::nullopt;
  }();
  return loaded ? &*loaded : nullptr;
}

/// The passages of `file`, then the whole reports, in which every kind is marked.
inline std::vector<json> passages(const char* file) {
  std::vector<json> out;
  for (const std::string_view name : {std::string_view(file), kReports}) {
    if (!out.empty() && file == kReports) break;
    std::ifstream in(kFolder / name);
    EXPECT_TRUE(in) << name;
    for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
  }
  return out;
}

/// A passage is plain text under its headline, if it has one; a whole report goes through the page layer.
inline Document document_of(const json& passage) {
  const std::string headline = passage.value("headline", json()).is_string() ? passage["headline"].get<std::string>() : "";
  const std::string body = passage["text"];
  const std::string text = headline.empty() ? body : headline + "\n\n" + body;
  if (passage.contains("style")) {
    static const auto cues = load_cues(std::filesystem::path(PARLEY_SOURCE_DIR) / "data" / "page");
    EXPECT_TRUE(cues.ok());
    ReadOptions options;
    if (cues) options.cues = cues.value();
    options.id = passage["id"].get<std::string>();
    options.published = passage["published"].get<std::string>();
    auto document = read_text(text, options);
    EXPECT_TRUE(document.ok()) << passage["id"];
    if (!document) return Document::plain(text);
    EXPECT_EQ(document.value().text(), text) << "the marks' offsets are of the text as given";
    return std::move(document).value();
  }
  Document document = Document::plain(text);
  if (!headline.empty()) {
    const auto end = document.span(ByteRange{0, static_cast<std::uint32_t>(headline.size())}).end;
    document.sections = {{SectionKind::headline, {0, end}}, {SectionKind::body, {end + 2, document.code_points()}}};
    document.title = headline;
  }
  document.id = passage["id"];
  if (passage.contains("published")) document.published = passage["published"].get<std::string>();
  return document;
}

/// Counts of one kind; misses and extras are told when asked for.
struct Tally {
  int met = 0, wanted = 0, found = 0;
  double precision() const { return found == 0 ? 0.0 : 1.0 * met / found; }
  double recall() const { return wanted == 0 ? 0.0 : 1.0 * met / wanted; }
  double f1() const { return wanted + found == 0 ? 0.0 : 2.0 * met / (wanted + found); }
};

class Scores {
 public:
  Tally& operator()(const std::string& kind) {
    if (!tallies_.contains(kind)) order_.push_back(kind);
    return tallies_[kind];
  }
  const Tally& of(const std::string& kind) const { return tallies_.at(kind); }
  void add(const Scores& other) {
    for (const std::string& kind : other.order_) {
      Tally& tally = (*this)(kind);
      const Tally& more = other.tallies_.at(kind);
      tally.met += more.met, tally.wanted += more.wanted, tally.found += more.found;
    }
  }
  void print(const std::string& of) const {
    for (const std::string& kind : order_) {
      const Tally& t = tallies_.at(kind);
      std::printf("%-28s %-18s P %.3f  R %.3f  F1 %.3f  (%d wanted)\n", of.c_str(), kind.c_str(), t.precision(),
                  t.recall(), t.f1(), t.wanted);
    }
  }

 private:
  std::map<std::string, Tally> tallies_;
  std::vector<std::string> order_;
};

/// Prints each batch and all of them together.
inline Scores total(const std::string& what, const std::map<int, Scores>& by_batch) {
  Scores all;
  for (const auto& [batch, scores] : by_batch) {
    scores.print(what + ", batch " + std::to_string(batch));
    all.add(scores);
  }
  all.print(what + ", all");
  return all;
}

inline void tell(const json& passage, const std::string& what) {
  static const bool wanted = std::getenv("PARLEY_SHOW_MISSES") != nullptr;
  if (wanted) std::cout << passage["id"].get<std::string>() << ": " << what << '\n';
}

inline std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

inline bool is_named(const Record& record, const Id& id, const std::string& wanted) {
  const Entity* entity = record.entity(id);
  if (entity == nullptr) return false;
  if (lower(entity->name) == lower(wanted)) return true;
  return std::any_of(entity->mentions.begin(), entity->mentions.end(), [&](const EntityMention& mention) {
    return lower(std::string(record.document.slice(mention.span))).find(lower(wanted)) != std::string::npos;
  });
}

inline std::string name_of(const Record& record, const Id& id) {
  const Entity* entity = record.entity(id);
  return entity == nullptr ? id : entity->name;
}

/// Names against entities of one role; tells what is missing.
inline void score_names(const json& passage, const Record& record, const json& wanted, const std::vector<Id>& found,
                 const std::string& kind, Tally& tally) {
  std::vector<bool> used(found.size(), false);
  tally.found += static_cast<int>(found.size());
  for (const auto& each : wanted) {
    ++tally.wanted;
    bool met = false;
    for (std::size_t i = 0; i < found.size() && !met; ++i) {
      if (used[i] || !is_named(record, found[i], each.get<std::string>())) continue;
      met = used[i] = true;
      ++tally.met;
    }
    if (!met) tell(passage, std::string("missed ") + kind + " " + each.get<std::string>());
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!used[i]) tell(passage, std::string("extra ") + kind + " " + name_of(record, found[i]));
  }
}

}  // namespace parley
