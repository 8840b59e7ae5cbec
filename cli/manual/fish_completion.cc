#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/manual/completion.h"

namespace heed {
namespace {

// Which command is typed: the longest that the words before the cursor lead to.
constexpr const char* walk = R"(
function __heed_is_at
  set -l path heed
  for word in (commandline -opc)[2..]
    contains -- "$path $word" $__heed_commands; and set path "$path $word"
  end
  test "$path" = "$argv"
end

# Whether the last flag before the cursor is one of these: it takes several words.
function __heed_after
  set -l flag
  for word in (commandline -opc)[2..]
    string match -q -- '-*' $word; and set flag $word
  end
  contains -- "$flag" $argv
end
)";

std::string in_fish(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

std::string values_of(const OptionDescription& option) {
  if (!option.takes_value()) return "";
  switch (option.completion) {
    case Completion::choices:
      return " -x -a " + in_fish(fmt::format("{}", fmt::join(option.choices, " ")));
    case Completion::files:
      return " -r -F";
    case Completion::folders:
      return " -x -a '(__fish_complete_directories)'";
    case Completion::nothing:
      break;
  }
  return " -x";
}

/// What an option is completed with; --no-x is a line of its own.
std::string lines_of(const OptionDescription& option, const std::string& here) {
  std::string common, lines;
  for (const std::string& flag : option.flags) {
    if (!flag.starts_with("--"))
      common += " -s " + flag.substr(1);
    else if (!flag.starts_with("--no-") || option.flags.size() == 1)
      common += " -l " + flag.substr(2);
    else
      lines += fmt::format("{} -l {} -d {}\n", here, flag.substr(2), in_fish("not: " + option.description));
  }
  // Of several words, fish sees the first as the flag's and the others as arguments.
  if (option.many && !option.choices.empty())
    lines +=
        fmt::format("{}; and __heed_after {}' -a {}\n", here.substr(0, here.size() - 1),
                    fmt::join(option.flags, " "), in_fish(fmt::format("{}", fmt::join(option.choices, " "))));
  return fmt::format("{}{} -d {}{}\n", here, common, in_fish(option.description), values_of(option)) + lines;
}

}  // namespace

std::string fish_completion(const CommandDescription& heed) {
  std::string names, lines;
  for (const CommandDescription* command : all_of(heed)) {
    names += " " + in_fish(command->name());
    const std::string here = fmt::format("complete -c heed -n '__heed_is_at {}'", command->name());
    for (const CommandDescription& below : command->commands)
      lines += fmt::format("{} -a {} -d {}\n", here, below.path.back(), in_fish(below.description));
    for (const OptionDescription& option : options_by_flag(*command)) lines += lines_of(option, here);
    if (command->arguments.empty()) continue;
    lines += command->arguments.back().completion == Completion::folders
                 ? here + " -a '(__fish_complete_directories)'\n"
                 : here + " -F\n";
  }
  return "# fish completion of heed, made from its commands\n\nset -g __heed_commands" + names + "\n" + walk +
         "\ncomplete -c heed -f\ncomplete -c heed -n '__heed_is_at heed' -a help -d 'show what a command "
         "takes'\n" +
         lines;
}

}  // namespace heed
