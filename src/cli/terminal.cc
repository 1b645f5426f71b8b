#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "cli/command.h"
#include "text/unicode.h"

namespace parley::cli {
namespace {

volatile std::sig_atomic_t g_interrupted = 0;

void on_interrupt(int) {
  if (g_interrupted) _exit(130);  // a second one does not wait
  g_interrupted = 1;
}

}  // namespace

bool stdout_is_terminal() { return isatty(STDOUT_FILENO) != 0; }
bool stderr_is_terminal() { return isatty(STDERR_FILENO) != 0; }

bool colour_wanted() {
  const char* none = std::getenv("NO_COLOR");
  if (none && *none) return false;
  const char* term = std::getenv("TERM");
  return stdout_is_terminal() && !(term && std::string_view(term) == "dumb");
}

std::size_t terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  if (const char* columns = std::getenv("COLUMNS")) {
    const long width = std::strtol(columns, nullptr, 10);
    if (width > 0 && width < 10000) return static_cast<std::size_t>(width);
  }
  return 100;
}

std::string for_terminal(std::string_view text) {
  std::string out = without_invisible(text);
  for (char& c : out) {
    if (c >= '\t' && c <= '\r') c = ' ';
  }
  return out;
}

Progress::Progress(std::string noun)
    : noun_(std::move(noun)), enabled_(stderr_is_terminal()), start_(Clock::now()), last_(start_) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void Progress::show(std::uint64_t done, std::uint64_t total) {
  if (!enabled_) return;
  const auto now = Clock::now();
  if (now - start_ < std::chrono::seconds(1) || now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const std::string of = total > 0 ? fmt::format(" of {}", total) : std::string();
  const double rate = static_cast<double>(done) / seconds;
  const std::string left = total > done && rate > 0 ? fmt::format(", {:.0f} s left", static_cast<double>(total - done) / rate) : std::string();
  fmt::print(stderr, "\r\x1b[K{}{} {}, {:.1f} a second{}", done, of, noun_, rate, left);
  std::fflush(stderr);
}

bool interrupted() { return g_interrupted != 0; }

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  action.sa_flags = SA_RESTART;  // what is being printed is printed
  sigaction(SIGINT, &action, nullptr);
  std::signal(SIGPIPE, SIG_DFL);
}

void leave_interrupted(const std::string& what_next) {
  std::fflush(stdout);
  fmt::print(stderr, "parley: interrupted; {}\n", what_next);
  std::_Exit(kInterrupted);
}

void leave_interrupted(std::uint64_t done, const char* noun) {
  leave_interrupted(fmt::format("{} {} are done, give the rest of the inputs to go on", done, noun));
}

}  // namespace parley::cli
