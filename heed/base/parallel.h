#pragma once
#include <omp.h>

#include <algorithm>
#include <span>

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

/// As parallel_for, for items of unequal cost: before[i] is what the items before i cost together, its last
/// entry what all do. Each thread gets consecutive items that cost about the same, `grain` or more.
template <class Body>
void parallel_by_cost(std::span<const Index> before, Index grain, const Body& body) {
  const Index count = std::ssize(before) - 1, total = before.back();
  const Index threads = std::clamp<Index>(total / std::max<Index>(grain, 1), 1, thread_count());
  const auto first = [&](Index part) {
    if (part == threads) return count;  // items that cost nothing are items, too
    return std::lower_bound(before.begin(), before.end(), total * part / threads) - before.begin();
  };
  parallel_for(threads, 1, [&](Index begin, Index end) { body(first(begin), first(end)); });
}

}  // namespace heed
