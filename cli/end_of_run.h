#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "cli/training_console.h"
#include "heed/training/trainer.h"

namespace heed {

/// Says how a run in a folder ended, what came of it, and what to do with that; logs it. `command_to_go_on`
/// is what a stopped run goes on with, `usage` what stands behind `heed predict MODEL` (Task::usage). The
/// status that the program is to end with: that of `stopped` for a run that was stopped, or 0. FileError if
/// the end of the run could not be saved.
int tell_end_of_run(TrainingConsole& console, const TrainingOutcome& outcome,
                    const std::filesystem::path& folder, std::string_view usage,
                    const std::string& command_to_go_on, int stopped);

}  // namespace heed
