#include "heed/ops/cross_entropy.h"

#include "heed/base/parallel.h"
#include "heed/ops/arithmetic.h"
#include "heed/ops/linear.h"

#include <array>

#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

class CrossEntropy : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, CrossEntropy, every_backend(), backend_name);

TEST_P(CrossEntropy, is_the_sum_of_the_targets_negative_log_probabilities) {
  Pass pass = Pass::inference(backend());
  const float log3 = std::log(3.0f);
  const Variable logits = pass.constant(tensor_of({2, 2}, {0, log3, 7, 7}));
  const Tensor loss = ops::cross_entropy(logits, std::array<Index, 2>{1, 0}).value();
  EXPECT_EQ(loss.shape(), Shape{1});
  EXPECT_NEAR(loss.data()[0], -std::log(0.75) - std::log(0.5), 1e-6);
}

TEST_P(CrossEntropy, smoothing_spreads_its_share_over_all_classes) {
  Pass pass = Pass::inference(backend());
  const Variable logits = pass.constant(tensor_of({1, 2}, {0, std::log(3.0f)}));
  const double expected = 0.95 * -std::log(0.75) + 0.05 * -std::log(0.25);  // 0.9 + 0.1 / 2, and 0.1 / 2
  EXPECT_NEAR(ops::cross_entropy(logits, std::array<Index, 1>{1}, 0.1f).value().data()[0], expected, 1e-6);
}

/// Counts how often the host asks for a tensor's elements.
class CountingReads final : public ReferenceBackend {
 public:
  Tensor to_host(const Tensor& x) override {
    ++reads;
    return ReferenceBackend::to_host(x);
  }
  int reads = 0;
};

TEST(CrossEntropyOnADevice, undoes_a_loss_without_reading_from_its_memory) {
  for (const bool in_one : {false, true}) {
    CountingReads backend;
    Pass pass = Pass::training(backend, {});
    const Variable x = Variable::with_gradient(random_tensor({4, 7}, 1), &pass),
                   weight = Variable::with_gradient(random_tensor({5, 7}, 2), nullptr);
    const std::array<Index, 4> targets{4, 0, 3, 3};
    const Variable loss = in_one ? ops::projected_cross_entropy(x, {weight, {}}, targets)
                                 : ops::cross_entropy(ops::linear(x, weight, {}), targets);
    pass.backward(loss, 0.25f);
    EXPECT_TRUE(x.has_gradient());
    EXPECT_EQ(backend.reads, 0);
  }
}

TEST_P(CrossEntropy, that_is_not_the_loss_itself_has_the_gradients_of_what_is) {
  expect_gradients(backend(), {random_tensor({4, 7}, 1)}, [&](Pass&, const auto& in) {
    const Variable one = ops::cross_entropy(in[0], std::array<Index, 4>{6, 0, 3, 3}),
                   other = ops::cross_entropy(in[0], std::array<Index, 4>{1, 1, 2, 0});
    return ops::add(one, other);
  });
}

TEST_P(CrossEntropy, gradients_agree_with_difference_quotients) {
  for (const float smoothing : {0.0f, 0.1f, 0.5f})
    expect_gradients(backend(), {random_tensor({4, 7}, 1)}, [&](Pass&, const auto& in) {
      return ops::cross_entropy(in[0], std::array<Index, 4>{6, 0, 3, 3}, smoothing);
    });
}

TEST_P(CrossEntropy, of_a_projection_is_that_of_its_logits) {
  // Enough classes for several chunks of rows.
  const Tensor x = random_tensor({250, 3}, 1), weight = random_tensor({30'000, 3}, 2),
               bias = random_tensor({30'000}, 3);
  std::vector<Index> targets;
  for (Index i = 0; i < 250; ++i) targets.push_back(i * 119);
  struct Found {
    Tensor loss, dx, dweight, dbias;
  };
  const auto run = [&](bool in_one) {
    Pass pass = Pass::training(backend(), {});
    const Variable in = Variable::with_gradient(x, &pass), w = Variable::with_gradient(weight, nullptr),
                   b = Variable::with_gradient(bias, nullptr);
    const Variable loss = in_one ? ops::projected_cross_entropy(in, {w, b}, targets, 0.1f)
                                 : ops::cross_entropy(ops::linear(in, w, b), targets, 0.1f);
    pass.backward(loss, 0.25f);
    return Found{loss.value(), in.gradient(), w.gradient(), b.gradient()};
  };
  const Found given = run(true), wanted = run(false);
  expect_close(given.loss, wanted.loss, 1e-6);
  expect_close(given.dx, wanted.dx, 1e-5);
  expect_close(given.dweight, wanted.dweight, 2e-5);  // sums over rows in another order
  expect_close(given.dbias, wanted.dbias, 2e-5);
}

TEST_P(CrossEntropy, of_a_projection_has_the_gradients_of_difference_quotients) {
  expect_gradients(
      backend(), {random_tensor({4, 5}, 1), random_tensor({7, 5}, 2), random_tensor({7}, 3)},
      [&](Pass&, const auto& in) {
        return ops::projected_cross_entropy(in[0], {in[1], in[2]}, std::array<Index, 4>{6, 0, 3, 3}, 0.1f);
      });
  expect_gradients(
      backend(), {random_tensor({4, 5}, 1), random_tensor({7, 5}, 2)}, [&](Pass&, const auto& in) {
        return ops::projected_cross_entropy(in[0], {in[1], {}}, std::array<Index, 4>{6, 0, 3, 3});
      });
}

TEST_P(CrossEntropy, of_a_projection_ignores_the_threads) {
  const Tensor x = random_tensor({500, 16}, 1), weight = random_tensor({10'000, 16}, 2);
  const std::vector<Index> targets(500, 17);
  const auto run = [&](int threads) {
    const int before = thread_count();
    set_thread_count(threads);
    Pass pass = Pass::training(backend(), {});
    const Variable in = Variable::with_gradient(x, &pass), w = Variable::with_gradient(weight, nullptr);
    pass.backward(ops::projected_cross_entropy(in, {w, {}}, targets, 0.1f));
    set_thread_count(before);
    return std::pair(numbers_of(in.gradient()), numbers_of(w.gradient()));
  };
  EXPECT_EQ(run(1), run(2));
}

TEST_P(CrossEntropy, stays_finite_for_large_logits) {
  Pass pass = Pass::training(backend(), {});
  const Variable logits = Variable::with_gradient(tensor_of({1, 3}, {-1e4f, 1e4f, 0}), &pass);
  const Variable loss = ops::cross_entropy(logits, std::array<Index, 1>{0}, 0.1f);
  pass.backward(loss);
  EXPECT_TRUE(std::isfinite(loss.value().data()[0]));
  for (const float slope : numbers_of(logits.gradient())) EXPECT_TRUE(std::isfinite(slope));
}

TEST_P(CrossEntropy, says_which_targets_do_not_fit) {
  Pass pass = Pass::inference(backend());
  const Variable logits = pass.constant(Tensor::zeros({2, 5}));
  EXPECT_EQ(message_of<ShapeError>([&] { ops::cross_entropy(logits, std::array<Index, 1>{0}); }),
            "cross_entropy: 2 rows meet 1 targets");
  for (const Index wrong : {-1, 5})
    EXPECT_EQ(message_of<ShapeError>([&] {
                ops::cross_entropy(logits, std::array<Index, 2>{0, wrong});
              }),
              message("cross_entropy: target ", wrong, " lies outside of the 5 classes"));
}

}  // namespace
}  // namespace heed
