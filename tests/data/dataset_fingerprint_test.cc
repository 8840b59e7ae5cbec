#include "heed/data/dataset_fingerprint.h"

#include <gtest/gtest.h>

#include "heed/data/examples.h"

namespace heed {
namespace {

std::string of(std::vector<std::vector<std::vector<Index>>> examples) {
  Examples all(2);
  for (const auto& each : examples) all.add({each[0], each[1]});
  return fingerprint(all);
}

TEST(DatasetFingerprint, is_the_same_for_the_same_examples) {
  EXPECT_EQ(of({{{4, 5}, {6}}, {{7}, {8, 9}}}), of({{{4, 5}, {6}}, {{7}, {8, 9}}}));
  EXPECT_EQ(of({{{4, 5}, {6}}}).substr(0, 11), "1 examples,");
}

TEST(DatasetFingerprint, differs_for_other_tokens_borders_orders_and_numbers_of_examples) {
  const std::string one = of({{{4, 5}, {6}}, {{7}, {8, 9}}});
  EXPECT_NE(of({{{4, 5}, {6}}, {{7}, {8, 8}}}), one);
  EXPECT_NE(of({{{4}, {5, 6}}, {{7}, {8, 9}}}), one);
  EXPECT_NE(of({{{7}, {8, 9}}, {{4, 5}, {6}}}), one);
  EXPECT_NE(of({{{4, 5}, {6}}}), one);
}

}  // namespace
}  // namespace heed
