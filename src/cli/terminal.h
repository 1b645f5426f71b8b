// What kind of place output goes to.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley::cli {

bool stdout_is_terminal();
bool stderr_is_terminal();
/// On a terminal, unless NO_COLOR is set or TERM is dumb (https://no-color.org).
bool colour_wanted();
/// The terminal's width, or $COLUMNS, or 100.
std::size_t terminal_width();

/// The text in one line and without control characters: file names, ids and reports come from anybody.
std::string for_terminal(std::string_view text);

/// A line on standard error about a long batch: on a terminal only, from the first second on, a few
/// times a second at most. Cleared when it is destroyed.
class Progress {
 public:
  explicit Progress(std::string noun);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// `total` 0: not known.
  void show(std::uint64_t done, std::uint64_t total = 0);

 private:
  using Clock = std::chrono::steady_clock;
  std::string noun_;
  bool enabled_;
  bool shown_ = false;
  Clock::time_point start_;
  Clock::time_point last_;
};

/// Set by SIGINT; commands look at it between reports and end with kInterrupted.
bool interrupted();
void catch_interrupts();
/// Says so and what to do, and ends the program with kInterrupted, whatever other threads wait for: one may be
/// reading from a terminal or a FIFO that says nothing more.
[[noreturn]] void leave_interrupted(const std::string& what_next);
[[noreturn]] void leave_interrupted(std::uint64_t done, const char* noun);  ///< after so many reports, texts …

}  // namespace parley::cli
