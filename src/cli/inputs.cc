#include "cli/inputs.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>

#include "cli/terminal.h"
#include "page/cues.h"
#include "parley/pipeline.h"

namespace parley::cli {

void InputFlags::add(CLI::App& app, Kind kind) {
  app.add_option("FILE", files,
                 "Files, folders (walked) or quoted patterns; standard input when there is none, or for -. "
                 "gzip and zstd are unpacked");
  std::vector<std::string> formats{"auto", "html", "text", "jsonl", "json", "warc", "feed"};
  if (kind == Kind::raw) formats.push_back("conllu");
  app.add_option("--input", input,
                 "What the input is; feed is RSS, Atom, JSON Feed or a news sitemap, json an array or an object")
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
  app.add_option("--max-ratio", max_ratio, "Give up a gzip or zstd member that unpacks to more times its size; 0: never")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--max-seconds", max_seconds, "Give up a report that takes longer, or a FIFO nobody writes to; 0: never")
      ->type_name("S")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
}

Format InputFlags::format() const {
  if (input == "html") return Format::html;
  if (input == "text") return Format::text;
  if (input == "jsonl") return Format::jsonl;
  if (input == "json") return Format::json;
  if (input == "warc") return Format::warc;
  if (input == "feed") return Format::feed;
  return Format::automatic;
}

Result<ReadOptions> InputFlags::read_options() const {
  auto cues = load_cues(Pipeline::default_data_path() / "page");
  if (!cues) return cues.error();
  ReadOptions out;
  out.cues = std::move(*cues);
  out.plain = plain;
  if (!published.empty()) {
    constexpr std::size_t kDay = 10;
    const std::optional<std::string> date = page::tidy_iso_date(published);
    // A day at least, and nothing that tidying had to leave out.
    if (!date || date->size() < kDay || (published.size() != date->size() && date->size() == kDay)) {
      return Error{Error::Code::usage, "--published is a date like 2024-05-01, not '" + published + "'", ""};
    }
    out.published = date;
  }
  for (const double limit : {max_ratio, max_seconds}) {
    if (!std::isfinite(limit)) return Error{Error::Code::usage, "--max-ratio and --max-seconds are numbers; 0 for no limit", ""};
  }
  out.max_bytes = max_bytes;
  out.max_depth = max_depth;
  out.max_ratio = max_ratio;
  out.max_seconds = max_seconds;
  return out;
}

Result<InputReader> InputFlags::reader() const {
  auto options = read_options();
  if (!options) return options.error();
  return InputReader(files.empty() ? std::vector<std::string>{"-"} : files, format(),
                     std::move(*options));
}

void BatchNotes::saw(const Document& document, bool link_only) {
  links_ += link_only;
  if (!document.language) return;
  std::string language = document.language->substr(0, document.language->find_first_of("-_"));
  for (char& c : language) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  if (language != "en") ++languages_[language];
}

void BatchNotes::report(std::uint64_t passed_over) const {
  if (links_ > 0) {
    fmt::print(stderr, "parley: {} of the reports had only a title and a link: fetch their pages to read more\n", links_);
  }
  if (!languages_.empty()) {
    std::string list;
    for (const auto& [language, count] : languages_) {
      list += (list.empty() ? "" : ", ") + language + ' ' + std::to_string(count);
    }
    fmt::print(stderr, "parley: reports in other languages than the model's, English, were read all the same: {}\n", list);
  }
  if (passed_over > 0 && stderr_is_terminal()) {
    fmt::print(stderr, "parley: {} records or files are no reports (pictures, requests, scripts) and were passed over\n",
               passed_over);
  }
}

}  // namespace parley::cli
