// parley man: the manual pages, made from the options themselves (roff, man(7)).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <memory>
#include <string>

#include "cli/command.h"
#include "parley/version.h"

namespace parley::cli {
namespace {

std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_start = c == '\n';
  }
  return out;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

void options_of(const CLI::App& app, std::string& out) {
  std::string positional;
  std::string flags;
  for (const CLI::Option* option : app.get_options()) {
    std::string entry;
    if (option->get_positional()) {
      entry = fmt::format(".TP\n.I {}\n{}\n", roff(option->get_name(true)), roff(option->get_description()));
      positional += entry;
    } else {
      std::string names;
      for (const std::string& name : option->get_snames()) names += (names.empty() ? "-" : ", -") + name;
      for (const std::string& name : option->get_lnames()) names += (names.empty() ? "--" : ", --") + name;
      std::string value = !option->get_type_name().empty() ? " \\fI" + roff(option->get_type_name()) + "\\fR" : "";
      const std::string fallback = option->get_default_str();
      flags += fmt::format(".TP\n\\fB{}\\fR{}\n{}{}\n", roff(names), value, roff(option->get_description()),
                           fallback.empty() ? "" : roff(" (default: " + fallback + ")"));
    }
  }
  if (!positional.empty()) out += ".SH ARGUMENTS\n" + positional;
  if (!flags.empty()) out += ".SH OPTIONS\n" + flags;
}

std::string page(const CLI::App& app, const std::string& title, bool root) {
  std::string out = fmt::format(".TH {} 1 \"\" \"parley {}\" \"Parley\"\n", roff(upper(title)), version());
  out += fmt::format(".SH NAME\n{} \\- {}\n", roff(title), roff(app.get_description()));
  std::string synopsis = title;
  std::replace(synopsis.begin(), synopsis.end(), '-', ' ');
  out += fmt::format(".SH SYNOPSIS\n.B {}\n{}\n", roff(synopsis),
                     root ? "\\fICOMMAND\\fR [\\fIOPTION\\fR]..." : "[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...");
  options_of(app, out);
  std::string commands;
  for (const CLI::App* each : app.get_subcommands({})) {
    if (each->get_group().empty()) continue;
    commands += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(each->get_name()), roff(each->get_description()));
  }
  if (!commands.empty()) out += ".SH COMMANDS\n" + commands;
  const std::string shown = examples_of(app);
  if (!shown.empty()) out += ".SH EXAMPLES\n.nf\n" + roff(shown) + "\n.fi\n";
  out +=
      ".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\ninternal error\n.TP\n2\nusage\n"
      ".TP\n3\nsome inputs failed, the rest was done\n.TP\n4\nnothing could be read\n"
      ".TP\n130\ninterrupted, resumable\n";
  out +=
      ".SH ENVIRONMENT\n.TP\nPARLEY_MODEL, PARLEY_DATA\nwhere the model file and the data folder are\n"
      ".TP\nNO_COLOR\nno colour, even on a terminal\n";
  return out;
}

const CLI::App* find(const CLI::App& root, const std::string& name) {
  for (const CLI::App* each : root.get_subcommands({})) {
    if (each->get_name() == name) return each;
  }
  return nullptr;
}

}  // namespace

void add_man(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("man", "Print a manual page");
  auto verb = std::make_shared<std::string>();
  command->add_option("COMMAND", *verb, "Of which command; parley's own when none is named");
  examples(*command, "  parley man read | man -l -");
  command->callback([&invocation, &app, verb] {
    invocation.run = [&app, verb]() -> int {
      if (verb->empty()) {
        fmt::print("{}", page(app, "parley", true));
        return kDone;
      }
      const CLI::App* found = find(app, *verb);
      if (!found) return fail({Error::Code::usage, fmt::format("no command '{}'; see parley --help", *verb), ""});
      fmt::print("{}", page(*found, "parley-" + *verb, false));
      return kDone;
    };
  });
}

}  // namespace parley::cli
