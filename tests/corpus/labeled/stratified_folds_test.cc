#include "heed/corpus/labeled/stratified_folds.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace heed {
namespace {

TEST(StratifiedFolds, spread_each_class_evenly_and_lose_nothing) {
  std::vector<Index> classes(103);
  for (std::size_t i = 0; i < classes.size(); ++i) classes[i] = i % 5 == 0 ? 1 : 0;
  const std::vector<Index> folds = stratified_folds(classes, 10, 3);
  EXPECT_EQ(folds, stratified_folds(classes, 10, 3));
  EXPECT_NE(folds, stratified_folds(classes, 10, 4));
  std::size_t all = 0;
  for (Index fold = 0; fold < 10; ++fold) {
    const auto split = split_by_fold(std::span<const Index>(classes), std::span<const Index>(folds), fold);
    EXPECT_EQ(split.inside.size() + split.outside.size(), classes.size());
    const Index rare = std::count(split.inside.begin(), split.inside.end(), 1);
    EXPECT_TRUE(rare == 2 || rare == 3) << rare;
    all += split.inside.size();
  }
  EXPECT_EQ(all, classes.size());
}

}  // namespace
}  // namespace heed
