// parley completion: tab completion for shells, made from the options themselves.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"

namespace parley::cli {
namespace {

/// "{a,b,c}" out of an option's description of its values, for completing them.
std::vector<std::string> values_of(const CLI::Option& option) {
  std::vector<std::string> out;
  const std::string type = option.get_type_name();
  const auto open = type.find('{');
  const auto close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return out;
  std::string value;
  for (std::size_t i = open + 1; i < close; ++i) {
    if (type[i] == ',') {
      out.push_back(std::move(value));
      value.clear();
    } else {
      value += type[i];
    }
  }
  if (!value.empty()) out.push_back(std::move(value));
  return out;
}

std::vector<std::string> flags_of(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
  }
  return out;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  std::vector<const CLI::App*> out;
  for (const CLI::App* each : app.get_subcommands({})) {
    if (!each->get_group().empty()) out.push_back(each);
  }
  return out;
}

std::string bash(const CLI::App& root) {
  std::string out =
      "# bash completion for parley: source this, or put it into /etc/bash_completion.d\n"
      "_parley() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]}\n"
      "  COMPREPLY=()\n";
  std::string verbs;
  for (const CLI::App* command : commands_of(root)) verbs += command->get_name() + ' ';
  out += fmt::format(
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"{}--help --version\" -- \"$word\")); return\n  fi\n"
      "  case \"$verb $before\" in\n",
      verbs);
  for (const CLI::App* command : commands_of(root)) {
    for (const CLI::Option* option : command->get_options()) {
      const auto values = values_of(*option);
      if (values.empty() || option->get_lnames().empty()) continue;
      out += fmt::format("    \"{} --{}\") COMPREPLY=($(compgen -W \"{}\" -- \"$word\")); return ;;\n",
                         command->get_name(), option->get_lnames()[0], fmt::join(values, " "));
    }
  }
  out += "  esac\n  if [[ $word == -* ]]; then\n    case \"$verb\" in\n";
  for (const CLI::App* command : commands_of(root)) {
    out += fmt::format("      {}) COMPREPLY=($(compgen -W \"{}\" -- \"$word\")) ;;\n", command->get_name(),
                       fmt::join(flags_of(*command), " "));
  }
  out += "    esac\n    return\n  fi\n  case \"$verb\" in\n";
  for (const CLI::App* command : commands_of(root)) {
    std::string inner;
    for (const CLI::App* each : commands_of(*command)) inner += each->get_name() + ' ';
    if (!inner.empty()) {
      out += fmt::format("    {}) COMPREPLY=($(compgen -W \"{}\" -- \"$word\")); return ;;\n",
                         command->get_name(), inner);
    }
  }
  out += "  esac\n  compopt -o default\n}\ncomplete -F _parley parley\n";
  return out;
}

std::string quoted(std::string text, const char* inside) {
  std::string out;
  for (char c : text) {
    if (std::string_view(inside).find(c) != std::string_view::npos) out += '\\';
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return out;
}

std::string zsh(const CLI::App& root) {
  std::string out = "#compdef parley\n_parley() {\n  local -a verbs\n  verbs=(\n";
  for (const CLI::App* command : commands_of(root)) {
    out += fmt::format("    '{}:{}'\n", command->get_name(), quoted(command->get_description(), ":"));
  }
  out += "  )\n  if (( CURRENT == 2 )); then _describe command verbs; return; fi\n  case $words[2] in\n";
  for (const CLI::App* command : commands_of(root)) {
    out += fmt::format("    {}) _arguments \\\n", command->get_name());
    for (const CLI::Option* option : command->get_options()) {
      if (option->get_lnames().empty()) continue;
      const auto values = values_of(*option);
      std::string argument;
      if (!values.empty()) {
        argument = fmt::format(":value:({})", fmt::join(values, " "));
      } else if (option->get_type_size() != 0) {
        argument = ":value:_files";
      }
      out += fmt::format("      '--{}[{}]{}' \\\n", option->get_lnames()[0],
                         quoted(option->get_description(), "[]:"), argument);
    }
    out += "      '*:file:_files' ;;\n";
  }
  out += "  esac\n}\n_parley \"$@\"\n";
  return out;
}

std::string fish(const CLI::App& root) {
  std::string out = "# fish completion for parley\n";
  for (const CLI::App* command : commands_of(root)) {
    out += fmt::format("complete -c parley -n __fish_use_subcommand -f -a {} -d '{}'\n", command->get_name(),
                       quoted(command->get_description(), ""));
    for (const CLI::Option* option : command->get_options()) {
      if (option->get_lnames().empty()) continue;
      const auto values = values_of(*option);
      std::string line = fmt::format("complete -c parley -n '__fish_seen_subcommand_from {}' -l {} -d '{}'",
                                     command->get_name(), option->get_lnames()[0],
                                     quoted(option->get_description(), ""));
      if (!values.empty()) {
        line += fmt::format(" -x -a '{}'", fmt::join(values, " "));
      } else if (option->get_type_size() != 0) {
        line += " -r";
      }
      out += line + '\n';
    }
  }
  return out;
}

}  // namespace

void add_completion(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("completion", "Print tab completion for a shell");
  auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "Which shell")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  examples(*command,
           "  source <(parley completion bash)\n"
           "  parley completion fish > ~/.config/fish/completions/parley.fish");
  command->callback([&invocation, &app, shell] {
    invocation.run = [&app, shell] {
      fmt::print("{}", *shell == "bash" ? bash(app) : *shell == "zsh" ? zsh(app) : fish(app));
      return static_cast<int>(kDone);
    };
  });
}

}  // namespace parley::cli
