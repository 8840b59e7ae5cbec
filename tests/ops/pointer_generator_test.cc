#include "heed/ops/pointer_generator.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "heed/ops/cross_entropy.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class PointerGeneratorOf : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, PointerGeneratorOf, every_backend(), backend_name);

TEST_P(PointerGeneratorOf, mixes_what_is_generated_with_what_is_pointed_at) {
  Pass pass = Pass::inference(backend());
  // Generates with 1/4: classes 0.5, 0.3, 0.2. Points at keys of the classes 2, 0 and 2 with 1/2, 1/4, 1/4.
  const Variable logits = pass.constant(tensor_of({1, 3}, {std::log(0.5f), std::log(0.3f), std::log(0.2f)})),
                 gates = pass.constant(tensor_of({1, 1}, {-std::log(3.0f)})),
                 queries = pass.constant(tensor_of({1, 1}, {1})),
                 keys = pass.constant(tensor_of({3, 1}, {std::log(2.0f), 0, 0}));
  const Variable y = ops::pointer_generator(logits, gates, queries, Segments::uniform(1, 1),
                                            {keys, Segments::uniform(1, 3), std::vector<Index>{2, 0, 2}});
  expect_close(y.value(),
               tensor_of({1, 3}, {std::log(0.125f + 0.1875f), std::log(0.075f), std::log(0.05f + 0.5625f)}),
               1e-5);
}

/// Two sequences of 3 and 1 queries, over 2 and 4 keys.
const Segments queries = Segments::packed(std::vector<Index>{3, 1}),
               keys = Segments::packed(std::vector<Index>{2, 4});
const std::vector<Index> classes{4, 1, 0, 4, 4, 2};
const std::vector<Tensor> inputs{random_tensor({4, 5}, 1), random_tensor({4, 1}, 2), random_tensor({4, 3}, 3),
                                 random_tensor({6, 3}, 4)};

Variable of(const std::vector<Variable>& in) {
  return ops::pointer_generator(in[0], in[1], in[2], queries, {in[3], keys, classes});
}

TEST_P(PointerGeneratorOf, gradients_agree_with_difference_quotients) {
  expect_gradients(backend(), inputs, [](Pass&, const auto& in) { return of(in); });
}

TEST_P(PointerGeneratorOf, gradients_of_a_loss_agree_with_difference_quotients) {
  expect_gradients(backend(), inputs, [](Pass&, const auto& in) {
    return ops::cross_entropy(of(in), std::vector<Index>{4, 3, 1, 4}, 0.1f);
  });
}

TEST_P(PointerGeneratorOf, rows_are_probabilities_whatever_their_neighbors) {
  Pass pass = Pass::inference(backend());
  std::vector<Variable> in;
  for (const Tensor& input : inputs) in.push_back(pass.constant(input));
  const Tensor together = of(in).value();
  for (Index r = 0; r < 4; ++r) {
    double sum = 0;
    for (Index c = 0; c < 5; ++c) sum += std::exp(static_cast<double>(together.data()[r * 5 + c]));
    EXPECT_NEAR(sum, 1, 1e-5);
  }
  const Variable alone = ops::pointer_generator(
      in[0].narrow(0, 3, 1), in[1].narrow(0, 3, 1), in[2].narrow(0, 3, 1), Segments::uniform(1, 1),
      {in[3].narrow(0, 2, 4), Segments::uniform(1, 4), std::vector<Index>{0, 4, 4, 2}});
  EXPECT_EQ(numbers_of(alone.value()), numbers_of(together.narrow(0, 3, 1)));
}

TEST_P(PointerGeneratorOf, refuses_what_does_not_fit) {
  Pass pass = Pass::inference(backend());
  std::vector<Variable> in;
  for (const Tensor& input : inputs) in.push_back(pass.constant(input));
  EXPECT_EQ(message_of<ShapeError>([&] {
              ops::pointer_generator(in[0], in[1], in[2], queries,
                                     {in[3], keys, std::vector<Index>{4, 1, 0, 5, 4, 2}});
            }),
            "pointer_generator: class 5 of a key lies outside of the 5 that are known");
  EXPECT_THROW(ops::pointer_generator(in[0], in[1], in[2], Segments::uniform(1, 4), {in[3], keys, classes}),
               ShapeError);
  EXPECT_THROW(ops::pointer_generator(in[0], in[0], in[2], queries, {in[3], keys, classes}), ShapeError);
}

}  // namespace
}  // namespace heed
