// parley brief and parley export: what a desk has, for people and for other programs.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "brief/desk_brief.h"
#include "brief/export.h"
#include "cli/command.h"
#include "cli/desk_flags.h"
#include "cli/outside.h"
#include "desk/desk.h"

namespace parley::cli {
namespace {

struct Options : DeskFlags {
  std::string query;
  std::string since;
  std::string plot;
  std::string table;
  std::string brief_format = "md";
  std::string out;
};

int run_brief(const Options& options) {
  if (options.filter.story == 0 && options.since.empty() && options.query.empty()) {
    return fail({Error::Code::usage, "brief needs --story ID, --since DATE or --query WORDS", ""});
  }
  if (options.brief_format == "pdf" && options.out.empty()) {
    return fail({Error::Code::usage, "--format pdf needs --out FILE", ""});
  }
  auto database = desk::open_for_reading(options.desk);
  if (!database) return fail(database.error());
  desk::Filter filter = options.filter;
  if (!options.since.empty()) filter.from = options.since;
  if (!options.query.empty()) {
    const auto story = story_about(*database, options.query);
    if (!story) return fail(story.error());
    filter.story = *story;
  }
  std::string title = filter.from.empty() ? "" : "Since " + filter.from;
  if (filter.story != 0) {
    const auto story = desk::stories(*database, filter, false);
    if (!story) return fail(story.error());
    if (story->rows.empty()) {
      return fail({Error::Code::not_found, fmt::format("no story {}; parley stories lists them", filter.story), options.desk});
    }
    const std::string told = std::get<std::string>(story->rows.front()[1]);
    title = title.empty() ? told : told + ": " + title;
  }
  const auto brief = desk_brief(*database, filter, title);
  if (!brief) return fail(brief.error());
  if (!options.plot.empty()) {
    const auto written = write_drawing(options.plot, brief->chart);
    if (!written) return fail(written.error());
  }
  if (options.brief_format == "pdf") {
    const auto written = write_pdf(options.out, brief_html(*brief));
    return written ? kDone : fail(written.error());
  }
  const std::string text = options.brief_format == "html" ? brief_html(*brief) : brief_markdown(*brief);
  if (!options.out.empty()) {
    const auto written = write_file(options.out, text);
    return written ? kDone : fail(written.error());
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

int run_export(const Options& options) {
  auto database = desk::open_for_reading(options.desk);
  if (!database) return fail(database.error());
  const auto write = [](std::string_view piece) { std::fwrite(piece.data(), 1, piece.size(), stdout); };
  const auto done = options.format == "csv" ? export_table(*database, options.table, write)
                                            : export_desk(*database, options.format, options.filter, write);
  if (!done) return fail(done.error());
  return kDone;
}

}  // namespace

void add_brief(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("brief", "A cited brief of a story, or of what came since a date");
  auto options = std::make_shared<Options>();
  options->add_desk(*command);
  command->add_option("--story", options->filter.story, "Of this story")->type_name("ID")->check(CLI::PositiveNumber);
  command->add_option("--since", options->since, "What happened or was told from this date on")->type_name("DATE");
  command->add_option("--query", options->query, "Of the story that most reports with these words tell")->type_name("WORDS");
  command->add_option("--limit", options->filter.limit, "Lines in a part, at most")->type_name("N")->capture_default_str();
  command->add_option("--format", options->brief_format, "pdf with weasyprint, wkhtmltopdf or chromium, where one is installed")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"md", "html", "pdf"}))
      ->capture_default_str();
  command->add_option("--out", options->out, "Write it to this file")->type_name("FILE");
  command->add_option("--plot", options->plot, "Draw the figures into this file: .svg; .png and .pdf with rsvg-convert or inkscape")->type_name("FILE");
  examples(*command,
           "  parley brief --story 3 --desk desk.db\n"
           "  parley brief --story 3 --desk desk.db --format html --out brief.html\n"
           "  parley brief --query 'grain ships' --since 2024-05-01 --desk desk.db > brief.md");
  command->callback([&invocation, options] { invocation.run = [options] { return run_brief(*options); }; });
}

void add_export(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("export", "Events for other programs: PLOVER, CAMEO, GDELT, UCDP, GeoJSON, RDF, records, tables");
  auto options = std::make_shared<Options>();
  options->add_desk(*command);
  options->add_filters(*command, "PLOVER types: ASSAULT, AGREE …");
  std::vector<std::string> formats = export_formats();
  formats.emplace_back("csv");
  command->add_option("--format", options->format, "Which format; docs/desk.md has their columns; csv is a whole table, without filters")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(formats))
      ->required();
  command->add_option("--table", options->table, "Which of the desk's tables, for csv: event, statement, figure, report …")->type_name("NAME");
  examples(*command,
           "  parley export --format plover --desk desk.db > events.jsonl\n"
           "  parley export --format ucdp --from 2024-01-01 --desk desk.db > deaths.csv\n"
           "  parley export --format csv --table figure --desk desk.db > figures.csv");
  command->callback([&invocation, options] { invocation.run = [options] { return run_export(*options); }; });
}

}  // namespace parley::cli
