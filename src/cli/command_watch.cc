// parley watch: feeds into a desk, again and again.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <thread>

#include "cli/command.h"
#include "cli/terminal.h"
#include "parley/pipeline.h"
#include "parley/version.h"
#include "watch/watch.h"

namespace parley::cli {
namespace {

struct Options {
  PipelineFlags pipeline;
  std::vector<std::string> feeds;
  std::string desk;
  std::string agent;
  bool once = false;
  bool print_ids = false;
  double every = 900;
  double delay = 2;
  double timeout = 60;
  int retries = 3;
  std::size_t sitemaps = 10;
  std::size_t limit = 0;
  std::size_t max_bytes = std::size_t{16} << 20;
};

/// Sleeps, and wakes up when the user wants to stop.
void sleep_for(double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (!interrupted() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

int run(const Options& options) {
  for (const double seconds : {options.every, options.delay, options.timeout}) {  // "nan" is in every range
    if (!std::isfinite(seconds)) return fail(Error{Error::Code::usage, "--every, --delay and --timeout are numbers of seconds", ""});
  }
  auto cues = load_cues(Pipeline::default_data_path() / "page");
  if (!cues) return fail(cues.error());
  auto pipeline = Pipeline::load(options.pipeline.options());
  if (!pipeline) return fail(pipeline.error());
  desk::Writer::Options how;
  how.background = Pipeline::default_data_path() / "story" / "background.tsv";
  auto writer = desk::Writer::open(options.desk, how);
  if (!writer) return fail(writer.error());

  watch::WatchOptions watch;
  watch.fetch.agent = options.agent.empty() ? fmt::format("parley/{}", version()) : options.agent;
  watch.fetch.seconds = options.timeout;
  watch.fetch.max_bytes = options.max_bytes;
  watch.read.cues = std::move(*cues);
  watch.read.max_bytes = options.max_bytes;
  watch.host_delay = options.delay;
  watch.retries = options.retries;
  watch.sitemaps = options.sitemaps;
  watch.limit = options.limit;
  watch.stop = [] { return interrupted(); };
  watch.stored = [&](const desk::Stored& stored) {
    if (options.print_ids) {
      fmt::print("{}\n", stored.key);
    } else {
      fmt::print("{} {}\n", stored.outcome == desk::Outcome::updated ? fmt::format("version {}:", stored.version) : "new:", stored.key);
      for (const desk::ChangeNote& change : stored.changes) fmt::print("  {}\n", change.note);
    }
    std::fflush(stdout);
  };
  watch.failed = [](const Error& error) { report(error); };
  for (;;) {
    Result<watch::WatchSummary> summary = [&] {
      Progress progress("addresses");
      watch.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
      return watch::watch_round(options.feeds, *writer, [&](const Document& d) { return pipeline->read(d); }, watch);
    }();
    if (!summary) return fail(summary.error());
    if (!options.print_ids) {
      fmt::print("{} new reports, {} newer versions, {} stored already, {} feeds unchanged, {} not allowed, {} failed\n", summary->added,
                 summary->updated, summary->unchanged, summary->feeds_unchanged, summary->disallowed, summary->failed);
      std::fflush(stdout);
    }
    if (!summary->stopped && !options.once) sleep_for(options.every);
    if (interrupted()) {
      fmt::print(stderr, "parley: interrupted; run the same command again to go on where it stopped\n");
      return kInterrupted;
    }
    if (!options.once) continue;
    if (summary->failed == 0) return kDone;
    return summary->added + summary->updated + summary->unchanged + summary->feeds_unchanged == 0 ? kNothingRead : kSomeFailed;
  }
}

}  // namespace

void add_watch(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("watch", "Look at feeds again and again, and store what is new in a desk");
  auto options = std::make_shared<Options>();
  command->add_option("FEED", options->feeds, "Addresses of RSS, Atom or JSON feeds and of news sitemaps or indexes of them")->required();
  command->add_option("--desk", options->desk, "The desk's file; made if it is not there")->type_name("FILE")->required();
  command->add_flag("--once", options->once, "Look once and end");
  command->add_option("--every", options->every, "Seconds between two rounds")
      ->type_name("S")
      ->check(CLI::Range(1.0, 1e7))
      ->capture_default_str();
  command->add_option("--limit", options->limit, "New reports in a round, at most; 0: any")->type_name("N")->capture_default_str();
  command->add_option("--sitemaps", options->sitemaps, "Sitemaps to follow of an index that names others, the newest first")
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--delay", options->delay, "Seconds between two requests to one host; more where its robots.txt asks for more")
      ->type_name("S")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
  command->add_option("--retries", options->retries, "Tries after the first one, later and later, before an address is put off")
      ->type_name("N")
      ->check(CLI::Range(0, 20))
      ->capture_default_str();
  command->add_option("--timeout", options->timeout, "Seconds for one answer")
      ->type_name("S")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  command->add_option("--max-bytes", options->max_bytes, "Refuse an answer over this size, unpacked")->type_name("N")->capture_default_str();
  command->add_option("--agent", options->agent, "What to call oneself; say how you can be reached (default: parley and its version)")
      ->type_name("NAME");
  command->add_flag("--print-ids", options->print_ids, "Print each report's id once it is stored for good, and nothing else");
  options->pipeline.add_all(*command);
  examples(*command,
           "  parley watch https://example.org/rss.xml --desk desk.db --agent 'parley/0.1 (desk@example.org)'\n"
           "  parley watch https://example.org/news.xml https://example.net/feed.json --desk desk.db --once --limit 50");
  command->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace parley::cli
