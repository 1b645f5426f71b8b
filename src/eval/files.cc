#include "eval/files.h"

#include <archive.h>
#include <archive_entry.h>

#include <fstream>
#include <memory>
#include <sstream>

namespace parley::eval {

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{Error::Code::not_found, "cannot open the gold data; name an existing file", path.string()};
  std::ostringstream out;
  out << in.rdbuf();
  if (!in.good() && !in.eof()) return Error{Error::Code::unreadable, "reading failed", path.string()};
  return std::move(out).str();
}

Result<std::vector<ArchiveMember>> read_archive(const std::filesystem::path& path) {
  constexpr std::size_t kMost = std::size_t{1} << 30;
  std::unique_ptr<archive, decltype(&archive_read_free)> in(archive_read_new(), &archive_read_free);
  archive_read_support_filter_all(in.get());
  archive_read_support_format_tar(in.get());
  const auto failed = [&](Error::Code code) {
    const char* reason = archive_error_string(in.get());
    return Error{code, reason ? reason : "not an archive", path.string()};
  };
  if (archive_read_open_filename(in.get(), path.c_str(), 1 << 16) != ARCHIVE_OK) {
    return failed(Error::Code::unreadable);
  }
  std::vector<ArchiveMember> out;
  std::size_t total = 0;
  archive_entry* entry = nullptr;
  for (;;) {
    const int state = archive_read_next_header(in.get(), &entry);
    if (state == ARCHIVE_EOF) return out;
    if (state != ARCHIVE_OK && state != ARCHIVE_WARN) return failed(Error::Code::malformed);
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    ArchiveMember member;
    const char* name = archive_entry_pathname(entry);
    member.name = name ? name : "";
    char buffer[1 << 16];
    for (;;) {
      const la_ssize_t got = archive_read_data(in.get(), buffer, sizeof buffer);
      if (got < 0) return failed(Error::Code::malformed);
      if (got == 0) break;
      total += static_cast<std::size_t>(got);
      if (total > kMost) {
        return Error{Error::Code::too_large, "the archive unpacks to more than 1 GiB", path.string()};
      }
      member.content.append(buffer, static_cast<std::size_t>(got));
    }
    out.push_back(std::move(member));
  }
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t at = text.find(separator);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out = split(text, '\n');
  for (std::string_view& line : out) {
    if (line.ends_with('\r')) line.remove_suffix(1);
  }
  return out;
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> out;
  std::size_t at = 0;
  while ((at = line.find_first_not_of(" \t\r\f\v", at)) != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(" \t\r\f\v", at), line.size());
    out.push_back(line.substr(at, end - at));
    at = end;
  }
  return out;
}

std::vector<std::vector<std::string>> read_table(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string field;
  bool quoted = false;
  bool any = false;
  const auto end_row = [&] {
    row.push_back(std::move(field));
    field.clear();
    rows.push_back(std::move(row));
    row.clear();
    any = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        field += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        field += c;
      }
      continue;
    }
    any = any || (c != '\n' && c != '\r');
    if (c == '"' && field.empty()) {
      quoted = true;
    } else if (c == '\t') {
      row.push_back(std::move(field));
      field.clear();
    } else if (c == '\n') {
      if (any || !row.empty()) end_row();
    } else if (c != '\r') {
      field += c;
    }
  }
  if (any || !row.empty()) end_row();
  return rows;
}

}  // namespace parley::eval
