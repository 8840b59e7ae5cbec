#include "heed/base/pinning.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <set>
#include <thread>

#include "heed/base/parallel.h"

namespace heed {
namespace {

int allowed_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(0, sizeof(set), &set);
  return CPU_COUNT(&set);
}

// In a thread of its own: the place of the test's main thread stays as it was.
TEST(Pinning, gives_each_thread_a_processor_and_takes_it_back) {
  const int all = allowed_processors();
  if (all < 2) GTEST_SKIP() << "needs two processors";
  std::thread([all] {
    set_thread_count(all);
    pin_threads();
    std::vector<int> places(static_cast<std::size_t>(all));
    parallel_for(all, 1, [&](Index begin, Index end) {
      for (Index i = begin; i < end; ++i) places[static_cast<std::size_t>(i)] = sched_getcpu();
    });
    EXPECT_EQ(std::set<int>(places.begin(), places.end()).size(), static_cast<std::size_t>(all));
    EXPECT_EQ(allowed_processors(), 1);
    unpin_thread();
    EXPECT_EQ(allowed_processors(), all);
  }).join();
}

TEST(Pinning, leaves_fewer_threads_than_processors_alone) {
  std::thread([all = allowed_processors()] {
    set_thread_count(1);
    pin_threads();
    EXPECT_EQ(allowed_processors(), all);
  }).join();
}

}  // namespace
}  // namespace heed
