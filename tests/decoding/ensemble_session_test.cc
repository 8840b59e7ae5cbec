#include "heed/decoding/ensemble_session.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "heed/decoding/beam_search.h"
#include "tests/decoding/table_model.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

EnsembleSession ensemble(const std::vector<TableModel::Table>& tables,
                         const std::vector<std::uint64_t>& names) {
  std::vector<std::unique_ptr<NextTokenModel>> members;
  for (const auto& table : tables) members.push_back(std::make_unique<TableModel>(names, table));
  return EnsembleSession(std::move(members));
}

TEST(EnsembleSession, gives_the_mean_of_the_log_probabilities) {
  const std::vector tables{random_table(6, 1), random_table(6, 2), random_table(6, 3)};
  EnsembleSession session = ensemble(tables, {7});
  const Tensor mean = session.next(std::vector<Index>{1});
  for (std::size_t token = 0; token < 6; ++token) {
    double expected = 0;
    for (const auto& table : tables) expected += log_softmax_of(table(7, {1}))[token] / 3;
    EXPECT_NEAR(mean.data()[token], expected, 1e-5);
  }
}

TEST(EnsembleSession, is_searched_as_a_model_of_these_means_is) {
  const std::vector tables{random_table(6, 1), random_table(6, 2)};
  const auto means = [&](std::uint64_t name, const std::vector<Index>& tokens) {
    std::vector<float> row;
    for (std::size_t token = 0; token < 6; ++token)
      row.push_back(static_cast<float>(
          (log_softmax_of(tables[0](name, tokens))[token] + log_softmax_of(tables[1](name, tokens))[token]) /
          2));
    return row;
  };
  EnsembleSession session = ensemble(tables, {7, 8});
  TableModel one({7, 8}, means);
  const std::vector<Index> limits{6, 6};
  const auto together = beam_search(session, {{1}, {1}}, limits, {.beam = 3}),
             alone = beam_search(one, {{1}, {1}}, limits, {.beam = 3});
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(together[i][0].tokens, alone[i][0].tokens);
    EXPECT_NEAR(together[i][0].log_probability, alone[i][0].log_probability, 1e-5);
  }
}

TEST(EnsembleSession, refuses_members_that_do_not_go_together) {
  EnsembleSession session = ensemble({random_table(6, 1), random_table(7, 2)}, {7});
  EXPECT_THROW(session.next(std::vector<Index>{1}), ShapeError);
  std::vector<std::unique_ptr<NextTokenModel>> members;
  EXPECT_THROW(EnsembleSession{std::move(members)}, ShapeError);
}

}  // namespace
}  // namespace heed
