// Reading gold data: whole files, tar archives with any of libarchive's compressions, tables.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "parley/result.h"

namespace parley::eval {

Result<std::string> read_file(const std::filesystem::path& path);

struct ArchiveMember {
  std::string name;
  std::string content;
};

/// The regular files of an archive, in its order. At most 1 GiB in all.
Result<std::vector<ArchiveMember>> read_archive(const std::filesystem::path& path);

std::vector<std::string_view> lines_of(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
/// Fields parted by any white space.
std::vector<std::string_view> fields_of(std::string_view line);

/// Rows of a tab-separated file with double-quoted fields (RFC 4180's quoting).
std::vector<std::vector<std::string>> read_table(std::string_view text);

}  // namespace parley::eval
