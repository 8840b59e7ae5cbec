#include "heed/decoding/alternatives.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/decoding/letters.h"
#include "tests/decoding/table_model.h"

namespace heed {
namespace {

constexpr Index bos = 1, eos = 2;

TEST(Alternatives, differ_in_the_likeliest_tokens_behind_the_prefix) {
  const auto table = random_table(9, 4);
  const TokenTexts texts(letters(5));
  const std::vector<std::uint64_t> names{7, 8};
  const std::function start = [&](std::span<const std::size_t> numbers) -> std::unique_ptr<NextTokenModel> {
    std::vector<std::uint64_t> chosen;
    for (const std::size_t number : numbers) chosen.push_back(names[number]);
    return std::make_unique<TableModel>(chosen, table);
  };
  const std::vector<std::size_t> numbers{0, 1};
  const std::vector<Index> limits{6, 6};
  const std::vector<SearchConstraints> constraints{{.prefix = {4, 5}}, {.prefix = {6}}};
  const auto found =
      find_alternatives({start, numbers, limits, constraints},
                        {.beam = 4, .n_best = 3, .tokens = {.suppressed = {0, 1, 3}}, .texts = &texts});
  for (std::size_t s = 0; s < 2; ++s) {
    const auto& prefix = constraints[s].prefix;
    std::vector<Index> history{bos};
    history.insert(history.end(), prefix.begin(), prefix.end());
    const auto row = log_softmax_of(table(names[s], history));
    std::vector<Index> likeliest{eos, 4, 5, 6, 7, 8};
    std::ranges::sort(likeliest, std::greater<>(), [&](Index t) { return row[static_cast<std::size_t>(t)]; });
    const std::set<Index> expected(likeliest.begin(), likeliest.begin() + 3);
    std::set<Index> next;
    for (const Hypothesis& h : found[s]) {
      ASSERT_TRUE(std::ranges::equal(std::span(h.tokens).first(prefix.size()), prefix));
      next.insert(h.tokens.size() == prefix.size() ? eos : h.tokens[prefix.size()]);
    }
    EXPECT_EQ(next, expected);
    EXPECT_TRUE(std::ranges::is_sorted(found[s], std::greater<>(), &Hypothesis::score));
  }
}

}  // namespace
}  // namespace heed
