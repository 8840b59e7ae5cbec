#include "heed/corpus/labeled/class_sizes.h"

#include <gtest/gtest.h>

#include "tests/support/tensors.h"

namespace heed {
namespace {

std::string refusal(const std::vector<LabeledText>& texts, const ClassSizeOptions& options = {}) {
  return message_of<DataError>([&] { check_class_sizes(texts, options); });
}

TEST(ClassSizes, of_labels_that_occur_again_and_again_are_sound) {
  check_class_sizes(std::vector<LabeledText>{{"a", "x"}, {"b", "y"}, {"a", "z"}, {"b", "z"}}, {});
}

TEST(ClassSizes, of_one_text_each_are_refused_for_that_reason) {
  const std::string said = refusal({{"Wall", "St."}, {"Chips", "fall"}, {"The", "end"}});
  EXPECT_NE(said.find("all 3 texts have labels of their own, such as 'Wall' of the text 'St.'"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("--label-column"), std::string::npos) << said;
}

TEST(ClassSizes, below_the_minimum_are_counted_and_shown) {
  const std::vector<LabeledText> texts{{"a", "x"}, {"label", "text"}, {"a", "y"}, {"b", "z"}};
  const std::string said = refusal(texts);
  EXPECT_NE(said.find("2 of 3 classes have fewer than 2 texts, first 'label' of the text 'text'"),
            std::string::npos)
      << said;
  EXPECT_NE(refusal(texts, {.minimum_class_size = 3}).find("3 of 3 classes have fewer than 3"),
            std::string::npos);
  check_class_sizes(texts, {.minimum_class_size = 1});
}

}  // namespace
}  // namespace heed
