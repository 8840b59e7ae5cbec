#include "heed/base/crc32c.h"

#include <gtest/gtest.h>

#include <string>

namespace heed {
namespace {

// From RFC 3720, appendix B.4, and the checksum's usual check value.
TEST(Crc32c, equals_the_published_values) {
  EXPECT_EQ(crc32c(""), 0u);
  EXPECT_EQ(crc32c("123456789"), 0xe3069283u);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8a9136aau);
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62a8ab43u);
}

}  // namespace
}  // namespace heed
