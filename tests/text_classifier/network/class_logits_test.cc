#include "heed/text_classifier/network/class_logits.h"

#include <gtest/gtest.h>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/data/examples.h"
#include "tests/support/table_classifier.h"

namespace heed {
namespace {

std::vector<float> logits_of(const Classifier& model, const Examples& examples) {
  Pass pass = Pass::inference(cpu_backend());
  const std::vector<Index> numbers{0, 1};
  return cpu_backend().numbers(class_logits(model, pass, make_batch(examples, numbers)).value());
}

Examples places(std::vector<Index> of_first) {
  Examples examples(3);
  const std::vector<Index> classes(of_first.size(), 0);
  examples.add({std::vector<Index>{0, 1}, of_first, classes});
  examples.add({std::vector<Index>{2, 1, 0}, std::vector<Index>{2, 0}, std::vector<Index>{1, 1}});
  return examples;
}

TEST(ClassLogits, are_those_of_texts_where_the_model_pools) {
  Examples examples(2);
  examples.add({std::vector<Index>{1, 0}, std::vector<Index>{0}});
  examples.add({std::vector<Index>{0}, std::vector<Index>{0}});
  EXPECT_EQ(logits_of(TableClassifier({{1, 2}, {3, 4}}), examples), (std::vector<float>{3, 4, 1, 2}));
}

TEST(ClassLogits, are_those_of_the_tokens_at_the_places_that_have_classes) {
  const TableClassifier model({{1, 2}, {3, 4}, {5, 6}}, Pooling::none);
  EXPECT_EQ(logits_of(model, places({1})), (std::vector<float>{3, 4, 1, 2, 5, 6}));
  EXPECT_EQ(logits_of(model, places({})), (std::vector<float>{1, 2, 5, 6}));
}

TEST(ClassLogits, of_a_place_outside_of_its_sequence_are_refused) {
  const TableClassifier model({{1, 2}, {3, 4}, {5, 6}}, Pooling::none);
  EXPECT_EQ(message_of<DataError>([&] { logits_of(model, places({2})); }),
            "place 2 of a sequence of 2 tokens is asked for");
  EXPECT_THROW(logits_of(model, places({-1})), DataError);
}

}  // namespace
}  // namespace heed
