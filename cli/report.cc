#include <iostream>

#include "cli/commands.h"
#include "heed/base/files.h"
#include "heed/pages/run_page.h"
#include "heed/training/run_folder.h"

namespace heed {
namespace {

struct RunReportOptions {
  std::filesystem::path run, output = "report.html";
};

/// Whether another program holds the run's folder at this moment.
bool is_running(const RunFolder& folder) {
  try {
    const FolderLock lock = folder.lock();
    return false;
  } catch (const FileError&) {
    return true;
  }
}

/// "multi30k" of "multi30k", "runs/multi30k/" and ".".
std::string name_of(const std::filesystem::path& folder) {
  std::filesystem::path path = std::filesystem::absolute(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path.filename().string();
}

void write_run_report(const RunReportOptions& options) {
  const bool is_folder = std::filesystem::is_directory(options.run);
  const RunFolder folder(options.run);
  const std::filesystem::path log = is_folder ? folder.log_file() : options.run;
  require<FileError>(!is_folder || std::filesystem::exists(log), options.run.string(),
                     ": holds no log of a run (training/log.jsonl); give a folder that heed train made, or a "
                     "file that it wrote with --log");
  const RunHistory history = read_run_history(log);
  write_file(options.output,
             run_page(history, {.title = is_folder ? name_of(options.run) : log.filename().string(),
                                .running = is_folder && is_running(folder)}));
  if (history.unreadable_lines > 0)
    std::cerr << "heed: " << log.string() << ": " << history.unreadable_lines
              << " lines are not JSON (cut off, or still being written) and are left out\n";
  std::cerr << "heed: wrote " << options.output.string() << ": open it in a browser\n";
}

}  // namespace

void add_report(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      "report", "show how a training run went, or goes, as a page to open in a browser");
  auto options = std::make_shared<RunReportOptions>();
  command->add_option("run", options->run, "the run's folder, or a log that heed train --log wrote")
      ->required()
      ->option_text("RUN");
  command->add_option("-o,--output", options->output, "the page [report.html]")
      ->take_last()
      ->option_text("FILE");
  command->final_callback([options] { write_run_report(*options); });
}

}  // namespace heed
