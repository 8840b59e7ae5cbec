#include "cli/program.h"

#include <algorithm>
#include <cctype>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <new>
#include <system_error>

#include "cli/help_page.h"
#include "cli/machine_options.h"
#include "cli/standard_output.h"
#include "heed/base/error.h"
#include "heed/base/mapped_file.h"
#include "heed/base/suggestions.h"
#include "heed/base/version.h"

namespace heed {
namespace {

/// The command line does not say something that heed understands.
struct WrongUsage {
  std::string message;
  std::string help;  // what to run for help
};

std::vector<std::string> names_of(const std::vector<const CLI::App*>& commands) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands) names.push_back(command->get_name());
  return names;
}

/// "help" becomes "--help" and "help train" becomes "train --help".
void rewrite_help(std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.front() != "help") return;
  arguments.erase(arguments.begin());
  arguments.push_back("--help");
}

void require_known_command(const CLI::App& program, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.front().starts_with('-')) return;
  const std::vector<std::string> names =
      names_of(program.get_subcommands([](const CLI::App*) { return true; }));
  const std::string& asked = arguments.front();
  if (std::find(names.begin(), names.end(), asked) == names.end())
    throw WrongUsage{"heed: unknown subcommand '" + asked + "'" + did_you_mean(asked, names), "heed help"};
}

/// What CLI11 complained about, in words that help: an unknown flag before all else, since a misspelt flag
/// also makes a required one seem absent.
WrongUsage explain(const CLI::App& program, const CLI::ParseError& error) {
  // The innermost subcommand: "data sample".
  const CLI::App* command = &program;
  std::string path;
  for (auto parsed = program.get_subcommands(); !parsed.empty(); parsed = command->get_subcommands()) {
    command = parsed.front();
    path += " " + command->get_name();
  }
  const std::string name = "heed" + path, help = "heed help" + path;

  std::vector<std::string> flags;
  for (const CLI::Option* option : command->get_options([](const CLI::Option* o) {
         return !o->get_group().empty();  // former names are understood, not suggested
       }))
    for (const std::string& flag : option->get_lnames()) flags.push_back("--" + flag);
  const std::vector<std::string> extras = program.remaining(/*recurse=*/true);
  for (const std::string& extra : extras) {
    const std::string flag = extra.substr(0, extra.find('='));
    if (flag.starts_with('-') && flag != "-")
      return {name + ": unknown flag '" + flag + "'" + did_you_mean(flag, flags), help};
  }
  if (!extras.empty()) return {name + ": unexpected argument '" + extras.front() + "'", help};
  return {name + ": " + error.what(), help};
}

void parse_and_run(CLI::App& program, std::vector<std::string> arguments) {
  rewrite_help(arguments);
  require_known_command(program, arguments);
  if (arguments.empty()) throw WrongUsage{program.help() + "\nheed: a subcommand is missing", "heed help"};
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    program.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    const auto parsed = program.get_subcommands();
    std::cout << (parsed.empty() ? program.help() : parsed.front()->help("heed"));
  } catch (const CLI::CallForVersion&) {
    std::cout << "heed " << version() << '\n';
  } catch (const CLI::RuntimeError&) {
    throw;
  } catch (const CLI::ParseError& error) {
    throw explain(program, error);
  }
}

}  // namespace

namespace {
std::vector<std::string> running;
}

std::string in_shell(const std::string& word) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) ||
           std::string_view("-_./=,:@%+").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void outlive_readers() { std::signal(SIGPIPE, SIG_IGN); }

const std::vector<std::string>& program_arguments() { return running; }

std::string started_as() {
  std::ifstream arguments("/proc/self/cmdline");
  std::string first;
  std::getline(arguments, first, '\0');
  return first.empty() ? "heed" : first;
}

std::string command_line() {
  std::ifstream arguments("/proc/self/cmdline");
  std::string line;
  for (std::string argument; std::getline(arguments, argument, '\0');) {
    line += line.empty() ? "" : " ";
    line += in_shell(argument);
  }
  return line.empty() ? "heed" : line;
}

std::unique_ptr<CLI::App> make_program(const std::vector<std::string>& arguments,
                                       void (*add_commands)(CLI::App&)) {
  running = arguments;
  auto program =
      std::make_unique<CLI::App>("heed trains and runs Transformers, and looks inside them.", "heed");
  program->formatter(std::make_shared<HelpPage>());
  program->set_version_flag("--version", "heed", "show the version");
  program->require_subcommand(0, 1);
  program->set_help_flag("-h,--help", "show this page");
  add_commands(*program);
  program->footer("heed help SUBCOMMAND shows what it takes.");
  return program;
}

int run_program(std::vector<std::string> arguments, void (*add_commands)(CLI::App&)) {
  // A reader that goes away (heed ... | head) ends the program quietly, even where the caller ignored the
  // signal.
  std::signal(SIGPIPE, SIG_DFL);
  // A file that grows beyond a limit is one that cannot be written, like a full disk, and no reason to be
  // killed.
  std::signal(SIGXFSZ, SIG_IGN);
  watch_mapped_files();
  // Loops that no option gives threads to, too.
  set_thread_count(static_cast<int>(usable_threads(thread_count())));
  try {
    const std::unique_ptr<CLI::App> program = make_program(arguments, add_commands);
    try {
      parse_and_run(*program, std::move(arguments));
    } catch (const Error&) {
      require_mapped_files_unchanged();  // else that is why
      throw;
    }
    require_mapped_files_unchanged();
    flush_standard_output();
    return 0;
  } catch (const WrongUsage& usage) {
    std::cerr << usage.message << "\nRun '" << usage.help << "' for help.\n";
    return 2;
  } catch (const CLI::RuntimeError& status) {
    return status.get_exit_code();
  } catch (const CLI::Error& error) {
    // Two options of one name and the like: a fault of the program, not of the caller.
    std::cerr << "heed: " << error.what() << '\n';
  } catch (const Error& error) {
    std::cerr << "heed: " << error.what() << '\n';
  } catch (const std::filesystem::filesystem_error& error) {
    std::cerr << "heed: " << error.path1().string() << ": " << error.code().message() << '\n';
  } catch (const std::system_error& error) {
    // Nothing but threads is started.
    if (error.code() == std::errc::resource_unavailable_try_again)
      std::cerr << "heed: no more threads can be started: the system allows this user or container no more "
                   "(ulimit -u); end some of its programs, allow more, or give --tokenizer-threads 1\n";
    else
      std::cerr << "heed: unexpected error: " << error.what() << '\n';
  } catch (const std::bad_alloc&) {
    std::cerr << "heed: not enough memory; try smaller batches or a smaller model\n";
  } catch (const std::exception& error) {
    std::cerr << "heed: unexpected error: " << error.what() << '\n';
  }
  return 1;
}

}  // namespace heed
