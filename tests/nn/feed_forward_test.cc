#include "heed/nn/feed_forward.h"

#include "heed/backend/reference/reference_backend.h"
#include "heed/ops/activate.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

class WithFeedForward : public testing::Test {
 protected:
  FeedForward feed_forward(FeedForwardKind kind, float dropout = 0) {
    return FeedForward(ParameterScope(store_) / "feed_forward", 4, 6, {.kind = kind, .dropout = dropout});
  }
  /// x weight^T + bias with the parameters of a name.
  Variable linear(const std::string& name, const Variable& x) const {
    return ops::linear(x, parameter_of(store_, "feed_forward." + name + ".weight"),
                       parameter_of(store_, "feed_forward." + name + ".bias"));
  }

  VariedParameters source_{1};
  ParameterStore store_{source_, ParameterStore::Purpose::inference};
  Pass pass_ = Pass::inference(reference_backend());
  const Variable x_ = pass_.constant(random_tensor({3, 4}, 2));
};

TEST_F(WithFeedForward, relu_is_contract_of_relu_of_expand) {
  const Tensor y = feed_forward(FeedForwardKind::relu)(x_).value();
  expect_close(y, linear("contract", ops::activate(linear("expand", x_), Activation::relu)).value(), 1e-6);
}

TEST_F(WithFeedForward, gelu_is_contract_of_gelu_of_expand) {
  const Tensor y = feed_forward(FeedForwardKind::gelu)(x_).value();
  expect_close(y, linear("contract", ops::activate(linear("expand", x_), Activation::gelu)).value(), 1e-6);
}

TEST_F(WithFeedForward, gelu_tanh_is_contract_of_gelu_tanh_of_expand) {
  const Tensor y = feed_forward(FeedForwardKind::gelu_tanh)(x_).value();
  expect_close(y, linear("contract", ops::activate(linear("expand", x_), Activation::gelu_tanh)).value(),
               1e-6);
}

TEST_F(WithFeedForward, swiglu_multiplies_expand_with_the_silu_of_a_gate) {
  const Tensor y = feed_forward(FeedForwardKind::swiglu)(x_).value();
  const Variable gate = ops::activate(linear("gate", x_), Activation::silu);
  expect_close(y, linear("contract", gate * linear("expand", x_)).value(), 1e-6);
}

TEST_F(WithFeedForward, only_swiglu_has_a_gate) {
  feed_forward(FeedForwardKind::relu);
  EXPECT_EQ(names_of(store_),
            (std::vector<std::string>{"feed_forward.expand.weight", "feed_forward.expand.bias",
                                      "feed_forward.contract.weight", "feed_forward.contract.bias"}));
}

TEST_F(WithFeedForward, without_biases_has_weights_alone) {
  const FeedForward bare(ParameterScope(store_), 4, 6, {.kind = FeedForwardKind::swiglu, .biases = false});
  EXPECT_EQ(names_of(store_), (std::vector<std::string>{"expand.weight", "contract.weight", "gate.weight"}));
  const auto product = [&](const std::string& name, const Variable& x) {
    return ops::linear(x, parameter_of(store_, name + ".weight"), {});
  };
  const Variable gate = ops::activate(product("gate", x_), Activation::silu);
  expect_close(bare(x_).value(), product("contract", gate * product("expand", x_)).value(), 1e-6);
}

TEST_F(WithFeedForward, drops_of_the_hidden_layer_in_training_only) {
  const FeedForward dropping = feed_forward(FeedForwardKind::relu, 0.5f);
  Pass training = Pass::training(reference_backend(), {});
  const Tensor undropped = dropping(x_).value(), dropped = dropping(training.constant(x_.value())).value();
  expect_close(undropped, linear("contract", ops::activate(linear("expand", x_), Activation::relu)).value(),
               1e-6);
  EXPECT_NE(numbers_of(dropped), numbers_of(undropped));
}

}  // namespace
}  // namespace heed
