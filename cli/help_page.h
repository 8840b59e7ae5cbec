#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace heed {

/// How `heed help X` looks: two columns, wrapped, toggles as --[no-]x.
class HelpPage : public CLI::Formatter {
 public:
  HelpPage() { column_width(34); }

  std::string make_help(const CLI::App* command, std::string name, CLI::AppFormatMode mode) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_usage(const CLI::App* command, std::string name) const override;
};

}  // namespace heed
