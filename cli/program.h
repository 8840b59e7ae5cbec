#pragma once
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace heed {

/// Runs a command line: parses the arguments (without the program's name), runs the subcommand, and turns
/// errors into a message on standard error. The exit status: 0, 1 where the job failed, 2 for wrong usage; a
/// subcommand throws CLI::RuntimeError(status) for another.
int run_program(std::vector<std::string> arguments, void (*add_commands)(CLI::App&));

/// The program with its commands, as it is for a command line of these arguments: what `heed train` takes
/// depends on its --task, which stands there or in files that they name.
std::unique_ptr<CLI::App> make_program(const std::vector<std::string>& arguments,
                                       void (*add_commands)(CLI::App&));

/// What is written for people (heed train ... 2>&1 | head) may find no reader any more: for commands whose
/// work must not end with that.
void outlive_readers();

/// The arguments of the command line that runs, without the program's name.
const std::vector<std::string>& program_arguments();

/// What the user typed to start this program: heed, or a path to it.
std::string started_as();

/// A word as a shell reads it: for hints that are to be pasted.
std::string in_shell(const std::string& word);

/// The command line of this program, as one would type it into a shell.
std::string command_line();

}  // namespace heed
