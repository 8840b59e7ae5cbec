#include "heed/tasks/text_classification/classification_validation.h"

#include <gtest/gtest.h>

#include "tests/support/backends.h"
#include "tests/support/table_classifier.h"

namespace heed {
namespace {

const std::vector<std::string> labels{"no", "yes"};

/// Texts of these lengths, the first token of which is their class.
ClassifiedTexts texts_of(const std::vector<std::pair<Index, Index>>& classes_and_lengths) {
  ClassifiedTexts set;
  for (const auto& [of_class, length] : classes_and_lengths) {
    std::vector<Index> tokens(static_cast<std::size_t>(length), 5);
    tokens.front() = of_class;
    set.examples.add({tokens, std::vector<Index>{of_class}});
    set.classes.push_back(of_class);
    set.texts.push_back("text " + std::to_string(set.texts.size()));
  }
  return set;
}

TEST(ClassificationValidation, shows_samples_spread_over_the_set) {
  const TableClassifier model({{1, 0}, {1, 0}});
  const Validation found = validate(model, cpu_backend(), labels, texts_of({{0, 2}, {1, 2}, {1, 2}, {0, 2}}),
                                    {.samples = 2, .batch_tokens = 2});
  ASSERT_EQ(found.samples.size(), 2u);
  const std::vector<std::pair<std::string, std::string>> expected{
      {"text", "text 2"}, {"label", "yes"}, {"predicted", "no"}};
  EXPECT_EQ(found.samples[1].parts, expected);
}

TEST(ClassificationValidation, of_scores_that_are_no_numbers_shows_no_samples) {
  const TableClassifier model({{std::numeric_limits<float>::quiet_NaN(), 0}, {1, 0}});
  EXPECT_TRUE(validate(model, cpu_backend(), labels, texts_of({{0, 2}, {1, 2}})).samples.empty());
}

}  // namespace
}  // namespace heed
