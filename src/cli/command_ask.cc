// The questions to a desk that are answered with a table: stories, timeline, events, statements, figures, deals,
// channels, discrepancies, search, diff, sql. They take the same filters and print the same ways.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "brief/plot.h"
#include "cli/command.h"
#include "cli/desk_flags.h"
#include "cli/outside.h"
#include "desk/desk.h"

namespace parley::cli {
namespace {

struct Options : DeskFlags {
  bool reports = false;
  std::string words;
  std::string plot;
};

using Answer = Result<desk::Table> (*)(desk::Database&, const Options&);

struct Verb {
  const char* name;
  const char* help;
  const char* types;  ///< what --type names, or null
  Answer answer;
  const char* examples;
};

const Verb kVerbs[] = {
    {"stories", "Which stories the reports tell", nullptr,
     [](desk::Database& d, const Options& o) { return desk::stories(d, o.filter, o.reports); },
     "  parley stories --desk desk.db\n"
     "  parley stories --reports --desk desk.db --format jsonl"},
    {"timeline", "What happened, each happening once, with who tells of it", "PLOVER types: ASSAULT, AGREE …",
     [](desk::Database& d, const Options& o) { return desk::timeline(d, o.filter); },
     "  parley timeline --story 3 --desk desk.db\n"
     "  parley timeline --actor \"Saudi Arabia\" --from 2024-05-01 --desk desk.db"},
    {"events", "Events as the reports tell them", "PLOVER types: ASSAULT, AGREE …",
     [](desk::Database& d, const Options& o) { return desk::events(d, o.filter); },
     "  parley events --country SDN --type ASSAULT --status actual --desk desk.db --format csv"},
    {"statements", "Who said what", "Acts: accuse, deny, demand …",
     [](desk::Database& d, const Options& o) { return desk::statements(d, o.filter); },
     "  parley statements --actor Guterres --type demand --desk desk.db"},
    {"figures", "Figures by series and date, and what each changed", "Measures: killed, displaced, aid …",
     [](desk::Database& d, const Options& o) { return desk::figures(d, o.filter); },
     "  parley figures --type killed --story 3 --desk desk.db --plot toll.svg"},
    {"deals", "Proposals: their terms, version by version, and where the parties stand", nullptr,
     [](desk::Database& d, const Options& o) { return desk::deals(d, o.filter); },
     "  parley deals --story 3 --desk desk.db"},
    {"channels", "Crossings, ports, corridors, convoys: open or closed", "Kinds: crossing, port, convoy …",
     [](desk::Database& d, const Options& o) { return desk::channels(d, o.filter); },
     "  parley channels --status closed --from 2024-05-01 --desk desk.db"},
    {"discrepancies", "Where reports disagree, weightiest first", "Kinds: figure, happened, who, when, where",
     [](desk::Database& d, const Options& o) { return desk::discrepancies(d, o.filter); },
     "  parley discrepancies --story 3 --desk desk.db"},
    {"search", "Reports with these words", "With an event of these PLOVER types",
     [](desk::Database& d, const Options& o) { return desk::search(d, o.words, o.filter); },
     "  parley search 'ceasefire AND (grain OR port) NOT football' --desk desk.db\n"
     "  parley search '\"exchange of prisoners\"' --country RUS --type AGREE --desk desk.db"},
    {"diff", "What is new since a date: happenings, updates, discrepancies, stories", nullptr,
     [](desk::Database& d, const Options& o) { return desk::news(d, o.filter); },
     "  parley diff --since 2024-05-01 --desk desk.db"},
    {"sql", "A SELECT on the desk; docs/desk.md has the tables", nullptr,
     [](desk::Database& d, const Options& o) { return desk::sql(d, o.words, o.filter.limit); },
     "  parley sql 'SELECT publisher, count(*) FROM report GROUP BY 1' --desk desk.db\n"
     "  parley sql 'SELECT report_text(id) FROM report LIMIT 1' --desk desk.db"},
};

int run(const Options& options, Answer answer) {
  auto database = desk::open_for_reading(options.desk);
  if (!database) return fail(database.error());
  const auto table = answer(*database, options);
  if (table && !options.plot.empty()) {
    const auto written = write_drawing(options.plot, plot_svg(*table));
    if (!written) return fail(written.error());
  }
  return options.print(table);
}

}  // namespace

void add_questions(CLI::App& app, Invocation& invocation) {
  for (const Verb& verb : kVerbs) {
    CLI::App* command = app.add_subcommand(verb.name, verb.help);
    auto options = std::make_shared<Options>();
    const std::string name = verb.name;
    if (name == "search") {
      command->add_option("WORDS", options->words, "Words, \"phrases\", AND, OR, NOT, prefix*")->required();
    }
    if (name == "sql") {
      command->add_option("SELECT", options->words, "One statement; only reading is possible")->required();
      options->filter.limit = 10000;
    }
    options->add_desk(*command);
    if (name == "diff") {
      command->add_option("--since", options->filter.from, "What reports from this date on brought")->type_name("DATE")->required();
      command->add_option("--story", options->filter.story, "Of this story alone")->type_name("ID");
      command->add_option("--outlet", options->filter.outlet, "Told by this outlet")->type_name("NAME");
      command->add_option("--limit", options->filter.limit, "Rows at most")->type_name("N")->capture_default_str();
    } else if (name == "sql") {
      command->add_option("--limit", options->filter.limit, "Rows at most")->type_name("N")->capture_default_str();
    } else {
      options->add_filters(*command, verb.types);
    }
    if (name == "stories") command->add_flag("--reports", options->reports, "A row for each report: its id and story");
    if (name == "figures") command->add_option("--plot", options->plot, "Draw the series into this file: .svg; .png and .pdf with rsvg-convert or inkscape")->type_name("FILE");
    options->add_format(*command);
    examples(*command, verb.examples);
    command->callback([&invocation, options, answer = verb.answer] {
      invocation.run = [options, answer] { return run(*options, answer); };
    });
  }
}

}  // namespace parley::cli
