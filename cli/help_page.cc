#include "cli/help_page.h"

#include <sstream>

namespace heed {
namespace {

constexpr std::size_t page_width = 100;

/// A left column, then the words in lines beside it.
std::string entry(const std::string& left, const std::string& text, std::size_t column) {
  std::string page = "  " + left;
  std::size_t at = page.size();
  const auto indent = [&] {
    if (at + 1 > column) {
      page += '\n';
      at = 0;
    }
    page.append(column - at, ' ');
    at = column;
  };
  indent();
  std::istringstream words(text);
  for (std::string word; words >> word; page += word, at += word.size()) {
    if (at > column && at + 1 + word.size() > page_width) {
      page += '\n';
      at = 0;
      indent();
    } else if (at > column) {
      page += ' ';
      ++at;
    }
  }
  return page + "\n";
}

}  // namespace

std::string HelpPage::make_help(const CLI::App* command, std::string name, CLI::AppFormatMode mode) const {
  std::string page = CLI::Formatter::make_help(command, std::move(name), mode);
  for (std::size_t at; (at = page.find("\n\n\n")) != std::string::npos;) page.erase(at, 1);
  while (page.ends_with("\n\n")) page.pop_back();
  return page;
}

std::string HelpPage::make_option(const CLI::Option* option, bool is_positional) const {
  const std::string left =
      make_option_name(option, is_positional) + (is_positional ? "" : make_option_opts(option));
  return entry(left, make_option_desc(option), get_column_width());
}

std::string HelpPage::make_option_name(const CLI::Option* option, bool is_positional) const {
  if (!is_positional && !option->get_fnames().empty()) return "--[no-]" + option->get_lnames().front();
  return CLI::Formatter::make_option_name(option, is_positional);
}

std::string HelpPage::make_subcommand(const CLI::App* command) const {
  return entry(command->get_name(), command->get_description(), 16);
}

std::string HelpPage::make_usage(const CLI::App* command, std::string name) const {
  return "\n" + CLI::Formatter::make_usage(command, std::move(name));
}

}  // namespace heed
