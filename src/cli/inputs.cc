#include "cli/inputs.h"

#include <CLI/CLI.hpp>

#include "parley/pipeline.h"

namespace parley::cli {

void InputFlags::add(CLI::App& app, Kind kind) {
  app.add_option("FILE", files, "Files to read; standard input when there is none, or for -");
  std::vector<std::string> formats{"auto", "html", "text", "jsonl"};
  if (kind == Kind::raw) formats.push_back("conllu");
  app.add_option("--input", input, "What the input is")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  if (kind == Kind::reports) {
    app.add_flag("--plain", plain, "Take the text exactly as given: nothing cut, nothing read into it");
    app.add_option("--published", published,
                   "When the reports were published, where they do not say: YYYY-MM-DD")
        ->type_name("DATE");
  }
  app.add_option("--max-bytes", max_bytes, "Refuse a report or a line of JSON over this size")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--max-depth", max_depth, "Flatten HTML nested deeper than this")
      ->type_name("N")
      ->capture_default_str();
}

Format InputFlags::format() const {
  if (input == "html") return Format::html;
  if (input == "text") return Format::text;
  if (input == "jsonl") return Format::jsonl;
  return Format::automatic;
}

Result<ReadOptions> InputFlags::read_options() const {
  auto cues = load_cues(Pipeline::default_data_path() / "page");
  if (!cues) return cues.error();
  ReadOptions out;
  out.cues = std::move(*cues);
  out.plain = plain;
  if (!published.empty()) {
    const auto digits = [&](std::size_t from, std::size_t count) {
      for (std::size_t i = from; i < from + count; ++i) {
        if (i >= published.size() || published[i] < '0' || published[i] > '9') return false;
      }
      return true;
    };
    if (!digits(0, 4) || published.size() < 10 || published[4] != '-' || !digits(5, 2) ||
        published[7] != '-' || !digits(8, 2)) {
      return Error{Error::Code::usage, "--published is a date like 2024-05-01", ""};
    }
    out.published = published;
  }
  out.max_bytes = max_bytes;
  out.max_depth = max_depth;
  return out;
}

Result<InputReader> InputFlags::reader() const {
  auto options = read_options();
  if (!options) return options.error();
  return InputReader(files.empty() ? std::vector<std::string>{"-"} : files, format(),
                     std::move(*options));
}

}  // namespace parley::cli
