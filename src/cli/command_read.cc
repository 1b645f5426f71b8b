// parley read: reports in, their records out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "brief/json.h"
#include "brief/render_html.h"
#include "brief/render_markdown.h"
#include "brief/render_text.h"
#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "page/ordered.h"

namespace parley::cli {
namespace {

struct Options {
  InputFlags inputs;
  PipelineFlags pipeline;
  std::string format;
  std::vector<std::string> only;
  unsigned threads = 0;
};

struct Done {
  std::string id;
  std::optional<Error> error;
  std::optional<Record> record;
  bool link_only = false;
};

std::string render(const Record& record, const Options& options) {
  JsonOptions json;
  json.only = options.only;
  if (options.format == "jsonl") return to_json(record, json) + '\n';
  if (options.format == "json") {
    json.pretty = true;
    return to_json(record, json) + '\n';
  }
  if (options.format == "md") return to_markdown(record);
  if (options.format == "html") return to_html(record);
  TextOptions text;
  text.colour = colour_wanted();
  text.width = std::min<std::size_t>(terminal_width(), 120);
  return to_text(record, text);
}

int run(Options options) {
  if (options.format.empty()) {
    // A batch by what is known of it before it is opened.
    const Format given = options.inputs.format();
    const auto& files = options.inputs.files;
    std::error_code failed;
    const bool lines = given == Format::jsonl || given == Format::json || given == Format::feed || given == Format::warc ||
                       files.size() > 1 || (files.size() == 1 && std::filesystem::is_directory(files.front(), failed));
    options.format = stdout_is_terminal() ? "text" : lines ? "jsonl" : "json";
  }
  for (const std::string& key : options.only) {
    if (std::find(record_keys().begin(), record_keys().end(), key) == record_keys().end()) {
      return fail({Error::Code::usage,
                   fmt::format("--only knows no '{}'; it takes {}", key, fmt::join(record_keys(), ", ")), ""});
    }
  }
  auto reader = options.inputs.reader();
  if (!reader) return fail(reader.error());
  auto pipeline = Pipeline::load(options.pipeline.options());
  if (!pipeline) return fail(pipeline.error());
  report_warnings(*pipeline);

  const unsigned threads = options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  Progress progress("reports");
  BatchNotes notes;
  OrderedWork<Done> work(std::move(*reader), threads, [&pipeline, seconds = options.inputs.max_seconds](RawReport raw) {
    InputItem item = read_report(std::move(raw));
    Done out{std::move(item.id), std::nullopt, std::nullopt, item.link_only};
    if (item.document) {
      Result<Record> record = pipeline->read_within(*item.document, seconds);
      if (record) {
        out.record = std::move(*record);
      } else {
        out.error = record.error();
      }
    } else {
      out.error = item.document.error();
    }
    return out;
  });
  std::optional<Done> item;
  while (work.next(item)) {
    if (interrupted()) leave_interrupted(done, "reports");
    if (!item) continue;
    ++done;
    if (item->record) notes.saw(item->record->document, item->link_only);
    if (item->error) {
      ++failed;
      report(*item->error);
      if (options.format == "jsonl" || options.format == "json") {
        fmt::print("{}\n", error_json(item->id, *item->error));
      }
    } else {
      if (done > 1 && (options.format == "text" || options.format == "md")) fmt::print("\n");
      const std::string out = render(*item->record, options);
      std::fwrite(out.data(), 1, out.size(), stdout);
    }
    progress.show(done);
  }
  notes.report(work.passed_over());
  if (done == failed) return kNothingRead;
  return failed > 0 ? kSomeFailed : kDone;
}

}  // namespace

void add_read(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("read", "Read reports and print their records");
  auto options = std::make_shared<Options>();
  options->inputs.add(*command);
  command
      ->add_option("--format", options->format,
                   "Output; on a terminal text, else json, or jsonl for several files, a folder, or what --input says is a batch")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"json", "jsonl", "md", "html", "text"}));
  command->add_option("--only", options->only, "Print these parts alone: document,events,figures …")
      ->type_name("KEYS")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--jobs,--threads", options->threads, "Reports read at once (default: all cores)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  options->pipeline.add_all(*command);
  examples(*command,
           "  parley read report.txt\n"
           "  parley read --format json --only events,figures page.html\n"
           "  parley read --input jsonl --format jsonl < reports.jsonl > records.jsonl\n"
           "  parley read --format jsonl --only events CC-NEWS-20240501.warc.gz > events.jsonl");
  command->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace parley::cli
