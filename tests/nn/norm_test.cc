#include "heed/nn/norm.h"

#include "heed/backend/reference/reference_backend.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

class WithNorm : public testing::Test {
 protected:
  VariedParameters source_{1};
  ParameterStore store_{source_, ParameterStore::Purpose::inference};
  Pass pass_ = Pass::inference(reference_backend());
  const Variable x_ = pass_.constant(random_tensor({4, 5}, 2));
};

TEST_F(WithNorm, has_a_weight_and_only_as_layer_norm_a_bias) {
  const auto names = [&](const Norm::Options& options) {
    ParameterStore store{source_, ParameterStore::Purpose::inference};
    const Norm norm(ParameterScope(store), 5, options);
    return names_of(store);
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names({}), (Names{"weight", "bias"}));
  EXPECT_EQ(names({.bias = false}), (Names{"weight"}));
  EXPECT_EQ(names({.kind = NormKind::rms}), (Names{"weight"}));
}

TEST_F(WithNorm, rms_is_gain_times_x_over_its_root_mean_square) {
  const Norm norm(ParameterScope(store_), 5, {.kind = NormKind::rms, .epsilon = 0.25f});
  const auto x = numbers_of(x_.value()), gain = numbers_of(parameter_of(store_, "weight").value());
  const auto y = numbers_of(norm(x_).value());
  for (std::size_t r = 0; r < 4; ++r) {
    double squares = 0;
    for (std::size_t c = 0; c < 5; ++c)
      squares += static_cast<double>(x[5 * r + c]) * static_cast<double>(x[5 * r + c]);
    const double scale = 1 / std::sqrt(squares / 5 + 0.25);
    for (std::size_t c = 0; c < 5; ++c)
      EXPECT_NEAR(y[5 * r + c], static_cast<double>(x[5 * r + c] * gain[c]) * scale, 1e-6);
  }
}

TEST_F(WithNorm, starts_as_plain_normalization) {
  RandomParameters random(1);
  ParameterStore store(random, ParameterStore::Purpose::inference);
  const Norm norm(ParameterScope(store), 5, {.kind = NormKind::rms});
  EXPECT_EQ(numbers_of(parameter_of(store, "weight").value()), std::vector<float>(5, 1.0f));
}

}  // namespace
}  // namespace heed
