#include "tests/backend/backends.h"

namespace heed {
namespace {

std::shared_ptr<const std::vector<float>> rates(Index pairs) {
  std::vector<float> all;
  for (Index i = 0; i < pairs; ++i)
    all.push_back(std::pow(10'000.0f, -static_cast<float>(i) / static_cast<float>(pairs)));
  return std::make_shared<const std::vector<float>>(all);
}

/// columns is the number of pairs.
class RotaryKernel : public AgainstReference {
 protected:
  std::vector<Rotary> rotaries() const {
    return {{.heads = 3, .rates = rates(columns())},
            {.heads = 3, .rates = rates(columns()), .pairing = RotaryPairing::interleaved}};
  }
};

INSTANTIATE_TEST_SUITE_P(All, RotaryKernel,
                         testing::Combine(testing::ValuesIn(cpu_backends()), any_threads,
                                          testing::Values(Size{1, 1}, Size{7, 13}, Size{9, 16}, Size{300, 32},
                                                          Size{65, 40})),
                         name_of_case);

TEST_P(RotaryKernel, matches_both_ways_whether_or_not_heads_have_more_columns) {
  for (const Rotary& rotary : rotaries())
    for (const Index more : {0, 3})
      for (const auto direction : {Backend::Direction::forward, Backend::Direction::backward}) {
        const Tensor given = random_window(rows(), 3 * (2 * columns() + more)), wanted = given.clone();
        const auto positions = random_indices(rows(), 100'000);
        fast().rotate(given, positions, rotary, direction);
        slow().rotate(wanted, positions, rotary, direction);
        expect_close(given, wanted, 1e-6f);
      }
}

TEST_P(RotaryKernel, backward_undoes_forward) {
  for (const Rotary& rotary : rotaries()) {
    const Tensor x = random({rows(), 6 * columns()}), before = x.clone();
    const auto positions = random_indices(rows(), 5'000);
    fast().rotate(x, positions, rotary, Backend::Direction::forward);
    fast().rotate(x, positions, rotary, Backend::Direction::backward);
    expect_close(x, before, 1e-6f);
  }
}

TEST_P(RotaryKernel, a_row_does_not_depend_on_its_neighbors) {
  for (const Rotary& rotary : rotaries()) {
    const Tensor together = random({rows(), 6 * columns()}),
                 alone = together.narrow(0, rows() - 1, 1).clone();
    const auto positions = random_indices(rows(), 5'000);
    fast().rotate(together, positions, rotary, Backend::Direction::forward);
    fast().rotate(alone, std::span(positions).last(1), rotary, Backend::Direction::forward);
    expect_same(alone, together.narrow(0, rows() - 1, 1));
  }
}

TEST_P(RotaryKernel, products_follow_from_the_distance_alone) {
  // Section 3.4.3: that is what the embedding is for.
  for (const Rotary& rotary : rotaries()) {
    const Tensor q = random({1, 6 * columns()}), k = random(q.shape());
    const auto score = [&](Index query, Index key) {
      const Tensor turned_q = q.clone(), turned_k = k.clone();
      fast().rotate(turned_q, std::vector<Index>{query}, rotary, Backend::Direction::forward);
      fast().rotate(turned_k, std::vector<Index>{key}, rotary, Backend::Direction::forward);
      double sum = 0;
      for (Index i = 0; i < q.count(); ++i)
        sum += static_cast<double>(turned_q.data()[i]) * static_cast<double>(turned_k.data()[i]);
      return sum;
    };
    // Angles of up to 47 radians are rounded to 2e-6.
    EXPECT_NEAR(score(47, 40), score(7, 0), 1e-5 * static_cast<double>(6 * columns()));
  }
}

TEST(RotaryReference, turns_pairs_by_position_times_rate) {
  const Rotary halves{.heads = 1,
                      .rates = std::make_shared<const std::vector<float>>(std::vector{1.0f, 0.5f})};
  Rotary neighbors = halves;
  neighbors.pairing = RotaryPairing::interleaved;
  for (const Rotary& rotary : {halves, neighbors}) {
    const Tensor x({1, 4});
    for (Index i = 0; i < 4; ++i) x.data()[i] = static_cast<float>(i + 1);
    reference_backend().rotate(x, std::vector<Index>{3}, rotary, Backend::Direction::forward);
    const bool split = rotary.pairing == RotaryPairing::half_split;
    const float c = std::cos(3.0f), s = std::sin(3.0f), partner = split ? 3.0f : 2.0f;
    EXPECT_NEAR(x.data()[0], c - partner * s, 1e-6f);
    EXPECT_NEAR(x.data()[split ? 2 : 1], partner * c + s, 1e-6f);
  }
}

}  // namespace
}  // namespace heed
