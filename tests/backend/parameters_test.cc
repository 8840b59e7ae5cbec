#include "tests/backend/backends.h"

namespace heed {
namespace {

/// Kernels that work on parameters: normalisation, embedding, the optimiser.
class Parameters : public AgainstReference {
 protected:
  const Dropout dropout_{.probability = 0.1f, .key = {1, 2}, .stream = 3};
};

INSTANTIATE_TEST_SUITE_P(All, Parameters,
                         testing::Combine(testing::ValuesIn(cpu_backends()), any_threads,
                                          testing::Values(Size{1, 1}, Size{7, 33}, Size{333, 128},
                                                          Size{65, 1030})),
                         name_of_case);

TEST_P(Parameters, layer_norm_matches) {
  const Tensor x = random_window(rows(), columns()), gain = random({columns()}), bias = random({columns()});
  Tensor given({rows(), columns()}), wanted(given.shape());
  fast().layer_norm(x, gain, bias, given);
  slow().layer_norm(x, gain, bias, wanted);
  expect_close(given, wanted, 2e-5f);
}

TEST_P(Parameters, layer_norm_backward_matches_and_ignores_the_threads) {
  const Tensor x = random_window(rows(), columns()), gain = random({columns()}),
               dy = random({rows(), columns()});
  const Tensor dx = random(dy.shape()), dgain = random({columns()}), dbias = random({columns()});
  const Tensor dx_wanted = dx.clone(), dgain_wanted = dgain.clone(), dbias_wanted = dbias.clone();
  const Tensor dx_again = dx.clone(), dgain_again = dgain.clone(), dbias_again = dbias.clone();
  fast().layer_norm_backward(x, gain, dy, dx, dgain, dbias);
  slow().layer_norm_backward(x, gain, dy, dx_wanted, dgain_wanted, dbias_wanted);
  expect_close(dx, dx_wanted, 3e-5f);  // sums of up to 1030 terms in another order
  expect_close(dgain, dgain_wanted, 3e-5f);
  expect_close(dbias, dbias_wanted, 3e-5f);
  set_thread_count(3);
  fast().layer_norm_backward(x, gain, dy, dx_again, dgain_again, dbias_again);
  expect_same(dx_again, dx);
  expect_same(dgain_again, dgain);
  expect_same(dbias_again, dbias);
}

TEST_P(Parameters, embedding_matches_both_ways) {
  const auto tokens = random_indices(rows(), 11), positions = random_indices(rows(), 50);
  const Tensor table = random({11, columns()}), places = random({50, columns()}),
               dy = random({rows(), columns()});
  for (const Tensor& position_table : {places, Tensor()})
    for (const Dropout& dropout : {Dropout{}, dropout_}) {
      Tensor given({rows(), columns()}), wanted(given.shape());
      fast().embed(tokens, positions, table, position_table, 11.3f, dropout, given);
      slow().embed(tokens, positions, table, position_table, 11.3f, dropout, wanted);
      expect_close(given, wanted, 1e-6f);
      const Tensor dtable = random(table.shape()), dtable_wanted = dtable.clone();
      fast().embed_backward(tokens, 11.3f, dropout, dy, dtable);
      slow().embed_backward(tokens, 11.3f, dropout, dy, dtable_wanted);
      expect_close(dtable, dtable_wanted, 5e-5f);  // 30 terms of size 11 add up to a small one
    }
}

TEST_P(Parameters, adam_matches) {
  const AdamStep step{.learning_rate = 0.01f,
                      .weight_decay = 0.1f,
                      .gradient_scale = 0.5f,
                      .mean_correction = 3,
                      .variance_correction = 9};
  const Tensor gradient = random({rows(), columns()}), parameter = random(gradient.shape());
  const Tensor mean = random(gradient.shape()), variance = random(gradient.shape());
  for (Index i = 0; i < variance.count(); ++i) variance.data()[i] *= variance.data()[i];
  const Tensor parameter_wanted = parameter.clone(), mean_wanted = mean.clone(),
               variance_wanted = variance.clone();
  fast().adam(parameter, gradient, mean, variance, step);
  slow().adam(parameter_wanted, gradient, mean_wanted, variance_wanted, step);
  expect_close(parameter, parameter_wanted);
  expect_close(mean, mean_wanted, 1e-6f);
  expect_close(variance, variance_wanted, 1e-6f);
}

TEST_P(Parameters, average_and_norm_match) {
  const Tensor from = random({rows(), columns()}), given = random(from.shape()), wanted = given.clone();
  fast().average_into(from, 0.3f, given);
  slow().average_into(from, 0.3f, wanted);
  expect_close(given, wanted, 1e-6f);
  const double norm = slow().squared_norm(from);
  EXPECT_NEAR(fast().squared_norm(from), norm, 1e-12 * norm);
}

}  // namespace
}  // namespace heed
