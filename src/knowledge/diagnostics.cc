#include "knowledge/diagnostics.h"

#include <utility>

namespace parley {
namespace {

const char* label(Diagnostic::Severity severity) {
  switch (severity) {
    case Diagnostic::Severity::error: return "error";
    case Diagnostic::Severity::warning: return "warning";
    case Diagnostic::Severity::note: return "note";
  }
  return "error";
}

}  // namespace

std::string Diagnostic::text() const {
  std::string out = file;
  if (line > 0) {
    out += ':' + std::to_string(line);
    if (column > 0) out += ':' + std::to_string(column);
  }
  if (!out.empty()) out += ": ";
  return out + label(severity) + ": " + message;
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Diagnostic::Severity::error) ++errors_;
  all_.push_back(std::move(diagnostic));
}

void Diagnostics::error(std::string file, std::uint32_t line, std::uint32_t column,
                        std::string message) {
  add({Diagnostic::Severity::error, std::move(file), line, column, std::move(message)});
}

void Diagnostics::warning(std::string file, std::uint32_t line, std::uint32_t column,
                          std::string message) {
  add({Diagnostic::Severity::warning, std::move(file), line, column, std::move(message)});
}

std::string Diagnostics::text() const {
  std::string out;
  for (const Diagnostic& diagnostic : all_) {
    if (!out.empty()) out += '\n';
    out += diagnostic.text();
  }
  return out;
}

}  // namespace parley
