#include "heed/tasks/question_answering/span_loss.h"

#include "heed/model/bert_classifier.h"
#include "tests/model/golden_file.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

// What tools/make_bert_golden.py gave Hugging Face's BertForQuestionAnswering.
class HuggingFaceAnswers : public OnEveryBackend {
 protected:
  static BertClassifierConfig config() {
    BertClassifierConfig config;
    config.vocabulary = 19, config.width = 12, config.hidden = 20, config.layers = 2, config.heads = 3;
    config.dropout = 0, config.maximum_positions = 9, config.classes = 2, config.pooling = Pooling::none;
    return config;
  }
  static std::vector<Index> numbers(const GoldenFile& file, const std::string& name) {
    const Tensor tensor = file.tensor(name);
    return {tensor.data<std::int32_t>(), tensor.data<std::int32_t>() + tensor.count()};
  }
  static Batch batch(const GoldenFile& file) {
    Batch batch;
    const std::vector<Index> lengths = numbers(file, "text.lengths");
    batch.columns.resize(3);
    batch.columns[0].tokens = numbers(file, "text.tokens");
    batch.columns[1].tokens = numbers(file, "text.types");
    batch.columns[2].tokens = numbers(file, "answers");
    batch.columns[0].lengths = batch.columns[1].lengths = lengths;
    batch.columns[2].lengths.assign(lengths.size(), 2);
    return batch;
  }
};
INSTANTIATE_TEST_SUITE_P(Golden, HuggingFaceAnswers, every_backend(), backend_name);

// As in the golden tests of models: float sums through a dozen layers.
constexpr double tolerance = 1e-4;

TEST_P(HuggingFaceAnswers, have_the_same_loss_and_gradients) {
  GoldenFile file("bert_question_answering");
  const BertClassifier model(config(), file, ParameterStore::Purpose::training);
  Pass pass = Pass::training(backend(), {});
  const Variable loss = span_loss(model, pass, batch(file));
  pass.backward(loss);
  expect_close(loss.value(), file.tensor("loss"), tolerance);
  for (const auto& [name, parameter] : model.store().parameters()) {
    // The scores of all tokens are moved alike by these, so that their gradients are zero but for rounding.
    if (name.ends_with("key.bias") || name == "output.bias" ||
        name == "encoder.layers.1.feed_forward_norm.bias")
      EXPECT_LT(size_of_numbers(numbers_of(parameter.gradient())), 1e-4) << name;
    else
      expect_close(parameter.gradient(), file.tensor("gradients." + name), tolerance, name);
  }
}

}  // namespace
}  // namespace heed
