#include "heed/model/bert.h"
#include "heed/model/bert_classifier.h"
#include "tests/model/golden_file.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

// What tools/make_bert_golden.py gave Hugging Face's BERT.
BertConfig golden_config() {
  BertConfig config;
  config.vocabulary = 19, config.width = 12, config.hidden = 20, config.layers = 2, config.heads = 3;
  config.dropout = 0, config.maximum_positions = 9;
  return config;
}

BertClassifierConfig golden_classifier_config() {
  BertClassifierConfig config;
  static_cast<BertConfig&>(config) = golden_config();
  config.classes = 2, config.pooling = Pooling::none;
  return config;
}

// Float sums of some hundred terms through a dozen layers: far below 1e-4, above the 1e-5 of a single kernel.
constexpr double tolerance = 1e-4;

class HuggingFaceBert : public OnEveryBackend {
 protected:
  static TokenBatch texts(const GoldenFile& file) {
    TokenBatch batch = tokens_of(file.sentences("text"));
    const Tensor types = file.tensor("text.types");
    batch.types = std::vector<Index>(types.data<std::int32_t>(), types.data<std::int32_t>() + types.count());
    return batch;
  }
  /// The rows of the places in a packed batch.
  static std::vector<Index> rows(const GoldenFile& file, const TokenBatch& batch) {
    std::vector<Index> rows;
    const auto places = file.sentences("places");
    for (std::size_t s = 0; s < places.size(); ++s)
      for (const Index place : places[s]) rows.push_back(batch.segments[static_cast<Index>(s)].start + place);
    return rows;
  }
  static std::vector<Index> whole_numbers(const Tensor& tensor) {
    return {tensor.data<std::int32_t>(), tensor.data<std::int32_t>() + tensor.count()};
  }
  static void expect_gradients(const Model& model, const GoldenFile& file) {
    EXPECT_EQ(std::ssize(model.store().parameters()), file.parameters());
    for (const auto& [name, parameter] : model.store().parameters()) {
      // Scores of all places are moved alike by these, so that their gradients are zero but for rounding.
      if (name.ends_with("key.bias") || name == "output.bias")
        EXPECT_LT(size_of_numbers(numbers_of(parameter.gradient())), 1e-4) << name;
      else
        expect_close(parameter.gradient(), file.tensor("gradients." + name), tolerance, name);
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Golden, HuggingFaceBert, every_backend(), backend_name);

TEST_P(HuggingFaceBert, fills_in_masks_with_the_same_logits) {
  GoldenFile file("bert_fill_mask");
  const Bert model(golden_config(), file, ParameterStore::Purpose::inference);
  const TokenBatch batch = texts(file);
  Pass pass = Pass::inference(backend());
  expect_close(model.logits(pass, batch, rows(file, batch)).value(), file.tensor("logits"), tolerance);
}

TEST_P(HuggingFaceBert, fills_in_masks_with_the_same_loss_and_gradients) {
  GoldenFile file("bert_fill_mask");
  const Bert model(golden_config(), file, ParameterStore::Purpose::training);
  const TokenBatch batch = texts(file);
  Pass pass = Pass::training(backend(), {});
  const Linear& projection = model.projection();
  const Variable loss = ops::projected_cross_entropy(model.before_projection(pass, batch, rows(file, batch)),
                                                     {projection.weight(), projection.bias()},
                                                     whole_numbers(file.tensor("targets")));
  pass.backward(loss);
  expect_close(loss.value(), file.tensor("loss"), tolerance);
  expect_gradients(model, file);
}

TEST_P(HuggingFaceBert, classifies_tokens_with_the_same_logits) {
  GoldenFile file("bert_question_answering");
  const BertClassifier model(golden_classifier_config(), file, ParameterStore::Purpose::inference);
  Pass pass = Pass::inference(backend());
  expect_close(model.logits(pass, texts(file)).value(), file.tensor("logits"), tolerance);
}

}  // namespace
}  // namespace heed
