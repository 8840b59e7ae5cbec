#include "heed/corpus/labeled/labels.h"

#include <gtest/gtest.h>

#include "tests/support/tensors.h"

namespace heed {
namespace {

const std::vector<LabeledText> texts{{"b", "y"}, {"a", "x"}, {"b", "z"}};

TEST(Labels, are_in_the_order_of_their_bytes_and_number_the_classes) {
  const std::vector<std::string> labels = labels_of(texts);
  EXPECT_EQ(labels, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(classes_of(texts, labels), (std::vector<Index>{1, 0, 1}));
  EXPECT_EQ(texts_of(texts), (std::vector<std::string_view>{"y", "x", "z"}));
}

TEST(Labels, that_are_not_known_have_no_class) {
  const std::string said = message_of<DataError>([] {
    classes_of(texts, std::vector<std::string>{"a", "c"});
  });
  EXPECT_NE(said.find("label 'b' of the text 'y' is none of the 2"), std::string::npos) << said;
}

TEST(Labels, to_learn_are_two_or_more) {
  EXPECT_EQ(training_labels(texts).size(), 2u);
  EXPECT_THROW(training_labels({}), DataError);
  EXPECT_THROW(training_labels(std::span(texts).first(1)), DataError);
}

}  // namespace
}  // namespace heed
