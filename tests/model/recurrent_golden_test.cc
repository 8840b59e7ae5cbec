#include "heed/model/recurrent_model.h"
#include "tests/model/golden_file.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

struct Golden {
  std::string file;
  RecurrentCell cell;
  RecurrentAttention attention;
};

const Golden rnn{"rnn_none", RecurrentCell::rnn, RecurrentAttention::none};
const Golden gru{"gru_luong", RecurrentCell::gru, RecurrentAttention::luong};
const Golden bahdanau{"lstm_bahdanau", RecurrentCell::lstm, RecurrentAttention::bahdanau};
const Golden luong{"lstm_luong", RecurrentCell::lstm, RecurrentAttention::luong};

class RecurrentPyTorch : public testing::TestWithParam<std::tuple<Golden, Backend*>> {
 protected:
  RecurrentPyTorch() {
    config_.cell = golden().cell, config_.attention = golden().attention;
    config_.source_vocabulary = 11, config_.target_vocabulary = 10;
    config_.width = 5, config_.hidden = 6, config_.dropout = 0;
    config_.encoder_layers = config_.decoder_layers = 2;
    config_.tying = Tying::target_output;
    auto targets = file_.sentences("target");
    for (auto& target : targets) {
      wanted_.insert(wanted_.end(), target.begin() + 1, target.end());
      target.pop_back();
    }
    target_ = tokens_of(targets);
  }
  const Golden& golden() const { return std::get<0>(GetParam()); }
  Backend& backend() const { return *std::get<1>(GetParam()); }

  GoldenFile file_{"recurrent_" + golden().file};
  RecurrentConfig config_;
  const TokenBatch source_ = tokens_of(file_.sentences("source"));
  TokenBatch target_;
  std::vector<Index> wanted_;
};

std::string golden_name(const testing::TestParamInfo<std::tuple<Golden, Backend*>>& info) {
  return std::get<0>(info.param).file +
         (std::get<1>(info.param) == &reference_backend() ? "_reference" : "_cpu");
}
INSTANTIATE_TEST_SUITE_P(Golden, RecurrentPyTorch,
                         testing::Combine(testing::Values(rnn, gru, bahdanau, luong), every_backend()),
                         golden_name);

// Float sums through a dozen steps: far below 1e-4, above the 1e-5 of a single kernel.
constexpr double tolerance = 1e-4;

TEST_P(RecurrentPyTorch, gives_the_same_logits_loss_and_gradients) {
  const RecurrentModel model(config_, file_, ParameterStore::Purpose::training);
  EXPECT_EQ(static_cast<Index>(model.store().parameters().size()), file_.parameters());
  Pass pass = Pass::training(backend(), {});
  const Variable logits = model(pass, source_, target_);
  const Variable loss = ops::cross_entropy(logits, wanted_, 0.1f);
  pass.backward(loss);
  expect_close(logits.value(), file_.tensor("logits"), tolerance);
  expect_close(loss.value(), file_.tensor("loss"), tolerance);
  for (const auto& [name, parameter] : model.store().parameters())
    expect_close(parameter.gradient(), file_.tensor("gradients." + name), tolerance, name);
}

}  // namespace
}  // namespace heed
