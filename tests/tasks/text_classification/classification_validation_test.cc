#include "heed/tasks/text_classification/classification_validation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "heed/model/model_options.h"
#include "tests/support/backends.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

/// A model that gives each class the same logits for texts that begin with the same token: its row of a
/// table.
class TableClassifier : public Classifier {
 public:
  explicit TableClassifier(std::vector<std::vector<float>> logits)
      : Classifier(
            ModelOptions(family).config({.inputs = 9, .outputs = static_cast<Index>(logits.front().size())}),
            source_, ParameterStore::Purpose::inference, {}),
        logits_(std::move(logits)) {}

  Variable logits(Pass& pass, const TokenBatch& texts) const override {
    std::vector<float> all;
    for (const auto& [start, length] : texts.segments) {
      const auto& row = logits_[static_cast<std::size_t>(texts.tokens[static_cast<std::size_t>(start)])];
      all.insert(all.end(), row.begin(), row.end());
    }
    return pass.constant(tensor_of({texts.segments.size(), static_cast<Index>(logits_.front().size())}, all));
  }
  Pooling pooling() const override { return Pooling::max; }

 private:
  static inline RandomParameters source_{1};
  std::vector<std::vector<float>> logits_;
};

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

TEST(ClassificationValidation, measures_accuracy_in_percent_and_loss_in_nats) {
  // Class 0 is told rightly, with probability 0.8; class 1 wrongly, with 0.25 for the right one.
  const TableClassifier model({{std::log(4.0f), 0}, {std::log(3.0f), 0}});
  const Validation found = validate(model, cpu_backend(), labels, texts_of({{0, 2}, {0, 2}, {0, 3}, {1, 2}}));
  EXPECT_DOUBLE_EQ(found.value("accuracy"), 75);
  EXPECT_NEAR(found.value("loss"), -(3 * std::log(0.8) + std::log(0.25)) / 4, 1e-6);
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

TEST(ClassificationValidation, measures_by_length) {
  // Long texts are of class 1, which is taken for 0.
  const TableClassifier model({{1, 0}, {1, 0}});
  std::vector<std::pair<Index, Index>> lengths;
  for (int i = 0; i < 20; ++i) lengths.push_back({1, 9}), lengths.push_back({0, 2});
  const Validation found = validate(model, cpu_backend(), labels, texts_of(lengths));
  ASSERT_EQ(found.by_length.size(), 2u);
  EXPECT_EQ(found.by_length[0].from, 2);
  EXPECT_EQ(found.by_length[0].to, 2);
  EXPECT_EQ(found.by_length[0].examples, 20);
  EXPECT_EQ(find_measure(found.by_length[0].measures, "accuracy")->value, 100);
  EXPECT_EQ(find_measure(found.by_length[1].measures, "accuracy")->value, 0);
}

TEST(ClassificationValidation, of_scores_that_are_no_numbers_measures_none) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const TableClassifier model({{1, 0}, {nan, 0}});
  const Validation found = validate(model, cpu_backend(), labels, texts_of({{0, 2}, {1, 2}}));
  EXPECT_TRUE(std::isnan(found.value("accuracy")));
  EXPECT_TRUE(std::isnan(found.value("loss")));
}

}  // namespace
}  // namespace heed
