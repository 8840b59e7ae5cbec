#pragma once
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// Gives each thread of the parallel loops that this thread starts a processor of its own, if there are as
/// many threads as processors. Left to the system, two of them sometimes share one for milliseconds. Where
/// several threads start loops side by side, each calls it with its number of all these `parts`.
void pin_threads(Index part = 0, Index parts = 1);

/// Where this process may run: as it was before the first thread was pinned.
std::vector<int> allowed_processors();

/// The processors that each thread of this thread's parallel loops may run on.
std::vector<std::vector<int>> thread_places();

/// Lets this thread run wherever the process could before pin_threads(). Threads inherit the place of the one
/// that starts them: those that do not belong to parallel loops call this first.
void unpin_thread();

}  // namespace heed
