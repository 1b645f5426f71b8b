// What every question to a desk takes: which desk, narrowed to what, printed how.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "cli/command.h"
#include "desk/ask.h"

namespace parley::cli {

struct DeskFlags {
  std::string desk;
  std::string format;
  desk::Filter filter;

  void add_desk(CLI::App& app);
  void add_filters(CLI::App& app, const char* types);
  void add_format(CLI::App& app);
  /// Prints an answer, or says why there is none.
  int print(const Result<desk::Table>& table) const;
};

}  // namespace parley::cli
