#include "heed/base/pinning.h"

#include <pthread.h>
#include <sched.h>

#include <vector>

#include "heed/base/parallel.h"

namespace heed {
namespace {

/// Where this process may run, as it was when first asked.
const cpu_set_t& allowed() {
  static const cpu_set_t set = [] {
    cpu_set_t all;
    CPU_ZERO(&all);
    pthread_getaffinity_np(pthread_self(), sizeof(all), &all);
    return all;
  }();
  return set;
}

std::vector<int> numbers_in(const cpu_set_t& set) {
  std::vector<int> numbers;
  for (int i = 0; i < CPU_SETSIZE; ++i)
    if (CPU_ISSET(static_cast<std::size_t>(i), &set)) numbers.push_back(i);
  return numbers;
}

// A place is a wish: where the system refuses, the thread runs on as before.
void stay_on(const cpu_set_t& set) { pthread_setaffinity_np(pthread_self(), sizeof(set), &set); }

}  // namespace

void pin_threads(Index part, Index parts) {
  const std::vector<int> processors = allowed_processors();
  const auto threads = static_cast<std::size_t>(thread_count());
  const auto all = threads * static_cast<std::size_t>(parts),
             first = threads * static_cast<std::size_t>(part);
  if (all < 2 || all != processors.size()) return;
#pragma omp parallel num_threads(static_cast <int>(threads))
  {
    cpu_set_t own;
    CPU_ZERO(&own);
    CPU_SET(static_cast<std::size_t>(processors[first + static_cast<std::size_t>(omp_get_thread_num())]),
            &own);
    stay_on(own);
  }
}

std::vector<int> allowed_processors() { return numbers_in(allowed()); }

std::vector<std::vector<int>> thread_places() {
  std::vector<std::vector<int>> places(static_cast<std::size_t>(thread_count()));
#pragma omp parallel num_threads(thread_count())
  {
    cpu_set_t set;
    CPU_ZERO(&set);
    pthread_getaffinity_np(pthread_self(), sizeof(set), &set);
    places[static_cast<std::size_t>(omp_get_thread_num())] = numbers_in(set);
  }
  return places;
}

void unpin_thread() { stay_on(allowed()); }

}  // namespace heed
