#include "heed/decoding/prompts.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "tests/decoding/table_model.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

TableModel of_sequences(const Prompts& prompts) {
  return TableModel(std::vector<std::uint64_t>(prompts.size()), random_table(9, 1));
}

std::vector<Index> limits(const Prompts& prompts, const std::vector<Index>& maximum_lengths, Index context) {
  TableModel model = of_sequences(prompts);
  model.set_context(context);
  return length_limits(model, prompts, maximum_lengths, "search");
}

TEST(LengthLimits, are_those_that_are_asked_for_where_the_context_has_room) {
  const Prompts prompts = {{1}, {1, 3, 4}};
  EXPECT_EQ(length_limits(of_sequences(prompts), prompts, std::vector<Index>{5, 1'000'000'000}, "search"),
            (std::vector<Index>{5, 1'000'000'000}));
  EXPECT_EQ(limits(prompts, {5, 6}, 8), (std::vector<Index>{5, 6}));
}

TEST(LengthLimits, end_with_the_context_whose_last_token_still_has_a_next_one) {
  EXPECT_EQ(limits({{1}, {1, 3, 4}}, {9, 9}, 8), (std::vector<Index>{8, 6}));
  EXPECT_EQ(limits({{1, 3, 4}}, {9}, 3), std::vector<Index>{1});
}

TEST(LengthLimits, refuse_prompts_that_no_search_can_go_on_from) {
  EXPECT_EQ(message_of<ConfigError>([&] {
              limits({{1}, {1, 3, 4}}, {9, 9}, 2);
            }),
            "search: prompt 1 has 3 tokens, the model's context 2; shorten the prompt");
  EXPECT_EQ(message_of<ConfigError>([&] { limits({{}}, {9}, 8); }),
            "search: prompt 0 has no token; it needs BOS at least");
  EXPECT_EQ(message_of<ConfigError>([&] { limits({{1}}, {0}, 8); }),
            "search: a length limit of 0; it must be at least 1");
  EXPECT_EQ(message_of<ShapeError>([&] {
              limits({{1}, {1}}, {9}, 8);
            }),
            "search: 2 sequences have 2 prompts and 1 length limits");
  const TableModel model = of_sequences({{1}});
  EXPECT_EQ(message_of<ShapeError>([&] { length_limits(model, {}, std::vector<Index>{3}, "search"); }),
            "search: 1 sequences have 0 prompts and 1 length limits");
}

}  // namespace
}  // namespace heed
