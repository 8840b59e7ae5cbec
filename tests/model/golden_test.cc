#include "tests/model/golden_file.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

struct Golden {
  std::string file;
  NormOrder norm;
  FeedForwardKind feed_forward;
  Tying tying;
  Index source_vocabulary, target_vocabulary;
  bool copy = false;
};

const Golden post_relu{"post_relu", NormOrder::post, FeedForwardKind::relu, Tying::all, 11, 11};
const Golden pre_gelu{"pre_gelu", NormOrder::pre, FeedForwardKind::gelu, Tying::none, 13, 10};
const Golden copy{"copy", NormOrder::pre, FeedForwardKind::relu, Tying::all, 11, 11, true};
const Golden swiglu{"swiglu", NormOrder::pre, FeedForwardKind::swiglu, Tying::target_output, 11, 10};

class PyTorch : public testing::TestWithParam<std::tuple<Golden, Backend*>> {
 protected:
  PyTorch() {
    config_.norm = golden().norm, config_.feed_forward = golden().feed_forward,
    config_.tying = golden().tying, config_.copy = golden().copy;
    config_.source_vocabulary = golden().source_vocabulary;
    config_.target_vocabulary = golden().target_vocabulary;
    config_.width = 12, config_.heads = 3, config_.hidden = 20, config_.dropout = 0;
    config_.encoder_layers = config_.decoder_layers = 2;
    auto targets = file_.sentences("target");
    for (auto& target : targets) {
      wanted_.insert(wanted_.end(), target.begin() + 1, target.end());
      target.pop_back();
    }
    target_ = tokens_of(targets);
  }
  const Golden& golden() const { return std::get<0>(GetParam()); }
  Backend& backend() const { return *std::get<1>(GetParam()); }
  Variable logits(const Transformer& model, Pass& pass) const { return model(pass, source_, target_); }

  GoldenFile file_{"transformer_" + golden().file};
  TransformerConfig config_;
  const TokenBatch source_ = tokens_of(file_.sentences("source"));
  TokenBatch target_;
  std::vector<Index> wanted_;
};

std::string golden_name(const testing::TestParamInfo<std::tuple<Golden, Backend*>>& info) {
  return std::get<0>(info.param).file +
         (std::get<1>(info.param) == &reference_backend() ? "_reference" : "_cpu");
}
INSTANTIATE_TEST_SUITE_P(Golden, PyTorch,
                         testing::Combine(testing::Values(post_relu, pre_gelu, copy, swiglu),
                                          every_backend()),
                         golden_name);

// Float sums of some hundred terms through a dozen layers: far below 1e-4, above the 1e-5 of a single kernel.
constexpr double tolerance = 1e-4;

TEST_P(PyTorch, gives_the_same_logits) {
  const Transformer model(config_, file_, ParameterStore::Purpose::inference);
  Pass pass = Pass::inference(backend());
  expect_close(logits(model, pass).value(), file_.tensor("logits"), tolerance);
}

TEST_P(PyTorch, gives_the_same_loss_and_gradients) {
  const Transformer model(config_, file_, ParameterStore::Purpose::training);
  EXPECT_EQ(static_cast<Index>(model.store().parameters().size()), file_.parameters());
  Pass pass = Pass::training(backend(), {});
  const Variable loss = ops::cross_entropy(logits(model, pass), wanted_, 0.1f);
  pass.backward(loss);
  expect_close(loss.value(), file_.tensor("loss"), tolerance);
  for (const auto& [name, parameter] : model.store().parameters()) {
    // Every query's scores are moved alike by a key's bias, so its gradient is zero but for rounding.
    const bool vanishes = name.ends_with("key.bias");
    const Tensor expected = file_.tensor("gradients." + name);
    if (vanishes)
      EXPECT_LT(size_of_numbers(numbers_of(parameter.gradient())), 1e-4) << name;
    else
      expect_close(parameter.gradient(), expected, tolerance, name);
  }
}

}  // namespace
}  // namespace heed
