// The command line. Parses, runs one command, says how it went.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <new>
#include <system_error>

#include "cli/command.h"
#include "cli/terminal.h"
#include "parley/pipeline.h"
#include "parley/version.h"

namespace parley::cli {
namespace {

/// Version, and which weights and data files: two runs with the same line give the same records.
int print_version() {
  fmt::print("parley {}\n", version());
  auto pipeline = Pipeline::load({});
  if (!pipeline) {
    fmt::print("model and codebook: {}\n", pipeline.error().text());
    return kDone;
  }
  fmt::print("model {}\ncodebook {}\n", pipeline->model_fingerprint(), pipeline->codebook_fingerprint());
  return kDone;
}

/// What was printed may fail to arrive at any time before the end: a full disk is noticed once for all commands.
int with_output_written(int code) {
  const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (written || code == kInterrupted) return code;
  return fail({Error::Code::internal, "writing to standard output failed: is the disk full? What was written may be cut off", ""});
}

int run(int argc, char** argv) {
  CLI::App app("Reads news reports about conflicts and their mediation and keeps the record", "parley");
  app.set_help_all_flag("--help-all", "Help on every command");
  bool version = false;
  app.add_flag("--version", version, "Version, and the fingerprints of model and codebook");
  Invocation invocation;
  add_read(app, invocation);
  add_page(app, invocation);
  add_parse(app, invocation);
  add_explain(app, invocation);
  add_ingest(app, invocation);
  add_watch(app, invocation);
  add_questions(app, invocation);
  add_brief(app, invocation);
  add_export(app, invocation);
  add_eval(app, invocation);
  add_codebook(app, invocation);
  add_completion(app, invocation);
  add_man(app, invocation);
  app.require_subcommand(0, 1);
  examples(app,
           "  parley read report.txt\n"
           "  parley read --input jsonl --format jsonl < reports.jsonl > records.jsonl\n"
           "  parley explain report.txt ev3");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help) == 0 ? kDone : kUsage;
  } catch (const CLI::CallForAllHelp& help) {
    return app.exit(help) == 0 ? kDone : kUsage;
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "parley: {}\nTry 'parley --help', or --help after a command.\n", error.what());
    return kUsage;
  }
  if (version) return print_version();
  if (!invocation.run) {
    fmt::print("{}", app.help());
    return kUsage;
  }
  catch_interrupts();
  return invocation.run();
}

}  // namespace
}  // namespace parley::cli

int main(int argc, char** argv) {
  try {
    return parley::cli::with_output_written(parley::cli::run(argc, argv));
  } catch (const std::system_error& error) {  // fmt's, when it cannot print
    fmt::print(stderr, "parley: {}; is the disk full?\n", error.what());
  } catch (const std::bad_alloc&) {
    std::fputs("parley: out of memory; lower --max-bytes or --threads\n", stderr);
  } catch (const std::exception& error) {
    fmt::print(stderr, "parley: internal error: {}\n", error.what());
  }
  return parley::cli::kInternal;
}
