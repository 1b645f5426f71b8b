// What the commands share. A command is one file: `add_<verb>` declares its options with CLI11 and
// leaves what is to be run in `Invocation::run`; nothing is opened before parsing is over.
#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "parley/pipeline.h"
#include "parley/result.h"

namespace parley::cli {

/// The exit codes of the contract.
enum Exit : int {
  kDone = 0,
  kInternal = 1,
  kUsage = 2,
  kSomeFailed = 3,
  kNothingRead = 4,
  kInterrupted = 130,
};

struct Invocation {
  std::function<int()> run;
};

/// Options that every command with a pipeline takes.
struct PipelineFlags {
  std::string model;
  std::string codebook;
  std::vector<std::string> actors;
  std::vector<std::string> agents;
  std::vector<std::string> verbs;
  double min_confidence = Pipeline::Options().min_confidence;
  bool self_check = false;
  std::string events_by = "rules";

  void add_model(CLI::App& app);
  void add_all(CLI::App& app);
  void add_dictionaries(CLI::App& app);
  Pipeline::Options options() const;
};

// One a file, command_<verb>.cc.
void add_read(CLI::App& app, Invocation& invocation);
void add_parse(CLI::App& app, Invocation& invocation);
void add_page(CLI::App& app, Invocation& invocation);
void add_explain(CLI::App& app, Invocation& invocation);
void add_ingest(CLI::App& app, Invocation& invocation);
void add_watch(CLI::App& app, Invocation& invocation);
void add_questions(CLI::App& app, Invocation& invocation);  ///< stories, timeline, events … sql
void add_brief(CLI::App& app, Invocation& invocation);
void add_export(CLI::App& app, Invocation& invocation);
void add_eval(CLI::App& app, Invocation& invocation);
void add_codebook(CLI::App& app, Invocation& invocation);
void add_completion(CLI::App& app, Invocation& invocation);
void add_man(CLI::App& app, Invocation& invocation);

/// Prints what loading a pipeline passed over: the first few lines, then how many more there are.
void report_warnings(const Pipeline& pipeline);
/// Prints `parley: <error>` to standard error, with the option that raises the limit where one was hit.
void report(const Error& error);
/// The same, and gives the exit code that fits the error.
int fail(const Error& error);

/// The examples that `--help` and the manual pages end with.
void examples(CLI::App& app, const std::string& text);
std::string examples_of(const CLI::App& app);

}  // namespace parley::cli
