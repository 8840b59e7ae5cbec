#include "cli/end_of_run.h"

#include <fmt/format.h>

#include "cli/program.h"
#include "heed/base/error.h"

namespace heed {
namespace {

std::string_view why(TrainingEnd end) {
  switch (end) {
    case TrainingEnd::converged:
      return "stopped, since nothing improved any more";
    case TrainingEnd::reached:
      return "as good as asked for";
    default:
      return "done";
  }
}

}  // namespace

int tell_end_of_run(TrainingConsole& console, const TrainingOutcome& outcome,
                    const std::filesystem::path& folder, std::string_view usage,
                    const std::string& command_to_go_on, int stopped) {
  console.ended(outcome);
  if (outcome.end == TrainingEnd::interrupted) {
    console.note(fmt::format("stopped at update {}, everything is saved; go on with: {}",
                             outcome.state.update, command_to_go_on));
    return stopped;
  }
  require<FileError>(
      outcome.unsaved.empty(), outcome.unsaved, "; the model is in ", folder.string(),
      ", but not all of the end of its training; make room and end it with: ", command_to_go_on);
  console.note(fmt::format("{}; the model is in {}: validation {}", why(outcome.end), folder.string(),
                           measures_text(outcome.final.measures, ", ")));
  console.note(fmt::format("see how it went with: heed report {}", in_shell(folder.string())));
  console.note(fmt::format("use it with: heed predict {} {}", in_shell(folder.string()), usage));
  return 0;
}

}  // namespace heed
