#include "heed/nn/rotary_embedding.h"

#include "heed/base/error.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

TEST(RotaryEmbedding, slows_down_from_pair_to_pair) {
  const Rotary rotary = rotary_embedding({.base = 10'000}, 3, 8);
  EXPECT_EQ(rotary.heads, 3);
  ASSERT_EQ(rotary.rates->size(), 4u);
  const std::vector<float> wanted{1, 0.1f, 0.01f, 0.001f};  // 10000^(-2i / 8)
  for (std::size_t i = 0; i < 4; ++i) EXPECT_FLOAT_EQ((*rotary.rates)[i], wanted[i]);
}

TEST(RotaryEmbedding, needs_heads_of_pairs) {
  EXPECT_EQ(message_of<ConfigError>([] { rotary_embedding({}, 2, 5); }),
            "rotary positions: heads of 5 columns do not divide into pairs");
}

}  // namespace
}  // namespace heed
