#include "cli/desk_flags.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "cli/print_table.h"
#include "cli/terminal.h"

namespace parley::cli {

void DeskFlags::add_desk(CLI::App& app) {
  app.add_option("--desk", desk, "The desk's file")->type_name("FILE")->required();
}

void DeskFlags::add_filters(CLI::App& app, const char* types) {
  const auto many = [&](const char* name, std::vector<std::string>& target, const char* help, const char* type) {
    app.add_option(name, target, help)->type_name(type)->delimiter(',')->allow_extra_args(false);
  };
  many("--actor", filter.actors, "A name, words of it, or a code like USAGOV", "NAME");
  many("--role", filter.roles, "Actors' roles: GOV, MIL, REB …", "ROLES");
  many("--country", filter.countries, "Actors' countries, ISO 3166 alpha-3", "CODES");
  app.add_option("--place", filter.place, "Where it happened")->type_name("NAME");
  app.add_option("--km", filter.km, "And so far around it, where coordinates are known")->type_name("KM")->check(CLI::NonNegativeNumber);
  app.add_option("--from", filter.from, "On or after this date")->type_name("DATE");
  app.add_option("--to", filter.to, "On or before this date")->type_name("DATE");
  if (types) many("--type", filter.types, types, "TYPES");
  many("--status", filter.statuses, "Events: actual, planned, denied …; deals: offered …; channels: open …", "STATUSES");
  app.add_option("--story", filter.story, "Of this story alone")->type_name("ID")->check(CLI::PositiveNumber);
  app.add_option("--outlet", filter.outlet, "Told by this outlet")->type_name("NAME");
  app.add_option("--min-confidence", filter.min_confidence, "Leave out events below this confidence, 0 to 1")
      ->type_name("P")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--limit", filter.limit, "Rows at most")->type_name("N")->check(CLI::Range(1, 10000000))->capture_default_str();
}

void DeskFlags::add_format(CLI::App& app) {
  app.add_option("--format", format, "Output; a table on a terminal, else jsonl")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv"}));
}

int DeskFlags::print(const Result<desk::Table>& table) const {
  if (!table) return fail(table.error());
  const std::string how = !format.empty() ? format : stdout_is_terminal() ? "table" : "jsonl";
  const std::string out = how == "table"  ? as_text(*table, terminal_width())
                          : how == "json" ? as_json(*table)
                          : how == "csv"  ? as_csv(*table)
                                          : as_jsonl(*table);
  std::fwrite(out.data(), 1, out.size(), stdout);
  return kDone;
}

}  // namespace parley::cli
