#include "heed/ops/rotate.h"

#include "heed/ops/arithmetic.h"
#include "heed/ops/attention.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Rotate : public OnEveryBackend {
 protected:
  static PositionList positions(std::vector<Index> all) { return RowList(std::move(all)); }
  static Rotary rotary(Index heads, RotaryPairing pairing = RotaryPairing::half_split) {
    return {heads, SharedList<float>(std::vector{1.0f, 0.1f}), pairing};
  }
};
INSTANTIATE_TEST_SUITE_P(Backends, Rotate, every_backend(), backend_name);

TEST_P(Rotate, turns_each_pair_by_its_rate_and_position_0_not_at_all) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(tensor_of({2, 4}, {1, 2, 3, 4, 1, 2, 3, 4}));
  ops::rotate_in_place(x, positions({0, 5}), rotary(1));
  const float c = std::cos(5.0f), s = std::sin(5.0f), slow_c = std::cos(0.5f), slow_s = std::sin(0.5f);
  expect_close(
      x.value(),
      tensor_of({2, 4}, {1, 2, 3, 4, c - 3 * s, 2 * slow_c - 4 * slow_s, 3 * c + s, 4 * slow_c + 2 * slow_s}),
      1e-6);
}

TEST_P(Rotate, gradients_agree_with_difference_quotients) {
  for (const auto pairing : {RotaryPairing::half_split, RotaryPairing::interleaved})
    expect_gradients(backend(), {random_tensor({3, 8}, 1)}, [&](Pass&, const auto& in) {
      const Variable x = 1.0f * in[0];
      ops::rotate_in_place(x, positions({0, 7, 2}), rotary(2, pairing));
      return x;
    });
}

TEST_P(Rotate, gradients_agree_for_queries_and_keys_beside_values_that_stay) {
  const AttentionShape shape{.heads = 2,
                             .key_value_heads = 1,
                             .causal = true,
                             .queries = Segments::uniform(1, 4),
                             .keys = Segments::uniform(1, 4)};
  expect_gradients(backend(), {random_tensor({4, 16}, 1)}, [&](Pass&, const auto& in) {
    const Variable all = 1.0f * in[0];
    ops::rotate_in_place(all.narrow(1, 0, 12), positions({0, 1, 2, 3}), rotary(3));
    return ops::attention(all.narrow(1, 0, 8), all.narrow(1, 8, 4), all.narrow(1, 12, 4), shape);
  });
}

TEST_P(Rotate, says_what_does_not_fit) {
  Pass pass = Pass::inference(backend());
  const Variable x = pass.constant(Tensor::zeros({2, 6}));
  const auto said = [&](const PositionList& at, const Rotary& how) {
    return message_of<ShapeError>([&] { ops::rotate_in_place(x, at, how); });
  };
  EXPECT_EQ(said(positions({1}), rotary(1)), "rotate: 2 rows meet 1 positions");
  EXPECT_EQ(said({}, rotary(1)), "rotate: 2 rows meet 0 positions");
  EXPECT_EQ(said(positions({1, 2}), rotary(4)), "rotate: width 6 does not divide into 4 heads");
  EXPECT_EQ(said(positions({1, 2}), rotary(2)), "rotate: 2 pairs do not fit into heads of width 3");
}

}  // namespace
}  // namespace heed
