#pragma once
#include <omp.h>

#include <algorithm>

#include "heed/base/index.h"

namespace heed {

/// Threads that a parallel loop of this thread may use.
inline int thread_count() { return omp_get_max_threads(); }

/// Sets the threads that parallel loops started from this thread may use.
inline void set_thread_count(int threads) { omp_set_num_threads(threads); }

/// Calls body(begin, end) on parts of [0, count), in several threads when there are at least `grain` items
/// for each. The parts depend on the number of threads: a body must treat each item alone, or results depend
/// on it too.
template <class Body>
void parallel_for(Index count, Index grain, const Body& body) {
  const Index threads = std::min<Index>(thread_count(), count / std::max<Index>(grain, 1));
  if (threads <= 1 || omp_in_parallel()) {
    if (count > 0) body(Index{0}, count);
    return;
  }
// The whole team even if parts are fewer: libgomp ends the threads that a smaller team leaves over.
#pragma omp parallel for schedule(static, 1)
  for (Index part = 0; part < threads; ++part) body(count * part / threads, count * (part + 1) / threads);
}

}  // namespace heed
