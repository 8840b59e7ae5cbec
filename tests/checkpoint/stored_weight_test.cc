#include "heed/checkpoint/stored_weight.h"

#include "heed/backend/reference/reference_backend.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

TEST(StoredWeight, in_float32_is_the_weight_itself) {
  const Tensor weight = random_tensor({3, 5}, 1);
  const TensorMap stored = stored_weight("w", weight, DataType::float32);
  EXPECT_EQ(stored.size(), 1u);
  EXPECT_TRUE(restored_weight(stored.at("w"), {}).shares_memory_with(weight));
}

TEST(StoredWeight, comes_back_as_near_as_its_type_allows) {
  const Tensor weight = random_tensor({30, 50}, 1);
  const TensorMap halves = stored_weight("w", weight, DataType::bfloat16);
  EXPECT_EQ(halves.at("w").type(), DataType::bfloat16);
  const Tensor near = restored_weight(halves.at("w"), {});
  const TensorMap bytes = stored_weight("w", weight, DataType::int8);
  EXPECT_EQ(bytes.at("w").type(), DataType::int8);
  EXPECT_EQ(bytes.at("w_scale").shape(), Shape{30});
  const Tensor nearly = restored_weight(bytes.at("w"), bytes.at(scale_name("w")));
  for (Index r = 0; r < 30; ++r)
    for (Index i = 0; i < 50; ++i) {
      const float wanted = weight.data()[r * 50 + i];
      EXPECT_NEAR(near.data()[r * 50 + i], wanted, std::abs(wanted) / 256);
      EXPECT_NEAR(nearly.data()[r * 50 + i], wanted, bytes.at("w_scale").data()[r] * 0.50001f);
    }
}

TEST(StoredWeight, of_a_row_of_zeros_is_zeros) {
  const TensorMap stored = stored_weight("w", Tensor::zeros({2, 4}), DataType::int8);
  for (const float number : numbers_of(restored_weight(stored.at("w"), stored.at("w_scale"))))
    EXPECT_EQ(number, 0);
}

TEST(StoredWeight, in_whole_numbers_is_prepared_as_if_it_had_never_been_stored) {
  const Tensor weight = random_tensor({20, 40}, 1), x = random_tensor({4, 40}, 2);
  const TensorMap stored = stored_weight("w", weight, DataType::int8);
  Backend& backend = reference_backend();
  Tensor direct({4, 20}), through_file({4, 20});
  backend.linear(x, backend.prepack(weight, DataType::int8), {}, Activation::none, direct);
  backend.linear(x, backend.prepack(restored_weight(stored.at("w"), stored.at("w_scale")), DataType::int8),
                 {}, Activation::none, through_file);
  expect_close(through_file, direct, 1e-6);
}

}  // namespace
}  // namespace heed
