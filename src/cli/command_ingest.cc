// parley ingest: reports into a desk.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "desk/ingest.h"

namespace parley::cli {
namespace {

struct Options {
  InputFlags inputs;
  PipelineFlags pipeline;
  std::string desk;
  std::string format = "summary";
  bool print_ids = false;
  unsigned threads = 0;
  std::size_t batch = 256;
  double threshold = 0.0;
};

/// The size of all files, for the time left; 0 when it is not known.
std::uint64_t size_of(const std::vector<std::string>& files) {
  std::uint64_t out = 0;
  for (const std::string& file : files) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    if (failure) return 0;
    out += size;
  }
  return out;
}

std::string line_of(const desk::Stored& stored) {
  nlohmann::ordered_json changes = nlohmann::ordered_json::array();
  for (const desk::ChangeNote& change : stored.changes) changes.push_back({{"kind", change.kind}, {"note", change.note}});
  const nlohmann::ordered_json out{{"id", stored.key},
                                   {"report", stored.report},
                                   {"outcome", desk::name(stored.outcome)},
                                   {"version", stored.version},
                                   {"story", stored.story},
                                   {"copy_of", stored.original ? nlohmann::ordered_json(stored.original) : nullptr},
                                   {"changes", changes}};
  return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

int run(const Options& options) {
  auto reader = options.inputs.reader();
  if (!reader) return fail(reader.error());
  auto pipeline = Pipeline::load(options.pipeline.options());
  if (!pipeline) return fail(pipeline.error());
  desk::Writer::Options how;
  how.background = Pipeline::default_data_path() / "story" / "background.tsv";
  if (options.threshold > 0.0) how.clusters.threshold = options.threshold;
  auto writer = desk::Writer::open(options.desk, how);
  if (!writer) return fail(writer.error());

  Progress progress("reports");
  const std::uint64_t size = size_of(options.inputs.files);
  desk::IngestOptions ingest;
  ingest.threads = options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  ingest.batch = options.batch;
  ingest.sources = options.inputs.files;
  ingest.sources.emplace_back("-");
  ingest.stop = [] { return interrupted(); };
  ingest.stored = [&](const desk::Stored& stored) {
    if (options.print_ids) {
      fmt::print("{}\n", stored.key);
      std::fflush(stdout);
    } else if (options.format == "jsonl") {
      fmt::print("{}\n", line_of(stored));
      std::fflush(stdout);
    } else if (stored.outcome == desk::Outcome::updated) {
      fmt::print("{}: version {}\n", stored.key, stored.version);
      for (const desk::ChangeNote& change : stored.changes) fmt::print("  {}\n", change.note);
    }
  };
  ingest.failed = [](const std::string&, const Error& error) { report(error); };
  ingest.progress = [&](std::uint64_t done, std::uint64_t bytes) {
    const double share = bytes > 0 && size > bytes ? static_cast<double>(size) / static_cast<double>(bytes) : 1.0;
    progress.show(done, size > 0 ? static_cast<std::uint64_t>(static_cast<double>(done) * share) : 0);
  };
  const auto print = [&](const desk::IngestSummary& summary) {
    if (options.print_ids || options.format == "jsonl") return;
    fmt::print("{} new reports, {} newer versions, {} stored already, {} failed\n", summary.added, summary.updated, summary.unchanged,
               summary.failed);
  };
  ingest.stopped = [&](const desk::IngestSummary& summary) {
    print(summary);
    leave_interrupted("run the same command again to go on where it stopped");
  };
  auto summary = desk::ingest(std::move(*reader), *pipeline, *writer, ingest);
  if (!summary) return fail(summary.error());
  print(*summary);
  if (summary->failed == 0) return kDone;
  return summary->added + summary->updated + summary->unchanged == 0 ? kNothingRead : kSomeFailed;
}

}  // namespace

void add_ingest(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("ingest", "Read reports and store them with their records in a desk");
  auto options = std::make_shared<Options>();
  options->inputs.add(*command);
  command->add_option("--desk", options->desk, "The desk's file; made if it is not there")->type_name("FILE")->required();
  command->add_option("--format", options->format, "What to print: a summary, or a line for each report once it is stored")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"summary", "jsonl"}))
      ->capture_default_str();
  command->add_flag("--print-ids", options->print_ids, "Print each report's id once it is stored for good");
  command->add_option("--threads", options->threads, "Reports read at once (default: all cores)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  command->add_option("--batch", options->batch, "Reports in one commit, at most")
      ->type_name("N")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command->add_option("--story-threshold", options->threshold, "How alike reports of one story are on average (default 0.125)")
      ->type_name("X")
      ->check(CLI::Range(0.0, 1.0));
  options->pipeline.add_all(*command);
  examples(*command,
           "  parley ingest reports/*.txt --desk desk.db\n"
           "  parley ingest --input jsonl archive.jsonl --desk desk.db --format jsonl");
  command->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace parley::cli
