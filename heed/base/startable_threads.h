#pragma once
#include "heed/base/index.h"

namespace heed {

/// How many threads this process can have at a time, up to `wanted`, the one that asks included: fewer where
/// the system allows its user or container no more processes (ulimit -u, pids.max), or has no memory for
/// their stacks. OpenMP would end the program over it. To find out they are started, and end again.
Index startable_threads(Index wanted);

}  // namespace heed
