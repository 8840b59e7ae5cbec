#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace heed {

/// What a shell completes a value with.
enum class Completion { nothing, choices, files, folders };

/// An option or an argument of a command, as a man page or a shell sees it.
struct OptionDescription {
  std::vector<std::string> flags{};      // "-o", "--output", "--no-output"; none: an argument
  std::string written{};                 // as help shows it: "-o,--output", "--[no-]split", "corpus"
  std::string symbol{};                  // of its value: "FILE", "N", "post|pre"; empty: it takes none
  std::string description{}, heading{};  // heading: "Training"
  std::vector<std::string> choices{};
  Completion completion = Completion::nothing;
  bool many = false;  // takes several words
  bool required = false;

  bool takes_value() const { return !symbol.empty(); }
};

/// A command and what it takes; the program itself is the root.
struct CommandDescription {
  std::vector<std::string> path{};  // {"heed", "data", "sample"}
  std::string description{};
  std::vector<OptionDescription> options{}, arguments{};
  std::vector<CommandDescription> commands{};

  std::string name(std::string_view separator = " ") const;
};

/// What an app takes, its subcommands too; `path` leads to it. What help pages do not show is left out.
CommandDescription describe(const CLI::App& app, std::vector<std::string> path);

/// All that heed takes. An option of `heed train` that not every task has says in its heading which have it.
CommandDescription describe_heed();

/// A command and all below it, the outer ones first.
std::vector<const CommandDescription*> all_of(const CommandDescription& command);
std::vector<const CommandDescription*> all_of(CommandDescription&&) = delete;  // they point into it

}  // namespace heed
