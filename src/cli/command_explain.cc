// parley explain: why an event is there.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/inputs.h"

namespace parley::cli {
namespace {

struct Options {
  InputFlags inputs;
  PipelineFlags pipeline;
  std::string report;
  std::string event;
};

int run(Options options) {
  options.inputs.files = {options.report};
  auto reader = options.inputs.reader();
  if (!reader) return fail(reader.error());
  auto item = reader->next();
  if (!item) return fail({Error::Code::empty, "there is no report in it", options.report});
  if (!item->document) return fail(item->document.error());
  auto pipeline = Pipeline::load(options.pipeline.options());
  if (!pipeline) return fail(pipeline.error());
  auto explanation = pipeline->explain(*item->document, options.event);
  if (!explanation) return fail(explanation.error());
  fmt::print("{}\n", explanation->text);
  return kDone;
}

}  // namespace

void add_explain(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("explain", "Say why an event of a report is there");
  auto options = std::make_shared<Options>();
  command->add_option("REPORT", options->report, "The report, as given to read; - for standard input")
      ->required();
  command->add_option("EVENT-ID", options->event, "The event's id in the record: ev3")->required();
  command->add_option("--input", options->inputs.input, "What the input is")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"auto", "html", "text", "jsonl"}))
      ->capture_default_str();
  command->add_flag("--plain", options->inputs.plain, "Take the text exactly as given");
  command->add_option("--published", options->inputs.published, "When the report was published")
      ->type_name("DATE");
  options->pipeline.add_all(*command);
  examples(*command, "  parley explain report.txt ev3");
  command->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace parley::cli
