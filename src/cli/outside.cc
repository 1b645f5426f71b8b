#include "cli/outside.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

extern char** environ;

namespace parley::cli {
namespace {

namespace fs = std::filesystem;

/// A program and its arguments; "{in}" and "{out}" stand for the files.
using Tool = std::vector<std::string>;

bool installed(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const fs::path candidate = fs::path(rest.substr(0, end)) / program;
    if (end > 0 && ::access(candidate.c_str(), X_OK) == 0) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

bool run(const Tool& tool) {
  std::vector<char*> arguments;
  for (const std::string& word : tool) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, arguments[0], &quiet, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&quiet);
  int status = 0;
  return failed == 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// A folder that goes with what is in it.
struct Scratch {
  fs::path path;
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "parley-XXXXXX").string();
    if (::mkdtemp(pattern.data())) path = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
  }
};

Result<std::string> convert(const std::vector<Tool>& tools, const std::string& text, const char* ending, const std::string& path,
                            const std::string& what) {
  std::string names;
  for (Tool tool : tools) {
    names += (names.empty() ? "" : ", ") + tool[0];
    if (!installed(tool[0])) continue;
    const Scratch scratch;
    const std::string in = (scratch.path / (std::string("in.") + ending)).string();
    const auto written = write_file(in, text);
    if (!written) return written.error();
    for (std::string& word : tool) {
      if (const std::size_t at = word.find("{in}"); at != std::string::npos) word.replace(at, 4, in);
      if (const std::size_t at = word.find("{out}"); at != std::string::npos) word.replace(at, 5, path);
    }
    if (run(tool) && fs::exists(path)) return tool[0];
    return Error{Error::Code::unreadable, fmt::format("{} could not make {} of it; its own words are above", tool[0], what), path};
  }
  return Error{Error::Code::not_found, fmt::format("{} needs one of these programs, and none is installed: {}", what, names), path};
}

}  // namespace

Result<std::string> write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return Error{Error::Code::unreadable, "cannot be written", path};
  return path;
}

Result<std::string> write_pdf(const std::string& path, const std::string& html) {
  std::vector<Tool> tools{{"weasyprint", "-q", "{in}", "{out}"}, {"wkhtmltopdf", "-q", "{in}", "{out}"}};
  for (const char* browser : {"chromium", "chromium-browser", "google-chrome"}) {
    Tool tool{browser, "--headless", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf={out}", "file://{in}"};
    // As root Chromium refuses its sandbox; the page is ours and has no scripts.
    if (::geteuid() == 0) tool.insert(tool.begin() + 1, "--no-sandbox");
    tools.push_back(std::move(tool));
  }
  return convert(tools, html, "html", path, "PDF");
}

Result<std::string> write_drawing(const std::string& path, const std::string& svg) {
  if (path.ends_with(".png")) {
    return convert({{"rsvg-convert", "--zoom", "2", "-o", "{out}", "{in}"}, {"inkscape", "--export-filename={out}", "{in}"}}, svg, "svg", path, "PNG");
  }
  if (path.ends_with(".pdf")) {
    return convert({{"rsvg-convert", "-f", "pdf", "-o", "{out}", "{in}"}, {"inkscape", "--export-filename={out}", "{in}"}}, svg, "svg", path, "PDF");
  }
  return write_file(path, svg);
}

}  // namespace parley::cli
