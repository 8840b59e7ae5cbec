#include "heed/tasks/classification/class_validation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/data/examples.h"
#include "tests/support/table_classifier.h"

namespace heed {
namespace {

/// Texts of these lengths, the first token of which is their class.
Examples texts_of(const std::vector<std::pair<Index, Index>>& classes_and_lengths) {
  Examples examples(2);
  for (const auto& [of_class, length] : classes_and_lengths) {
    std::vector<Index> tokens(static_cast<std::size_t>(length), 5);
    tokens.front() = of_class;
    examples.add({tokens, std::vector<Index>{of_class}});
  }
  return examples;
}

/// Two sentences in words of the tokens 0 | 1 2 and 1 2 | 0 | 0, with classes 0 0 and 1 0 1.
Examples two_sentences() {
  Examples examples(3);
  examples.add({std::vector<Index>{0, 1, 2}, std::vector<Index>{0, 1}, std::vector<Index>{0, 0}});
  examples.add({std::vector<Index>{1, 2, 0, 0}, std::vector<Index>{0, 2, 3}, std::vector<Index>{1, 0, 1}});
  return examples;
}

double measure(const LengthBucket& group, std::string_view name) {
  return find_measure(group.measures, name)->value;
}

TEST(ClassValidation, measures_accuracy_in_percent_and_loss_in_nats) {
  // Class 0 is told rightly, with probability 0.8; class 1 wrongly, with 0.25 for the right one.
  const TableClassifier model({{std::log(4.0f), 0}, {std::log(3.0f), 0}});
  const auto [found, predicted] =
      validate_classes(model, cpu_backend(), texts_of({{0, 2}, {0, 2}, {0, 3}, {1, 2}}), 100);
  EXPECT_DOUBLE_EQ(found.value("accuracy"), 75);
  EXPECT_NEAR(found.value("loss"), -(3 * std::log(0.8) + std::log(0.25)) / 4, 1e-6);
  EXPECT_EQ(predicted, (std::vector<Index>{0, 0, 0, 0}));
}

TEST(ClassValidation, counts_the_tokens_alone_that_have_classes) {
  // Token 0 is of class 0 with probability 0.8, token 1 with 0.25; token 2 has no class.
  const TableClassifier model({{std::log(4.0f), 0}, {0, std::log(3.0f)}, {9, -9}}, Pooling::none);
  for (const Index batch_tokens : {1, 100}) {
    const auto [found, predicted] = validate_classes(model, cpu_backend(), two_sentences(), batch_tokens);
    EXPECT_DOUBLE_EQ(found.value("accuracy"), 60);
    EXPECT_NEAR(found.value("loss"),
                -(2 * std::log(0.8) + std::log(0.25) + std::log(0.75) + std::log(0.2)) / 5, 1e-6);
    EXPECT_EQ(predicted, (std::vector<Index>{0, 1, 1, 0, 0}));
  }
}

TEST(ClassValidation, measures_by_length) {
  // Long texts are of class 1, which is taken for 0.
  const TableClassifier model({{1, 0}, {1, 0}});
  std::vector<std::pair<Index, Index>> lengths;
  for (int i = 0; i < 20; ++i) lengths.push_back({1, 9}), lengths.push_back({0, 2});
  const auto groups = validate_classes(model, cpu_backend(), texts_of(lengths), 100).validation.by_length;
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].from, 2);
  EXPECT_EQ(groups[0].to, 2);
  EXPECT_EQ(groups[0].examples, 20);
  EXPECT_EQ(measure(groups[0], "accuracy"), 100);
  EXPECT_EQ(measure(groups[1], "accuracy"), 0);
}

TEST(ClassValidation, measures_tokens_by_the_length_of_the_examples_that_they_are_in) {
  const TableClassifier model({{1, 0}}, Pooling::none);  // all of class 0
  Examples examples(3);
  for (int i = 0; i < 20; ++i) {
    examples.add({std::vector<Index>{0, 0}, std::vector<Index>{1}, std::vector<Index>{0}});
    examples.add({std::vector<Index>{0, 0, 0}, std::vector<Index>{0, 2}, std::vector<Index>{0, 1}});
  }
  const ClassValidation found = validate_classes(model, cpu_backend(), examples, 100);
  ASSERT_EQ(found.validation.by_length.size(), 2u);
  EXPECT_EQ(measure(found.validation.by_length[0], "accuracy"), 100);
  EXPECT_EQ(measure(found.validation.by_length[1], "accuracy"), 50);
  EXPECT_EQ(found.validation.by_length[1].examples, 20);
}

TEST(ClassValidation, of_scores_that_are_no_numbers_measures_none) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const TableClassifier model({{1, 0}, {nan, 0}});
  const auto [found, predicted] = validate_classes(model, cpu_backend(), texts_of({{0, 2}, {1, 2}}), 100);
  EXPECT_TRUE(std::isnan(found.value("accuracy")));
  EXPECT_TRUE(std::isnan(found.value("loss")));
  EXPECT_TRUE(found.by_length.empty());
  EXPECT_TRUE(predicted.empty());
}

}  // namespace
}  // namespace heed
