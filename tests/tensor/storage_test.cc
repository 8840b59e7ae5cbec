#include "heed/tensor/storage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <thread>
#include <vector>

#include "heed/base/random.h"

namespace heed {
namespace {

TEST(Storage, is_aligned_and_as_large_as_asked) {
  for (const std::size_t bytes : {0UL, 1UL, 255UL, 256UL, 257UL, 5000UL, 1UL << 20}) {
    const auto storage = Storage::pooled(bytes);
    EXPECT_EQ(storage->bytes(), bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(storage->data()) % 64, 0U);
    std::fill_n(storage->data(), bytes, std::byte{0x5A});  // a sanitizer sees a block that is too small
  }
}

TEST(Storage, comes_back_from_the_pool_when_the_size_is_about_the_same) {
  auto first = Storage::pooled(1000000);
  const std::byte* data = first->data();
  first.reset();
  EXPECT_EQ(Storage::pooled(1010000)->data(), data);
}

TEST(Storage, in_use_is_not_given_to_another) {
  const auto first = Storage::pooled(1000000), second = Storage::pooled(1000000);
  EXPECT_NE(first->data(), second->data());
}

TEST(Pool, wastes_at_most_a_quarter_of_fresh_memory) {
  for (std::size_t bytes = 256; bytes < (1UL << 22); bytes = bytes * 9 / 8 + 1) {
    trim_pool();
    const std::size_t before = pool_use().in_use;
    const auto storage = Storage::pooled(bytes);
    const std::size_t taken = pool_use().in_use - before;
    EXPECT_GE(taken, bytes);
    EXPECT_LE(taken, bytes + bytes / 4 + 1) << bytes;
  }
}

TEST(Pool, serves_what_shrinks_from_what_was_larger) {
  trim_pool();
  const std::size_t before = pool_use().in_use;
  for (std::size_t bytes = 1 << 20; bytes > (1 << 18); bytes = bytes * 9 / 10) Storage::pooled(bytes);
  EXPECT_EQ(pool_use().free, 1U << 20);
  Storage::pooled(1000);  // small ones do not hold large blocks
  EXPECT_EQ(pool_use().free, (1U << 20) + 1024);
  EXPECT_EQ(pool_use().in_use, before);
}

TEST(Pool, counts_what_is_in_use_and_what_is_free) {
  trim_pool();
  const PoolUse before = pool_use();
  EXPECT_EQ(before.free, 0U);
  auto storage = Storage::pooled(1 << 20);
  EXPECT_EQ(pool_use().in_use - before.in_use, 1U << 20);
  EXPECT_GE(pool_use().peak, pool_use().in_use);
  storage.reset();
  EXPECT_EQ(pool_use().in_use, before.in_use);
  EXPECT_EQ(pool_use().free, 1U << 20);
  trim_pool();
  EXPECT_EQ(pool_use().free, 0U);
}

TEST(Pool, counts_nothing_for_memory_that_was_not_to_be_had) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers end the program where operator new would throw";
#endif
  const std::size_t before = pool_use().in_use;
  EXPECT_THROW(Storage::pooled(std::size_t{1} << 62), std::bad_alloc);
  EXPECT_EQ(pool_use().in_use, before);
}

TEST(Pool, serves_many_threads) {
  const std::size_t before = pool_use().in_use;
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < 4; ++t)
    threads.emplace_back([t] {
      Random random(t);
      std::array<std::shared_ptr<Storage>, 8> held;
      for (int i = 0; i < 2000; ++i) {
        auto& storage = held[random.below(8)];
        // Nobody else has written to what is held.
        EXPECT_TRUE(!storage || storage->data()[0] == static_cast<std::byte>(t));
        storage = Storage::pooled(1 + random.below(5000));
        storage->data()[0] = static_cast<std::byte>(t);
        if (i % 500 == 0) trim_pool();
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(pool_use().in_use, before);
}

TEST(Storage, lasting_lies_densely_and_is_no_part_of_the_pool) {
  trim_pool();
  const PoolUse before = pool_use();
  std::vector<std::shared_ptr<Storage>> all;
  for (const std::size_t bytes : {0UL, 1UL, 5000UL, (1UL << 20) + 1, 40UL << 20, 3UL << 20, 70UL << 20}) {
    all.push_back(Storage::lasting(bytes));
    EXPECT_EQ(all.back()->bytes(), bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(all.back()->data()) % 64, 0U);
    std::fill_n(all.back()->data(), bytes, static_cast<std::byte>(all.size()));
  }
  for (std::size_t i = 0; i < all.size(); ++i)  // none lies within another
    if (all[i]->bytes() > 0) {
      EXPECT_EQ(all[i]->data()[0], static_cast<std::byte>(i + 1));
      EXPECT_EQ(all[i]->data()[all[i]->bytes() - 1], static_cast<std::byte>(i + 1));
    }
  EXPECT_EQ(all[2]->data() - all[1]->data(), 64);
  EXPECT_EQ(pool_use().in_use, before.in_use);
  EXPECT_EQ(pool_use().free, 0U);
}

TEST(Storage, lasting_goes_on_behind_what_is_alive) {
  auto first = Storage::lasting(1000);
  const auto second = Storage::lasting(1000);
  first.reset();
  const auto third = Storage::lasting(1000);
  EXPECT_EQ(third->data() - second->data(), 1024);
}

TEST(Storage, lasting_serves_many_threads) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([t] {
      std::vector<std::shared_ptr<Storage>> mine;
      for (std::size_t i = 0; i < 200; ++i) {
        mine.push_back(Storage::lasting(i));
        std::fill_n(mine.back()->data(), i, static_cast<std::byte>(t));
      }
      for (const auto& each : mine)
        for (std::size_t i = 0; i < each->bytes(); ++i) ASSERT_EQ(each->data()[i], static_cast<std::byte>(t));
    });
  for (std::thread& thread : threads) thread.join();
}

TEST(Storage, borrowed_keeps_its_owner_alive_and_its_memory_out_of_the_pool) {
  const auto owner = std::make_shared<std::vector<std::byte>>(1000);
  const PoolUse before = pool_use();
  auto storage = Storage::borrowed(owner->data(), owner->size(), owner);
  EXPECT_EQ(owner.use_count(), 2);
  storage.reset();
  EXPECT_EQ(owner.use_count(), 1);
  EXPECT_EQ(pool_use().free, before.free);
}

TEST(Storage, borrowed_without_an_owner_stays_out_of_the_pool_too) {
  static std::array<std::byte, 1000> forever;
  const PoolUse before = pool_use();
  Storage::borrowed(forever.data(), forever.size(), nullptr);
  EXPECT_EQ(pool_use().free, before.free);
  EXPECT_NE(Storage::pooled(1000)->data(), forever.data());
}

}  // namespace
}  // namespace heed
