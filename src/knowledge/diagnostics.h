// Mistakes in data files: file, line, column, what, and the remedy, all of them in one run.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace parley {

struct Diagnostic {
  enum class Severity : std::uint8_t { error, warning, note };
  Severity severity = Severity::error;
  std::string file;
  std::uint32_t line = 0;    ///< from 1; 0 when the file as a whole is meant
  std::uint32_t column = 0;  ///< from 1, in bytes
  std::string message;       ///< what is wrong, and what to write instead

  /// "data/codebook/agree.toml:12:7: error: …"
  std::string text() const;
};

class Diagnostics {
 public:
  void add(Diagnostic diagnostic);
  void error(std::string file, std::uint32_t line, std::uint32_t column, std::string message);
  void warning(std::string file, std::uint32_t line, std::uint32_t column, std::string message);

  bool has_errors() const { return errors_ > 0; }
  const std::vector<Diagnostic>& all() const { return all_; }
  /// One line each.
  std::string text() const;

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

}  // namespace parley
