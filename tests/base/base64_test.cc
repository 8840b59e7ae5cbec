#include "heed/base/base64.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace heed {
namespace {

std::string encoded(std::string_view text) {
  return base64({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

TEST(Base64, equals_the_vectors_of_rfc_4648) {
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded("f"), "Zg==");
  EXPECT_EQ(encoded("fo"), "Zm8=");
  EXPECT_EQ(encoded("foo"), "Zm9v");
  EXPECT_EQ(encoded("foob"), "Zm9vYg==");
  EXPECT_EQ(encoded("fooba"), "Zm9vYmE=");
  EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
}

TEST(Base64, uses_the_last_two_digits_for_high_bytes) {
  EXPECT_EQ(base64(std::array<std::uint8_t, 3>{0xFB, 0xFF, 0xFE}), "+//+");
}

}  // namespace
}  // namespace heed
