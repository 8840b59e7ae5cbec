#include "heed/nn/residual.h"

#include "heed/backend/reference/reference_backend.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

/// Residual around a sublayer that triples its input, beside a layer norm with the same parameters.
class WithResidual : public testing::Test {
 protected:
  Residual residual(NormOrder order, float dropout = 0) {
    return Residual(ParameterScope(first_), 5, order, dropout);
  }
  static Variable triple(const Variable& x) { return 3 * x; }

  VariedParameters source_{1};
  ParameterStore first_{source_, ParameterStore::Purpose::inference},
      second_{source_, ParameterStore::Purpose::inference};
  const Norm norm_{ParameterScope(second_), 5};
  Pass pass_ = Pass::inference(reference_backend());
  const Variable x_ = pass_.constant(random_tensor({4, 5}, 2));
};

TEST_F(WithResidual, after_normalizes_the_sum) {
  expect_close(residual(NormOrder::post)(x_, triple).value(), norm_(x_ + triple(x_)).value(), 1e-6);
}

TEST_F(WithResidual, before_normalizes_what_the_sublayer_sees_and_not_the_sum) {
  expect_close(residual(NormOrder::pre)(x_, triple).value(), (x_ + triple(norm_(x_))).value(), 1e-6);
}

TEST_F(WithResidual, normalizes_as_its_options_say) {
  ParameterStore store{source_, ParameterStore::Purpose::inference};
  const Norm::Options rms{.kind = NormKind::rms, .epsilon = 0.5f};
  const Norm norm{ParameterScope(store), 5, rms};
  for (const NormOrder order : {NormOrder::post, NormOrder::pre}) {
    ParameterStore own{source_, ParameterStore::Purpose::inference};
    const Residual residual(ParameterScope(own), 5, {.order = order, .norm = rms});
    const Variable wanted = order == NormOrder::post ? norm(x_ + triple(x_)) : x_ + triple(norm(x_));
    expect_close(residual(x_, triple).value(), wanted.value(), 1e-6);
    EXPECT_EQ(names_of(own), (std::vector<std::string>{"weight"}));
  }
}

TEST_F(WithResidual, drops_the_sublayers_result_and_not_x) {
  Pass training = Pass::training(reference_backend(), {});
  const Variable x = training.constant(x_.value());
  const auto y = numbers_of(residual(NormOrder::pre, 0.5f)(x, triple).value());
  const auto in = numbers_of(x_.value()), sublayer = numbers_of(triple(norm_(x_)).value());
  int dropped = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const bool kept = std::abs(y[i] - (in[i] + 2 * sublayer[i])) < 1e-4f;
    EXPECT_TRUE(kept || y[i] == in[i]) << i;
    dropped += !kept;
  }
  EXPECT_GT(dropped, 0);
  EXPECT_LT(dropped, 20);
}

}  // namespace
}  // namespace heed
