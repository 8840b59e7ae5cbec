#include "heed/nn/positional_encoding.h"

#include "tests/support/parameters.h"

namespace heed {
namespace {

TEST(PositionalEncoding, is_the_sine_and_cosine_of_section_3_5) {
  const Index width = 6;
  const Tensor table = sinusoidal_encoding(50, width);
  for (Index position = 0; position < 50; ++position)
    for (Index i = 0; i < width / 2; ++i) {
      const double angle =
          static_cast<double>(position) / std::pow(10000.0, 2.0 * static_cast<double>(i) / 6);
      EXPECT_NEAR(table.data()[position * width + 2 * i], std::sin(angle), 1e-6);
      EXPECT_NEAR(table.data()[position * width + 2 * i + 1], std::cos(angle), 1e-6);
    }
}

TEST(PositionalEncoding, at_position_0_is_0_and_1_in_turn) {
  EXPECT_EQ(numbers_of(sinusoidal_encoding(1, 5)), (std::vector<float>{0, 1, 0, 1, 0}));
}

TEST(PositionalEncoding, sinusoidal_is_no_parameter) {
  RandomParameters source(1);
  ParameterStore store(source, ParameterStore::Purpose::training);
  const PositionalEncoding positions(ParameterScope(store), PositionKind::sinusoidal, 7, 4);
  EXPECT_EQ(store.count(), 0);
  EXPECT_EQ(positions.limit(), 7);
  EXPECT_FALSE(positions.table().needs_gradient());
}

TEST(PositionalEncoding, learned_is_a_parameter) {
  RandomParameters source(1);
  ParameterStore store(source, ParameterStore::Purpose::training);
  const PositionalEncoding positions(ParameterScope(store) / "positions", PositionKind::learned, 7, 4);
  EXPECT_EQ(names_of(store), std::vector<std::string>{"positions.weight"});
  EXPECT_EQ(positions.table().shape(), (Shape{7, 4}));
  EXPECT_TRUE(positions.table().needs_gradient());
}

TEST(PositionalEncoding, none_has_no_table_and_no_limit) {
  RandomParameters source(1);
  ParameterStore store(source, ParameterStore::Purpose::training);
  const PositionalEncoding positions(ParameterScope(store), PositionKind::none, 7, 4);
  EXPECT_FALSE(positions.table());
  EXPECT_GT(positions.limit(), 1000000);
}

}  // namespace
}  // namespace heed
