// compile_gazetteer TABLE.tsv OUT.gaz: the table that gather.py makes, as the index that Parley maps.
#include <cstdio>
#include <fstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "knowledge/gazetteer.h"

namespace {

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> out(1);
  for (const char c : line) {
    if (c == separator) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: compile_gazetteer TABLE.tsv OUT.gaz\n");
    return 2;
  }
  std::ifstream in(arguments[1]);
  std::vector<parley::GazetteerRow> rows;
  std::vector<std::string> inside;
  std::unordered_map<std::string, std::uint32_t> keys;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const std::vector<std::string> fields = split(line, '\t');
    const auto kind = fields.size() == 10 ? parley::place_kind_from_name(fields[1]) : std::nullopt;
    if (!kind) {
      std::fprintf(stderr, "%s:%zu: not ten fields, or an unknown kind\n", arguments[1], number);
      return 4;
    }
    parley::GazetteerRow row;
    row.kind = *kind;
    row.latitude = std::stod(fields[2]);
    row.longitude = std::stod(fields[3]);
    row.geonames = static_cast<std::uint32_t>(std::stoul(fields[4]));
    row.country = fields[6];
    row.inhabitants = std::stod(fields[7]);
    row.name = fields[8];
    if (!fields[9].empty()) row.other_names = split(fields[9], '|');
    keys.emplace(fields[0], static_cast<std::uint32_t>(rows.size()));
    inside.push_back(fields[5]);
    rows.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (const auto found = keys.find(inside[i]); found != keys.end()) rows[i].inside = found->second;
  }
  const auto bytes = parley::build_gazetteer(rows);
  if (!bytes) {
    std::fprintf(stderr, "%s\n", bytes.error().text().c_str());
    return 4;
  }
  std::ofstream out(arguments[2], std::ios::binary);
  out.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
  if (!out.flush()) return 1;
  std::printf("%zu places, %zu bytes\n", rows.size(), bytes->size());
  return 0;
}
