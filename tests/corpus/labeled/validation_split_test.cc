#include "heed/corpus/labeled/validation_split.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/tensors.h"

namespace heed {
namespace {

std::vector<LabeledText> forty_texts() {
  std::vector<LabeledText> texts;
  for (int i = 0; i < 40; ++i) texts.push_back({i % 4 == 0 ? "rare" : "frequent", std::to_string(i)});
  return texts;
}

TEST(ValidationSplit, holds_out_a_tenth_of_each_class) {
  const auto [training, validation] = validation_split(forty_texts(), 1);
  EXPECT_EQ(training.size(), 36u);
  ASSERT_EQ(validation.size(), 4u);
  EXPECT_EQ(std::count_if(validation.begin(), validation.end(),
                          [](const LabeledText& each) { return each.label == "rare"; }),
            1);
}

TEST(ValidationSplit, follows_from_the_seed) {
  const auto texts = [](std::uint64_t seed) {
    std::string all;
    for (const auto& each : validation_split(forty_texts(), seed).validation) all += each.text + ' ';
    return all;
  };
  EXPECT_EQ(texts(1), texts(1));
  EXPECT_NE(texts(1), texts(2));
}

TEST(ValidationSplit, leaves_out_labels_that_no_training_text_has) {
  std::vector<LabeledText> texts;  // each label once: whatever is held out cannot be learned
  for (char label = 'a'; label <= 'j'; ++label) texts.push_back({std::string(1, label), "text"});
  const auto [training, validation] = validation_split(texts, 1);
  EXPECT_EQ(training.size(), 9u);
  EXPECT_TRUE(validation.empty());
}

TEST(ValidationSplit, takes_ten_texts) {
  const std::vector<LabeledText> nine(9, {"a", "b"});
  const std::string said = message_of<DataError>([&] { validation_split(nine, 1); });
  EXPECT_NE(said.find("of 9 texts none can be held out"), std::string::npos) << said;
}

}  // namespace
}  // namespace heed
