// The inputs of `read`, `page`, `parse` and `explain`: which files, in which format, under which limits.
#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "page/page.h"
#include "parley/result.h"

namespace parley::cli {

struct InputFlags {
  std::vector<std::string> files;
  std::string input = "auto";
  bool plain = false;
  std::string published;
  std::size_t max_bytes = std::size_t{32} << 20;
  std::size_t max_depth = 512;
  double max_ratio = 500;
  double max_seconds = 60;

  /// Which options make sense: all of them; pages are never plain; raw text is, and CoNLL-U is read too.
  enum class Kind : std::uint8_t { reports, pages, raw };
  void add(CLI::App& app, Kind kind = Kind::reports);
  /// Loads the cue lists and opens nothing else.
  Result<InputReader> reader() const;
  Result<ReadOptions> read_options() const;
  Format format() const;
};

/// What is worth a line on standard error when a batch is done, though nothing of it failed.
class BatchNotes {
 public:
  void saw(const Document& document, bool link_only);
  void report(std::uint64_t passed_over) const;

 private:
  std::uint64_t links_ = 0;
  std::map<std::string, std::uint64_t> languages_;  ///< other than the model's
};

}  // namespace parley::cli
