#include "heed/model/decoder_only_transformer.h"
#include "tests/model/golden_file.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

struct LanguageModelShape {
  std::string name;
  DecoderOnlyConfig config;
};

// What tools/make_language_model_golden.py gave PyTorch.
const LanguageModelShape gpt2{"gpt2",
                              {.vocabulary = 17,
                               .width = 12,
                               .hidden = 48,
                               .heads = 3,
                               .layers = 2,
                               .feed_forward = FeedForwardKind::gelu_tanh,
                               .positions = PositionKind::learned,
                               .maximum_positions = 9}};
const LanguageModelShape llama{"llama",
                               {.vocabulary = 19,
                                .width = 16,
                                .hidden = 24,
                                .heads = 4,
                                .key_value_heads = 2,
                                .layers = 2,
                                .feed_forward = FeedForwardKind::swiglu,
                                .norm_kind = NormKind::rms,
                                .positions = PositionKind::rotary,
                                .biases = false,
                                .tied_output = false}};

class PyTorchLanguageModel : public testing::TestWithParam<std::tuple<LanguageModelShape, Backend*>> {
 protected:
  PyTorchLanguageModel() {
    auto texts = file_.sentences("text");
    for (auto& text : texts) {
      wanted_.insert(wanted_.end(), text.begin() + 1, text.end());
      text.pop_back();
    }
    inputs_ = tokens_of(texts);
  }
  const DecoderOnlyConfig& config() const { return std::get<0>(GetParam()).config; }
  Backend& backend() const { return *std::get<1>(GetParam()); }

  GoldenFile file_{"language_model_" + std::get<0>(GetParam()).name};
  TokenBatch inputs_;
  std::vector<Index> wanted_;
};

std::string shape_name(const testing::TestParamInfo<std::tuple<LanguageModelShape, Backend*>>& info) {
  return std::get<0>(info.param).name +
         (std::get<1>(info.param) == &reference_backend() ? "_reference" : "_cpu");
}
INSTANTIATE_TEST_SUITE_P(Golden, PyTorchLanguageModel,
                         testing::Combine(testing::Values(gpt2, llama), every_backend()), shape_name);

// Float sums of some hundred terms through a dozen layers: far below 1e-4, above the 1e-5 of a single kernel.
constexpr double tolerance = 1e-4;

TEST_P(PyTorchLanguageModel, gives_the_same_logits) {
  const DecoderOnlyTransformer model(config(), file_, ParameterStore::Purpose::inference);
  Pass pass = Pass::inference(backend());
  expect_close(model(pass, inputs_).value(), file_.tensor("logits"), tolerance);
}

TEST_P(PyTorchLanguageModel, gives_the_same_loss_and_gradients) {
  const DecoderOnlyTransformer model(config(), file_, ParameterStore::Purpose::training);
  EXPECT_EQ(std::ssize(model.store().parameters()), file_.parameters());
  Pass pass = Pass::training(backend(), {});
  const Linear& projection = model.projection();
  const Variable loss = ops::projected_cross_entropy(model.before_projection(pass, inputs_),
                                                     {projection.weight(), projection.bias()}, wanted_);
  pass.backward(loss);
  expect_close(loss.value(), file_.tensor("loss"), tolerance);
  for (const auto& [name, parameter] : model.store().parameters()) {
    // Every query's scores are moved alike by a key's bias, so its gradient is zero but for rounding.
    if (name.ends_with("key.bias"))
      EXPECT_LT(size_of_numbers(numbers_of(parameter.gradient())), 1e-4) << name;
    else
      expect_close(parameter.gradient(), file_.tensor("gradients." + name), tolerance, name);
  }
}

}  // namespace
}  // namespace heed
