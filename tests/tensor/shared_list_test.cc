#include "heed/tensor/shared_list.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(SharedList, is_absent_unless_a_list_is_given) {
  EXPECT_FALSE(IndexList());
  EXPECT_TRUE(IndexList(std::vector<Index>()));
  EXPECT_EQ(IndexList().size(), 0);
}

TEST(SharedList, copies_and_parts_share_the_values) {
  const IndexList list{1, 2, 3, 4}, copy = list, part = list.part(1, 2);
  EXPECT_EQ(copy.data(), list.data());
  EXPECT_EQ(part.data(), list.data() + 1);
  EXPECT_EQ(part, (IndexList{2, 3}));
  EXPECT_EQ(part.part(1, 1), IndexList{3});
}

TEST(SharedList, takes_the_memory_of_a_vector_that_is_moved_in) {
  std::vector<Index> values{1, 2, 3};
  const Index* data = values.data();
  EXPECT_EQ(IndexList(std::move(values)).data(), data);
}

TEST(SharedList, is_copied_to_a_device_once) {
  const IndexList list{1, 2, 3};
  int copied = 0;
  const auto copy = [&](std::span<const Index> whole) {
    ++copied;
    return std::make_shared<std::vector<Index>>(whole.begin(), whole.end());
  };
  EXPECT_EQ(list.device_copy(copy), list.part(1, 2).device_copy(copy));
  EXPECT_EQ(copied, 1);
}

}  // namespace
}  // namespace heed
