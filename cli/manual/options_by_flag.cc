#include <algorithm>
#include <set>

#include "cli/manual/completion.h"

namespace heed {

std::vector<OptionDescription> options_by_flag(const CommandDescription& command) {
  std::vector<OptionDescription> options;
  std::set<std::string> seen;
  for (const OptionDescription& option : command.options) {
    if (std::ranges::any_of(option.flags, [&](const auto& flag) { return seen.contains(flag); })) continue;
    seen.insert(option.flags.begin(), option.flags.end());
    options.push_back(option);
  }
  return options;
}

}  // namespace heed
