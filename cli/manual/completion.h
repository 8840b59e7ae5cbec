#pragma once
#include <string>

#include "cli/manual/command_tree.h"

namespace heed {

// What a shell reads to complete the commands of heed, their options, the choices of these, files and
// folders.

std::string bash_completion(const CommandDescription& heed);
std::string zsh_completion(const CommandDescription& heed);
std::string fish_completion(const CommandDescription& heed);

/// Options without those whose flags another one before them has.
std::vector<OptionDescription> options_by_flag(const CommandDescription& command);

}  // namespace heed
