// parley explain: why an event is there.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/inputs.h"
#include "desk/ask.h"
#include "desk/desk.h"
#include "desk/record_rows.h"

namespace parley::cli {
namespace {

struct Options {
  InputFlags inputs;
  PipelineFlags pipeline;
  std::string report;
  std::string event;
  std::string desk;
};

/// A report of a desk: `REPORT EVENT-ID`, or both in one as the desk's answers have them, `REPORT/EVENT-ID`.
int run_desk(Options options) {
  const std::size_t slash = options.report.rfind('/');
  if (options.event.empty() && slash != std::string::npos) {
    options.event = options.report.substr(slash + 1);
    options.report.resize(slash);
  }
  auto database = desk::open_for_reading(options.desk);
  if (!database) return fail(database.error());
  const auto number = desk::report_number(*database, options.report);
  if (!number) return fail(number.error());
  const auto document = desk::load_document(*database, *number);
  if (!document) return fail(document.error());
  auto pipeline = Pipeline::load(options.pipeline.options());
  if (!pipeline) return fail(pipeline.error());
  auto explanation = pipeline->explain(*document, options.event);
  if (!explanation) return fail(explanation.error());
  fmt::print("{}\n", explanation->text);
  return kDone;
}

int run(Options options) {
  if (!options.desk.empty()) return run_desk(std::move(options));
  if (options.event.empty()) return fail({Error::Code::usage, "explain needs a report and an event's id: parley explain report.txt ev3", ""});
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
  command->add_option("EVENT-ID", options->event, "The event's id in the record: ev3");
  command->add_option("--desk", options->desk, "Take the report from this desk; REPORT is its id, or REPORT/ev3")->type_name("FILE");
  command->add_option("--input", options->inputs.input, "What the input is")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"auto", "html", "text", "jsonl"}))
      ->capture_default_str();
  command->add_flag("--plain", options->inputs.plain, "Take the text exactly as given");
  command->add_option("--published", options->inputs.published, "When the report was published")
      ->type_name("DATE");
  options->pipeline.add_all(*command);
  examples(*command, "  parley explain report.txt ev3\n"
           "  parley explain coast-1/ev2 --desk desk.db");
  command->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace parley::cli
