#include "heed/api/attention_bytes.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <numeric>

#include "heed/base/random.h"

namespace heed::api {
namespace {

template <class T>
T number_at(const std::string& bytes, std::size_t at) {
  T number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

TEST(AttentionBytes, give_each_weight_back_to_a_share_of_the_largest_of_its_row) {
  const Tensor weights({3, 5, 7});
  Random random(4);
  for (Index i = 0; i < weights.count(); ++i) weights.data()[i] = random.uniform() * random.uniform();
  for (Index key = 0; key < 7; ++key) weights.data()[key] = 0;  // a row of nothing
  const std::string bytes = attention_bytes(weights);
  ASSERT_EQ(bytes.size(), 20u + 15 * 4 + 15 * 7);
  EXPECT_EQ(bytes.substr(0, 4), "HATT");
  const std::array<std::uint32_t, 4> head{1, 3, 5, 7};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(number_at<std::uint32_t>(bytes, 4 + 4 * i), head[i]);
  for (std::size_t row = 0; row < 15; ++row) {
    const float largest = number_at<float>(bytes, 20 + 4 * row);
    for (std::size_t key = 0; key < 7; ++key) {
      const float share =
          static_cast<float>(static_cast<unsigned char>(bytes[20 + 60 + row * 7 + key])) / 255;
      EXPECT_NEAR(share * largest, weights.data()[row * 7 + key], largest / 509) << row << ", " << key;
    }
  }
}

}  // namespace
}  // namespace heed::api
