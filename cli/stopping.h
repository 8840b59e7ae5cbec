#pragma once

namespace heed {

/// What a command that trains answers the first Ctrl-C with.
inline constexpr const char* stopping =
    "\nheed: stopping: what was learned is saved after this batch or validation; once more ends at once and "
    "loses what was not saved\n";

}  // namespace heed
