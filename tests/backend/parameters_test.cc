#include "tests/backend/backends.h"

namespace heed {
namespace {

/// Kernels that work on parameters: normalization, embedding, the optimizer.
class Parameters : public AgainstReference {
 protected:
  /// Of both kinds, and of layer without a bias.
  std::vector<Normalization> norms() {
    const Tensor gain = random({columns()});
    return {{.gain = gain, .bias = random({columns()})},
            {.gain = gain, .epsilon = 0.01f},
            {.gain = gain, .kind = NormKind::rms},
            {.gain = gain, .kind = NormKind::rms, .epsilon = 0.01f}};
  }
  /// Rows by other numbers than their places.
  RowList names() const {
    std::vector<Index> rows(static_cast<std::size_t>(this->rows()));
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = 3 * static_cast<Index>(rows.size() - i);
    return std::make_shared<const std::vector<Index>>(std::move(rows));
  }

  const Dropout dropout_{.probability = 0.1f, .key = {1, 2}, .stream = 3, .rows = names()};
};

INSTANTIATE_TEST_SUITE_P(All, Parameters,
                         testing::Combine(testing::ValuesIn(cpu_backends()), any_threads,
                                          testing::Values(Size{1, 1}, Size{7, 33}, Size{333, 128},
                                                          Size{65, 1030})),
                         name_of_case);

TEST_P(Parameters, normalize_matches) {
  const Tensor x = random_window(rows(), columns());
  for (const Normalization& norm : norms()) {
    Tensor given({rows(), columns()}), wanted(given.shape());
    fast().normalize(x, norm, given);
    slow().normalize(x, norm, wanted);
    expect_close(given, wanted, 2e-5f);  // sums of up to 1030 terms in another order
  }
}

TEST_P(Parameters, normalize_backward_matches_and_ignores_the_threads) {
  const Tensor x = random_window(rows(), columns()), dy = random({rows(), columns()});
  for (const Normalization& norm : norms()) {
    const Tensor dx = random(dy.shape()), dgain = random({columns()}),
                 dbias = norm.bias ? random({columns()}) : Tensor();
    struct Found {
      Tensor dx, dgain, dbias;
    };
    const auto run = [&](Backend& backend) {
      const Found found{dx.clone(), dgain.clone(), dbias ? dbias.clone() : Tensor()};
      backend.normalize_backward(x, norm, dy, found.dx, found.dgain, found.dbias);
      return found;
    };
    const Found given = run(fast()), wanted = run(slow());
    expect_close(given.dx, wanted.dx, 3e-5f);  // sums of up to 1030 terms in another order
    expect_close(given.dgain, wanted.dgain, 3e-5f);
    if (dbias) expect_close(given.dbias, wanted.dbias, 3e-5f);
    set_thread_count(3);
    const Found again = run(fast());
    expect_same(again.dx, given.dx);
    expect_same(again.dgain, given.dgain);
    if (dbias) expect_same(again.dbias, given.dbias);
  }
}

TEST_P(Parameters, add_normalize_is_dropout_sum_and_norm_in_one) {
  const Tensor a = random_window(rows(), columns()), b = random({rows(), columns()});
  for (const Normalization& norm : norms())
    for (const Dropout& dropout : {Dropout{}, dropout_}) {
      const Tensor sum(b.shape()), y(b.shape()), sum_wanted(b.shape()), y_wanted(b.shape());
      fast().add_normalize(a, b, dropout, norm, sum, y);
      slow().add_normalize(a, b, dropout, norm, sum_wanted, y_wanted);
      expect_close(sum, sum_wanted, 1e-6f);
      expect_close(y, y_wanted, 2e-5f);  // sums of up to 1030 terms in another order
    }
}

TEST_P(Parameters, add_normalize_backward_matches_and_ignores_the_threads) {
  const Tensor sum = random({rows(), columns()}), dy = random(sum.shape()), before = random(sum.shape());
  for (const Normalization& norm : norms()) {
    const Tensor dgain = random({columns()}), dbias = norm.bias ? random({columns()}) : Tensor();
    struct Found {
      Tensor dsum, db, dgain, dbias;
    };
    const auto run = [&](Backend& backend) {
      const Found found{dy.clone(), before.clone(), dgain.clone(), dbias ? dbias.clone() : Tensor()};
      backend.add_normalize_backward(sum, norm, found.dsum, dropout_, found.db, found.dgain, found.dbias);
      return found;
    };
    const Found given = run(fast()), wanted = run(slow());
    expect_close(given.dsum, wanted.dsum, 3e-5f);  // sums of up to 1030 terms in another order
    expect_close(given.db, wanted.db, 3e-5f);
    expect_close(given.dgain, wanted.dgain, 3e-5f);
    if (dbias) expect_close(given.dbias, wanted.dbias, 3e-5f);
    set_thread_count(3);
    const Found again = run(fast());
    expect_same(again.db, given.db);
    expect_same(again.dgain, given.dgain);
    if (dbias) expect_same(again.dbias, given.dbias);
  }
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
  const auto adam = [&](Backend& backend, const Tensor& p, const Tensor& m, const Tensor& v) {
    std::vector<AdamTensors> rows_as_parameters;  // many small ones, as models have
    for (Index r = 0; r < rows(); ++r)
      rows_as_parameters.push_back(
          {p.narrow(0, r, 1), gradient.narrow(0, r, 1), m.narrow(0, r, 1), v.narrow(0, r, 1)});
    backend.adam(rows_as_parameters, step);
  };
  adam(fast(), parameter, mean, variance);
  adam(slow(), parameter_wanted, mean_wanted, variance_wanted);
  expect_close(parameter, parameter_wanted);
  expect_close(mean, mean_wanted, 1e-6f);
  expect_close(variance, variance_wanted, 1e-6f);
}

TEST_P(Parameters, average_and_norm_match) {
  const Tensor from = random({rows(), columns()}), given = random(from.shape()), wanted = given.clone();
  fast().average_into(from, 0.3f, given);
  slow().average_into(from, 0.3f, wanted);
  expect_close(given, wanted, 1e-6f);
  const std::array<Tensor, 2> both{from, given.narrow(0, 0, 1)};
  const double norm = slow().squared_norm(both), found = fast().squared_norm(both);
  EXPECT_NEAR(found, norm, 1e-12 * norm);
  set_thread_count(3);
  EXPECT_EQ(fast().squared_norm(both), found);
}

}  // namespace
}  // namespace heed
