#include "cli/command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>

#include "text/unicode.h"

namespace parley::cli {
namespace {

/// Examples by command; CLI11's footer is for people and formatted by it.
std::map<const CLI::App*, std::string>& example_table() {
  static std::map<const CLI::App*, std::string> table;
  return table;
}

}  // namespace

void PipelineFlags::add_model(CLI::App& app) {
  app.add_option("--model", model, "Model file (default: the installed one, or $PARLEY_MODEL)")
      ->type_name("FILE");
  app.add_flag("--self-check", self_check, "Run the model's own sample sentences before anything else");
}

void PipelineFlags::add_all(CLI::App& app) {
  add_model(app);
  app.add_option("--codebook", codebook, "Folder laid out like data/; its files replace those of the same name")
      ->type_name("DIR");
  add_dictionaries(app);
  app.add_option("--min-confidence", min_confidence, "Leave out events below this confidence, 0 to 1")
      ->type_name("P")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  app.add_option("--events-by", events_by,
                 "What makes events: the codebook's rules, its learned companion, or both")
      ->type_name("WHO")
      ->check(CLI::IsMember({"rules", "model", "both"}))
      ->capture_default_str();
}

void PipelineFlags::add_dictionaries(CLI::App& app) {
  const auto add = [&app](const char* name, std::vector<std::string>& files, const char* help) {
    app.add_option(name, files, help)->type_name("FILE")->check(CLI::ExistingFile)->allow_extra_args(false);
  };
  add("--actors", actors, "Actor dictionary in TABARI's or PETRARCH's format, before our own; may be repeated");
  add("--agents", agents, "Agent dictionary in PETRARCH's format, before our own; may be repeated");
  add("--verbs", verbs, "Verb dictionary in PETRARCH's format (CAMEO), as rules beside the codebook's; may be repeated");
}

Pipeline::Options PipelineFlags::options() const {
  Pipeline::Options out;
  out.model = model;
  out.codebook = codebook;
  out.actors.assign(actors.begin(), actors.end());
  out.agents.assign(agents.begin(), agents.end());
  out.verbs.assign(verbs.begin(), verbs.end());
  out.min_confidence = min_confidence;
  out.self_check = self_check;
  if (events_by == "model") out.events_by = EventsBy::model;
  if (events_by == "both") out.events_by = EventsBy::both;
  return out;
}

void report_warnings(const Pipeline& pipeline) {
  constexpr std::size_t kMost = 20;
  const auto& warnings = pipeline.warnings();
  for (std::size_t i = 0; i < std::min(kMost, warnings.size()); ++i) fmt::print(stderr, "parley: {}\n", warnings[i]);
  if (warnings.size() > kMost) {
    fmt::print(stderr, "parley: and {} more; 'parley codebook check' with the same options names all\n",
               warnings.size() - kMost);
  }
}

void report(const Error& error) {
  const char* remedy = error.code == Error::Code::too_large ? " (--max-bytes, --max-ratio, --max-seconds)" : "";
  fmt::print(stderr, "parley: {}{}\n", without_invisible(error.text()), remedy);
}

int fail(const Error& error) {
  report(error);
  switch (error.code) {
    case Error::Code::usage: return kUsage;
    case Error::Code::internal: return kInternal;
    default: return kNothingRead;
  }
}

void examples(CLI::App& app, const std::string& text) {
  example_table()[&app] = text;
  app.footer("Examples:\n" + text);
}

std::string examples_of(const CLI::App& app) {
  const auto found = example_table().find(&app);
  return found == example_table().end() ? std::string() : found->second;
}

}  // namespace parley::cli
