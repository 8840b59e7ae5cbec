#include "heed/ops/embed.h"

#include <array>

#include "heed/ops/arithmetic.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class Embed : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, Embed, every_backend(), backend_name);

TEST_P(Embed, looks_up_scales_and_adds_positions) {
  Pass pass = Pass::inference(backend());
  const Variable table = pass.constant(tensor_of({3, 2}, {1, 2, 3, 4, 5, 6}));
  const Variable position_table = pass.constant(tensor_of({2, 2}, {0.5f, 0, 0, 0.5f}));
  const std::array<Index, 3> tokens{2, 0, 2}, positions{0, 1, 1};
  EXPECT_EQ(numbers_of(ops::embed(pass, tokens, table).value()), (std::vector<float>{5, 6, 1, 2, 5, 6}));
  const Tensor y =
      ops::embed(pass, tokens, table,
                 {.positions = positions, .position_table = position_table, .scale = 2, .dropout = 0.5f})
          .value();
  EXPECT_EQ(numbers_of(y), (std::vector<float>{10.5f, 12, 2, 4.5f, 10, 12.5f}));
}

TEST_P(Embed, gradients_agree_with_difference_quotients) {
  const std::array<Index, 5> tokens{3, 1, 3, 0, 3}, positions{0, 1, 2, 0, 1};
  for (const float dropout : {0.0f, 0.3f})
    expect_gradients(backend(), {random_tensor({5, 9}, 1), random_tensor({4, 9}, 2)},
                     [&](Pass& pass, const auto& in) {
                       return ops::embed(
                           pass, tokens, in[0],
                           {.positions = positions, .position_table = in[1], .scale = 3, .dropout = dropout});
                     });
}

TEST_P(Embed, tells_what_gradient_reaches_its_result) {
  Pass pass = Pass::training(backend(), {});
  const Variable table = Variable::with_gradient(tensor_of({2, 2}, {1, 2, 3, 4}), &pass);
  const std::array<Index, 2> tokens{1, 1};
  std::vector<float> seen;
  const Variable y = ops::embed(pass, tokens, table,
                                {.scale = 5, .observe = [&](const Tensor& g) { seen = numbers_of(g); }});
  const Variable product = y * pass.constant(tensor_of({2, 2}, {0, 7, 0, 0}));
  pass.backward(product.narrow(0, 0, 1).narrow(1, 1, 1));
  EXPECT_EQ(seen, (std::vector<float>{0, 7, 0, 0}));  // of the result, not of the table
}

TEST_P(Embed, gives_nothing_for_no_tokens) {
  Pass pass = Pass::inference(backend());
  EXPECT_EQ(ops::embed(pass, {}, pass.constant(Tensor::zeros({3, 2}))).shape(), (Shape{0, 2}));
}

TEST_P(Embed, says_which_token_or_position_is_not_known) {
  Pass pass = Pass::inference(backend());
  const Variable table = pass.constant(Tensor::zeros({3, 2}));
  const std::array<Index, 1> zero{0}, three{3}, negative{-1};
  const auto said = [&](std::span<const Index> tokens, const ops::EmbedOptions& options) {
    return message_of<ShapeError>([&] { ops::embed(pass, tokens, table, options); });
  };
  EXPECT_EQ(said(three, {}), "embed: token 3 lies outside of the 3 that are known");
  EXPECT_EQ(said(negative, {}), "embed: token -1 lies outside of the 3 that are known");
  const Variable positions = pass.constant(Tensor::zeros({3, 2}));
  EXPECT_EQ(said(zero, {.positions = three, .position_table = positions}),
            "embed: position 3 lies outside of the 3 that are known");
  EXPECT_EQ(said(zero, {.position_table = positions}), "embed: 1 tokens have 0 positions");
  EXPECT_EQ(said(zero, {.positions = zero, .position_table = pass.constant(Tensor::zeros({3, 4}))}),
            "embed: positions of width 4 meet tokens of width 2");
}

}  // namespace
}  // namespace heed
