#include "heed/base/crc32.h"

#include <gtest/gtest.h>

#include <vector>

namespace heed {
namespace {

TEST(Crc32, equals_the_published_check_value) {
  EXPECT_EQ(crc32(""), 0u);
  EXPECT_EQ(crc32("123456789"), 0xcbf43926u);
}

TEST(Crc32, goes_on_from_the_bytes_before_also_over_none) {
  const std::vector<std::byte> none;
  const std::string_view text = "123456789";
  const auto bytes = std::as_bytes(std::span(text));
  const std::uint32_t first = crc32(bytes.first(4));
  EXPECT_EQ(crc32(none, first), first);
  EXPECT_EQ(crc32(bytes.subspan(4), crc32(none, first)), 0xcbf43926u);
}

}  // namespace
}  // namespace heed
