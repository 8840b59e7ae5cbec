#pragma once

namespace heed {

/// Gives each thread of the parallel loops that this thread starts a processor of its own, if there are as
/// many threads as processors. Left to the system, two of them sometimes share one for milliseconds.
void pin_threads();

/// Lets this thread run wherever the process could before pin_threads(). Threads inherit the place of the one
/// that starts them: those that do not belong to parallel loops call this first.
void unpin_thread();

}  // namespace heed
