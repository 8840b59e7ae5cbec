#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/manual/completion.h"
#include "cli/program.h"

namespace heed {
namespace {

/// Text in a specification of _arguments or _describe, where brackets, colons and backslashes mean something.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("[]:\\").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string function_of(const CommandDescription& command) {
  std::string name = "_" + command.name("_");
  std::ranges::replace(name, '-', '_');
  return name;
}

std::string action_of(const OptionDescription& option) {
  switch (option.completion) {
    case Completion::choices:
      return fmt::format("({})", fmt::join(option.choices, " "));
    case Completion::files:
      return "_files";
    case Completion::folders:
      return "_files -/";
    case Completion::nothing:
      break;
  }
  return " ";
}

std::string value_of(const OptionDescription& option) {
  if (!option.takes_value()) return "";
  // Several words belong to the flag, up to the next one.
  return fmt::format(":{}{}:{}", option.many ? "*-*:" : "", escaped(option.symbol), action_of(option));
}

/// A specification for each flag. Those of one option exclude each other, --x and --no-x do not.
std::string specifications(const OptionDescription& option) {
  std::string text;
  for (const std::string& flag : option.flags) {
    const bool glued = option.takes_value() && !option.many && flag.starts_with("--");
    const std::string description =
        (flag.starts_with("--no-") && option.flags.size() > 1 ? "not: " : "") + option.description;
    text += " \\\n    " + in_shell(fmt::format("*{}{}[{}]{}", flag, glued ? "=" : "", escaped(description),
                                               value_of(option)));
  }
  return text;
}

std::string body_of(const CommandDescription& command) {
  std::string text = "  _arguments -C";
  for (const OptionDescription& option : options_by_flag(command)) text += specifications(option);
  if (command.commands.empty()) {
    for (const OptionDescription& argument : command.arguments)
      text += " \\\n    " + in_shell(fmt::format("{}:{}:{}", argument.many ? "*" : "",
                                                 escaped(argument.symbol), action_of(argument)));
    return text + "\n";
  }
  text +=
      " \\\n    '1: :->command' '*:: :->words'\n  case $state in\n    command)\n      local -a commands=(";
  for (const CommandDescription& below : command.commands)
    text += "\n        " + in_shell(below.path.back() + ":" + escaped(below.description));
  if (command.path.size() == 1) text += "\n        'help:show what a command takes'";
  text +=
      fmt::format("\n      )\n      _describe 'command' commands ;;\n    words)\n      case $words[1] in\n");
  for (const CommandDescription& below : command.commands)
    text += fmt::format("        {}) {} ;;\n", below.path.back(), function_of(below));
  if (command.path.size() == 1) text += "        help) _heed ;;\n";
  return text + "      esac ;;\n  esac\n";
}

}  // namespace

std::string zsh_completion(const CommandDescription& heed) {
  std::string script = "#compdef heed\n# zsh completion of heed, made from its commands\n";
  for (const CommandDescription* command : all_of(heed))
    script +=
        fmt::format("\n{}() {{\n  local curcontext=$curcontext state line\n  typeset -A opt_args\n{}}}\n",
                    function_of(*command), body_of(*command));
  return script + "\n_heed \"$@\"\n";
}

}  // namespace heed
