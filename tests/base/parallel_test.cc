#include "heed/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <vector>

namespace heed {
namespace {

/// Sets the number of threads and puts it back.
class Threads {
 public:
  explicit Threads(int threads) { set_thread_count(threads); }
  ~Threads() { set_thread_count(before_); }

 private:
  int before_ = thread_count();
};

TEST(ParallelFor, visits_every_item_once) {
  for (const int threads : {1, 2, 3, 8})
    for (const Index count : {0, 1, 2, 7, 100}) {
      const Threads set(threads);
      std::vector<int> visits(static_cast<std::size_t>(count));
      parallel_for(count, 1, [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i) ++visits[static_cast<std::size_t>(i)];
      });
      EXPECT_EQ(visits, std::vector<int>(static_cast<std::size_t>(count), 1));
    }
}

TEST(ParallelFor, uses_no_more_threads_than_there_are_grains) {
  const Threads set(8);
  const auto parts = [](Index count, Index grain) {
    std::atomic<int> calls = 0;
    parallel_for(count, grain, [&](Index, Index) { ++calls; });
    return calls.load();
  };
  EXPECT_EQ(parts(100, 1), 8);
  EXPECT_EQ(parts(100, 30), 3);
  EXPECT_EQ(parts(100, 1000), 1);
  EXPECT_EQ(parts(100, 0), 8);
}

TEST(ParallelFor, within_another_runs_in_one_thread) {
  const Threads set(4);
  std::atomic<int> inner = 0;
  parallel_for(4, 1, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) parallel_for(100, 1, [&](Index, Index) { ++inner; });
  });
  EXPECT_EQ(inner.load(), 4);
}

TEST(ParallelByCost, visits_each_item_once) {
  for (const int threads : {1, 2, 3, 8}) {
    const Threads set(threads);
    for (const std::vector<Index>& before : std::vector<std::vector<Index>>{
             {0}, {0, 0, 0}, {0, 5}, {0, 1, 1, 100, 101}, {0, 5, 10, 10}, {0, 3, 6, 9, 12, 15}}) {
      std::vector<int> visits(before.size() - 1);
      parallel_by_cost(before, 1, [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i) ++visits[static_cast<std::size_t>(i)];
      });
      EXPECT_EQ(visits, std::vector<int>(before.size() - 1, 1)) << threads << " threads";
    }
  }
}

TEST(ParallelByCost, gives_threads_items_that_cost_the_same) {
  const Threads set(2);
  std::atomic<Index> longest = 0;
  const std::vector<Index> before{0, 30, 40, 50, 60};  // the first item is as dear as the other three
  parallel_by_cost(before, 1, [&](Index begin, Index end) {
    if (begin == 0) longest = end;
  });
  EXPECT_EQ(longest.load(), 1);
}

}  // namespace
}  // namespace heed
