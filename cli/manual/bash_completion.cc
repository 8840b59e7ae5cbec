#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/manual/completion.h"
#include "cli/program.h"

namespace heed {
namespace {

// Walks to the command that is typed, looks up what it takes, and completes the word at the cursor. Bash cuts
// --flag=value into three words.
constexpr const char* body = R"(
_heed() {
  local word=${COMP_WORDS[COMP_CWORD]} path=heed i flag= distance=0
  local commands flags many argument value choices
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    _heed_look_up "$path" ''
    [[ " $commands " == *" ${COMP_WORDS[i]} "* ]] && path+=" ${COMP_WORDS[i]}"
  done
  # The flag that the word may be a value of.
  for ((i = COMP_CWORD - 1; i > 0; --i)); do
    [[ ${COMP_WORDS[i]} == = ]] && continue
    ((++distance))
    [[ ${COMP_WORDS[i]} == -?* ]] && { flag=${COMP_WORDS[i]}; break; }
  done
  [[ $word == = ]] && word=
  _heed_look_up "$path" "$flag"
  [[ $word == -* ]] && value=
  ((distance > 1)) && [[ " $many " != *" $flag "* ]] && value=
  case ${value:-none} in
    none)
      if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$word")
      elif [[ -n $commands ]]; then
        [[ $path == heed && $COMP_CWORD == 1 ]] && commands+=' help'
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
      elif [[ $argument == files ]]; then
        _heed_paths -f
      elif [[ $argument == folders ]]; then
        _heed_paths -d
      else
        mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$word")
      fi
      ;;
    choices) mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word") ;;
    files) _heed_paths -f ;;
    folders) _heed_paths -d ;;
  esac
}

_heed_paths() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$word")
}

complete -F _heed heed
)";

std::string flag_pattern(const OptionDescription& option) {
  return fmt::format("{}", fmt::join(option.flags, "|"));
}

std::string_view name_of(Completion completion) {
  switch (completion) {
    case Completion::choices:
      return "choices";
    case Completion::files:
      return "files";
    case Completion::folders:
      return "folders";
    case Completion::nothing:
      break;
  }
  return "nothing";
}

std::string words(const std::vector<std::string>& list) {
  return in_shell(fmt::format("{}", fmt::join(list, " ")));
}

/// The branch of a command in the look-up.
std::string branch(const CommandDescription& command) {
  std::vector<std::string> commands, flags, many;
  std::string values;
  for (const CommandDescription& below : command.commands) commands.push_back(below.path.back());
  for (const OptionDescription& option : options_by_flag(command)) {
    flags.insert(flags.end(), option.flags.begin(), option.flags.end());
    if (option.many) many.insert(many.end(), option.flags.begin(), option.flags.end());
    if (!option.takes_value()) continue;
    values += fmt::format("        {}) value={}", flag_pattern(option), name_of(option.completion));
    if (!option.choices.empty()) values += " choices=" + words(option.choices);
    values += " ;;\n";
  }
  std::string text = fmt::format("    {})\n      commands={} flags={} many={}", in_shell(command.name()),
                                 words(commands), words(flags), words(many));
  if (!command.arguments.empty())
    text += fmt::format(" argument={}", name_of(command.arguments.back().completion));
  text += "\n";
  if (!values.empty()) text += "      case $2 in\n" + values + "      esac\n";
  return text + "      ;;\n";
}

}  // namespace

std::string bash_completion(const CommandDescription& heed) {
  std::string script = "# bash completion of heed, made from its commands\n\n";
  script +=
      "# What a command ($1) takes, and what a value of its flag ($2) may be.\n_heed_look_up() {\n"
      "  commands= flags= many= argument= value= choices=\n  case $1 in\n";
  for (const CommandDescription* command : all_of(heed)) script += branch(*command);
  return script + "  esac\n}\n" + body;
}

}  // namespace heed
