// parley codebook: what can be said of data files without reading a report.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/terminal.h"
#include "knowledge/codebook.h"
#include "knowledge/knowledge.h"
#include "language/language.h"

namespace parley::cli {
namespace {

struct Options {
  std::string folder;
  std::string model;
  bool no_model = false;
  PipelineFlags dictionaries;
};

int check(const Options& options) {
  const std::filesystem::path data = Pipeline::default_data_path();
  std::error_code failed;
  if (!options.folder.empty() && !std::filesystem::is_directory(options.folder, failed)) {
    return fail({Error::Code::not_found, "there is no such folder; give one laid out like data/", options.folder});
  }
  // The senses that the model can emit, so that rules that only their lemma can wake are named.
  std::vector<std::string> senses;
  bool with_senses = false;
  if (!options.no_model) {
    auto language = Language::load(
        options.model.empty() ? Pipeline::default_model_path() : std::filesystem::path(options.model), {});
    if (!language) return fail(language.error());
    senses = language->senses();
    with_senses = true;
  }
  Diagnostics all;
  const Pipeline::Options given = options.dictionaries.options();
  Knowledge::load(data, options.folder, all, {given.actors, given.agents, given.verbs});
  const std::size_t loading = all.all().size();
  const Diagnostics codebook = check_codebook(data, options.folder, with_senses ? &senses : nullptr);
  std::size_t errors = 0;
  std::size_t warnings = 0;
  const auto print = [&](const Diagnostic& each) {
    fmt::print("{}\n", each.text());
    errors += each.severity == Diagnostic::Severity::error;
    warnings += each.severity == Diagnostic::Severity::warning;
  };
  for (std::size_t i = 0; i < loading; ++i) {
    // The codebook's own files are reported once, by the checker, which sees more.
    if (all.all()[i].file.find("codebook/") == std::string::npos) print(all.all()[i]);
  }
  for (const Diagnostic& each : codebook.all()) print(each);
  fmt::print("{} errors, {} warnings\n", errors, warnings);
  return errors > 0 ? kNothingRead : kDone;
}

}  // namespace

void add_codebook(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("codebook", "Check the codebook and the other data files");
  command->require_subcommand(1);
  CLI::App* check_command = command->add_subcommand(
      "check", "Name every mistake in the data files, with file, line and column, in one run");
  auto options = std::make_shared<Options>();
  check_command->add_option("DIR", options->folder,
                            "A folder laid out like data/, whose files replace those of the same name; Parley's "
                            "own data alone when none is named");
  check_command->add_option("--model", options->model, "Model whose senses rules are held against")->type_name("FILE");
  check_command->add_flag("--no-model", options->no_model, "Do not hold rules against a model's senses");
  options->dictionaries.add_dictionaries(*check_command);
  examples(*command, "  parley codebook check\n  parley codebook check my-data");
  examples(*check_command,
           "  parley codebook check\n  parley codebook check my-data\n"
           "  parley codebook check --verbs CAMEO.2.0.txt --agents Phoenix.agents.txt");
  check_command->callback([&invocation, options] { invocation.run = [options] { return check(*options); }; });
}

}  // namespace parley::cli
