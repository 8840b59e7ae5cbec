#include "cli/manual/man_page.h"

#include <fmt/format.h>

#include <algorithm>

namespace heed {
namespace {

/// Text as roff reads it: hyphens that can be pasted into a shell, nothing that it takes for a request.
std::string roff(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\')
      result += "\\(rs";
    else if (c == '-')
      result += "\\-";
    else if (c == '\n')
      result += ' ';
    else
      result += c;
  }
  return result.starts_with('.') || result.starts_with('\'') ? "\\&" + result : result;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string sentence(std::string text) {
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

std::string reference(const CommandDescription& command) {
  return "\\fB" + roff(command.name("-")) + "\\fR(1)";
}

std::string synopsis(const CommandDescription& command) {
  std::string line = bold(command.name());
  for (const OptionDescription& option : command.options)
    if (option.required)
      line += " " + bold(option.flags.back()) + (option.takes_value() ? " " + italic(option.symbol) : "");
  line += " [" + italic("OPTION") + "]...";
  for (const OptionDescription& argument : command.arguments) {
    const std::string name = italic(argument.symbol) + (argument.many ? "..." : "");
    line += argument.required ? " " + name : " [" + name + "]";
  }
  if (!command.commands.empty()) line += " " + italic("COMMAND");
  return line + "\n";
}

std::string item(const OptionDescription& option) {
  std::string label;
  if (option.flags.empty()) {
    label = italic(option.symbol);
  } else {
    // "-o,--output" is read more easily with a space.
    for (const std::string& part : CLI::detail::split(option.written, ','))
      label += (label.empty() ? "" : ", ") + bold(part);
    if (option.takes_value()) label += " " + italic(option.symbol);
  }
  if (option.many) label += "...";
  const std::string text = option.description + (option.required ? " (required)" : "");
  return ".TP\n" + label + "\n" + roff(text) + "\n";
}

/// The options under their headings, those without one first, in the order of the help.
std::string options(const CommandDescription& command) {
  std::vector<std::string> headings;
  for (const OptionDescription& option : command.options)
    if (std::ranges::find(headings, option.heading) == headings.end()) headings.push_back(option.heading);
  std::string page = ".SH OPTIONS\n";
  for (const std::string& heading : headings) {
    if (heading != "Options") page += ".SS \"" + roff(heading) + "\"\n";
    for (const OptionDescription& option : command.options)
      if (option.heading == heading) page += item(option);
  }
  return page;
}

std::string commands(const CommandDescription& command) {
  std::string page = ".SH COMMANDS\n";
  for (const CommandDescription& below : command.commands)
    page += ".TP\n" + reference(below) + "\n" + roff(below.description) + "\n";
  return page;
}

std::string see_also(const CommandDescription& command) {
  if (command.path.size() == 1) return "";
  std::string page = ".SH SEE ALSO\n";
  std::vector<std::string> outer = command.path;
  while (outer.pop_back(), !outer.empty()) {
    const CommandDescription above{.path = outer};
    page += reference(above) + (outer.size() > 1 ? ",\n" : "\n");
  }
  return page;
}

}  // namespace

std::string man_file(const CommandDescription& command) { return command.name("-") + ".1"; }

std::string man_page(const CommandDescription& command, std::string_view version) {
  std::string title = command.name("-");
  std::ranges::transform(title, title.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string page = fmt::format(".TH {} 1 \"\" \"heed {}\" \"heed manual\"\n", roff(title), version);
  page += ".SH NAME\n" + roff(command.name("-")) + " \\- " + roff(command.description) + "\n";
  page += ".SH SYNOPSIS\n" + synopsis(command);
  page += ".SH DESCRIPTION\n" + roff(sentence(command.name() + ": " + command.description)) + "\n";
  if (!command.commands.empty()) page += commands(command);
  if (!command.arguments.empty()) {
    page += ".SH ARGUMENTS\n";
    for (const OptionDescription& argument : command.arguments) page += item(argument);
  }
  page += options(command);
  page +=
      ".SH EXIT STATUS\n.TP\n0\nThe job is done.\n.TP\n1\nThe job failed; standard error says why.\n"
      ".TP\n2\nThe command line is wrong.\n";
  return page + see_also(command);
}

}  // namespace heed
