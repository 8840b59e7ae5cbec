#include "cli/manual/command_tree.h"

#include <algorithm>
#include <cctype>

#include "cli/commands.h"
#include "cli/program.h"
#include "heed/tasks/tasks.h"

namespace heed {
namespace {

/// "post|pre" and "a|b..." are choices, "FILE" stands for anything.
std::vector<std::string> choices_in(std::string symbol) {
  if (symbol.empty() || !std::islower(static_cast<unsigned char>(symbol.front()))) return {};
  return CLI::detail::split(symbol, '|');
}

Completion completion_of(const std::string& symbol, bool argument) {
  if (!choices_in(symbol).empty()) return Completion::choices;
  if (symbol == "FOLDER") return Completion::folders;
  // Whatever an argument is called, it is a file or a folder.
  return argument || symbol == "FILE" || symbol == "PATH" ? Completion::files : Completion::nothing;
}

OptionDescription describe(const CLI::Option& option) {
  OptionDescription result;
  for (const std::string& flag : option.get_snames()) result.flags.push_back("-" + flag);
  for (const std::string& flag : option.get_lnames()) result.flags.push_back("--" + flag);
  const bool negatable = !option.get_fnames().empty();
  result.written = negatable ? "--[no-]" + option.get_lnames().front()
                             : option.get_name(/*positional=*/option.nonpositional() == false);
  result.symbol = option.get_option_text();
  constexpr std::string_view several = "...";
  if (result.symbol.ends_with(several)) {
    result.symbol.resize(result.symbol.size() - several.size());
    result.many = true;
  }
  result.many = result.many || option.get_items_expected_max() > 1;
  result.description = option.get_description();
  result.heading = option.get_group();
  result.choices = choices_in(result.symbol);
  result.completion = completion_of(result.symbol, result.flags.empty());
  result.required = option.get_required();
  return result;
}

bool same(const OptionDescription& a, const OptionDescription& b) {
  return a.written == b.written && a.symbol == b.symbol && a.description == b.description;
}

/// Adds what this task's `heed train` has and the others have not.
void add_options_of_task(CommandDescription& train, const CommandDescription& of_task,
                         std::string_view task) {
  for (OptionDescription option : of_task.options) {
    if (std::ranges::any_of(train.options, [&](const auto& known) { return same(known, option); })) continue;
    option.heading = "With --task " + std::string(task);
    train.options.push_back(std::move(option));
  }
}

CommandDescription& child(CommandDescription& command, std::string_view name) {
  return *std::ranges::find_if(command.commands, [&](const auto& c) { return c.path.back() == name; });
}

}  // namespace

std::string CommandDescription::name(std::string_view separator) const {
  std::string text;
  for (const std::string& word : path) text += (text.empty() ? "" : std::string(separator)) + word;
  return text;
}

CommandDescription describe(const CLI::App& app, std::vector<std::string> path) {
  CommandDescription command{.path = std::move(path), .description = app.get_description()};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    OptionDescription described = describe(*option);
    auto& list = described.flags.empty() ? command.arguments : command.options;
    list.push_back(std::move(described));
  }
  for (const CLI::App* below :
       app.get_subcommands([](const CLI::App* a) { return !a->get_group().empty(); })) {
    std::vector<std::string> longer = command.path;
    longer.push_back(below->get_name());
    command.commands.push_back(describe(*below, std::move(longer)));
  }
  return command;
}

CommandDescription describe_heed() {
  CommandDescription heed = describe(*make_program({}, add_commands), {"heed"});
  for (const std::string_view task : task_names()) {
    const std::vector<std::string> arguments{"train", "--task", std::string(task)};
    CommandDescription with_task = describe(*make_program(arguments, add_commands), {"heed"});
    add_options_of_task(child(heed, "train"), child(with_task, "train"), task);
  }
  return heed;
}

std::vector<const CommandDescription*> all_of(const CommandDescription& command) {
  std::vector<const CommandDescription*> all{&command};
  for (const CommandDescription& below : command.commands)
    for (const CommandDescription* inner : all_of(below)) all.push_back(inner);
  return all;
}

}  // namespace heed
