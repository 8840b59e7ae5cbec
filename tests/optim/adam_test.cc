#include "heed/optim/adam.h"

#include "tests/support/backends.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

class AdamOptimizer : public OnEveryBackend {
 protected:
  static void set_gradient(const Variable& parameter, const std::vector<float>& numbers) {
    std::copy(numbers.begin(), numbers.end(), parameter.gradient().data());
  }
  const Variable x_ = Variable::with_gradient(tensor_of({3}, {1, -0.5f, 0.25f}), nullptr);
};
INSTANTIATE_TEST_SUITE_P(Backends, AdamOptimizer, every_backend(), backend_name);

// torch.optim.AdamW([x], lr=0.01, betas=(0.9, 0.98), eps=1e-9, weight_decay=0 and 0.1) in float64: x after
// each of four steps with these gradients.
const std::vector<std::vector<float>> gradients = {
    {0.5f, -2, 0.001f}, {0.25f, 1, -0.002f}, {-1, 3, 0}, {0.125f, -0.5f, 0.004f}};
const std::vector<std::vector<float>> plain = {{0.99000000f, -0.49000000f, 0.24000001f},
                                               {0.98065123f, -0.48732892f, 0.24365055f},
                                               {0.98270352f, -0.49120944f, 0.24648612f},
                                               {0.98375229f, -0.49360331f, 0.24257914f}};
const std::vector<std::vector<float>> decayed = {{0.98900000f, -0.48950000f, 0.23975001f},
                                                 {0.97866223f, -0.48633942f, 0.24316080f},
                                                 {0.97973586f, -0.48973360f, 0.24575321f},
                                                 {0.97980489f, -0.49163774f, 0.24160048f}};

TEST_P(AdamOptimizer, moves_as_pytorch_does) {
  for (const auto& [decay, expected] : {std::pair{0.0, plain}, std::pair{0.1, decayed}}) {
    const Variable x = Variable::with_gradient(x_.value().clone(), nullptr);
    Adam adam(backend(), {x}, {.weight_decay = decay});
    for (std::size_t step = 0; step < gradients.size(); ++step) {
      set_gradient(x, gradients[step]);
      EXPECT_TRUE(adam.step({.learning_rate = 0.01}).applied);
      for (std::size_t i = 0; i < 3; ++i)
        EXPECT_NEAR(x.value().data()[i], expected[step][i], 1e-6) << "step " << step << " element " << i;
    }
    EXPECT_EQ(adam.updates(), 4);
  }
}

TEST_P(AdamOptimizer, moves_the_same_for_gradients_summed_and_scaled_back) {
  const Variable one = Variable::with_gradient(x_.value().clone(), nullptr),
                 other = Variable::with_gradient(x_.value().clone(), nullptr);
  Adam adam_one(backend(), {one}, {}), adam_other(backend(), {other}, {});
  set_gradient(one, {0.5f, -2, 0.25f});
  set_gradient(other, {4, -16, 2});
  const double norm = adam_one.step({.learning_rate = 0.01}).gradient_norm;
  EXPECT_DOUBLE_EQ(adam_other.step({.learning_rate = 0.01, .gradient_scale = 0.125}).gradient_norm, norm);
  EXPECT_EQ(numbers_of(one.value()), numbers_of(other.value()));
}

TEST_P(AdamOptimizer, clips_the_scaled_gradient_of_all_parameters_together) {
  // (3, 0) and -4, halved, have length 2.5; half as long they are (0.75, 0) and -1.
  const Variable a = Variable::with_gradient(tensor_of({2}, {0, 0}), nullptr),
                 b = Variable::with_gradient(tensor_of({1}, {0}), nullptr);
  Adam adam(backend(), {a, b}, {});
  set_gradient(a, {3, 0});
  set_gradient(b, {-4});
  EXPECT_DOUBLE_EQ(adam.step({.learning_rate = 0.01, .gradient_scale = 0.5, .clip_norm = 1.25}).gradient_norm,
                   2.5);
  expect_close(adam.means()[0], tensor_of({2}, {0.075f, 0}), 1e-6);
  expect_close(adam.means()[1], tensor_of({1}, {-0.1f}), 1e-6);
}

TEST_P(AdamOptimizer, does_not_lengthen_a_short_gradient) {
  Adam adam(backend(), {x_}, {});
  set_gradient(x_, {0.5f, 0, 0});
  adam.step({.learning_rate = 0.01, .clip_norm = 1});
  expect_close(adam.means()[0], tensor_of({3}, {0.05f, 0, 0}), 1e-6);
}

TEST_P(AdamOptimizer, a_gradient_that_is_not_finite_changes_nothing) {
  const Variable other = Variable::with_gradient(tensor_of({2}, {5, 6}), nullptr);
  Adam adam(backend(), {x_, other}, {});
  set_gradient(x_, {1, 2, 3});
  adam.step({.learning_rate = 0.01});
  const auto value = numbers_of(x_.value()), mean = numbers_of(adam.means()[0]),
             variance = numbers_of(adam.variances()[0]);
  for (const float bad : {NAN, INFINITY}) {
    set_gradient(x_, {1, 2, 3});
    set_gradient(other, {bad, 1});
    EXPECT_FALSE(adam.step({.learning_rate = 0.01, .clip_norm = 1}).applied);
    EXPECT_EQ(numbers_of(x_.value()), value);
    EXPECT_EQ(numbers_of(other.value()), (std::vector<float>{5, 6}));
    EXPECT_EQ(numbers_of(adam.means()[0]), mean);
    EXPECT_EQ(numbers_of(adam.variances()[0]), variance);
    EXPECT_EQ(adam.updates(), 1);
    EXPECT_TRUE(x_.has_gradient());  // to be looked at
    adam.drop_gradients();
    EXPECT_FALSE(x_.has_gradient());
  }
}

TEST_P(AdamOptimizer, goes_on_where_a_resumed_run_left_off) {
  Adam first(backend(), {x_}, {});
  for (const auto& gradient : {gradients[0], gradients[1]}) {
    set_gradient(x_, gradient);
    first.step({.learning_rate = 0.01});
  }
  const Variable y = Variable::with_gradient(x_.value().clone(), nullptr);
  Adam second(backend(), {y}, {});
  second.set_updates(first.updates());
  std::copy_n(first.means()[0].data(), 3, second.means()[0].data());
  std::copy_n(first.variances()[0].data(), 3, second.variances()[0].data());
  for (const auto& gradient : {gradients[2], gradients[3]})
    for (auto* adam : {&first, &second}) {
      set_gradient(adam == &first ? x_ : y, gradient);
      adam->step({.learning_rate = 0.01});
    }
  EXPECT_EQ(numbers_of(x_.value()), numbers_of(y.value()));
}

TEST_P(AdamOptimizer, updates_windows_of_one_block_each_once) {
  const Variable block =
      Variable::with_gradient(tensor_of({2, 3}, {1, -0.5f, 0.25f, 1, -0.5f, 0.25f}), nullptr);
  Adam adam(backend(), {block.narrow(0, 0, 1), block.narrow(0, 1, 1)}, {});
  set_gradient(block, {0.5f, -2, 0.001f, 0.5f, -2, 0.001f});
  adam.step({.learning_rate = 0.01});
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(block.value().data()[i], plain[0][i % 3], 1e-6);
}

TEST_P(AdamOptimizer, with_the_papers_settings_by_default) {
  const AdamOptions options;
  EXPECT_EQ(std::tuple(options.beta1, options.beta2, options.epsilon), std::tuple(0.9, 0.98, 1e-9));
}

}  // namespace
}  // namespace heed
