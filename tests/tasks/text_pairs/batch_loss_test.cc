#include "heed/tasks/text_pairs/batch_loss.h"

#include <gtest/gtest.h>

#include <cmath>

#include "heed/backend/reference/reference_backend.h"
#include "heed/data/examples.h"
#include "heed/decoding/scoring.h"
#include "heed/text/tokenizer.h"
#include "tests/model/tiny_model.h"

namespace heed {
namespace {

const std::vector<std::vector<Index>> sources{{4, 6, 5, special::eos}, {5, special::eos}};
const std::vector<std::vector<Index>> targets{{6, 6, special::eos}, {4, 5, 6, 4, special::eos}};

Batch batch_of(const std::vector<std::vector<Index>>& source, const std::vector<std::vector<Index>>& target) {
  Examples examples;
  std::vector<Index> numbers;
  for (std::size_t i = 0; i < source.size(); ++i) {
    examples.add({source[i], target[i]});
    numbers.push_back(static_cast<Index>(i));
  }
  return make_batch(examples, numbers);
}

float loss_of(const Batch& batch, float label_smoothing) {
  VariedParameters start(3);
  const Transformer model(tiny_config(), start, ParameterStore::Purpose::inference);
  Pass pass = Pass::inference(reference_backend());
  return batch_loss(model, pass, batch, label_smoothing).value().data()[0];
}

TEST(BatchLoss, gives_the_decoder_each_target_shifted_by_one) {
  const TokenBatch inputs = decoder_inputs(batch_of(sources, targets).columns[1]);
  EXPECT_EQ(inputs.tokens, (std::vector<Index>{special::bos, 6, 6, special::bos, 4, 5, 6, 4}));
  ASSERT_EQ(inputs.segments.size(), 2);
  EXPECT_EQ(inputs.segments[1].start, 3);
  EXPECT_EQ(inputs.segments[1].length, 5);
}

TEST(BatchLoss, is_what_scoring_says_of_the_targets) {
  VariedParameters start(3);
  const Transformer model(tiny_config(), start, ParameterStore::Purpose::inference);
  double sum = 0;
  for (const auto& scores : score(model, reference_backend(), sources, targets, special::bos))
    for (const float log_probability : scores) sum -= static_cast<double>(log_probability);
  EXPECT_NEAR(loss_of(batch_of(sources, targets), 0), sum, 1e-4 * sum);
}

TEST(BatchLoss, of_a_batch_is_the_sum_over_its_sentences) {
  const float apart = loss_of(batch_of({sources[0]}, {targets[0]}), 0.1f) +
                      loss_of(batch_of({sources[1]}, {targets[1]}), 0.1f);
  EXPECT_NEAR(loss_of(batch_of(sources, targets), 0.1f), apart, 1e-5f * apart);
}

TEST(BatchLoss, drops_of_an_example_the_same_in_any_batch) {
  TransformerConfig config = tiny_config();
  config.dropout = 0.3, config.hidden_dropout = 0.2;
  VariedParameters start(3);
  const Transformer model(config, start, ParameterStore::Purpose::training);
  const auto loss = [&](const std::vector<std::size_t>& chosen, std::uint32_t update) {
    std::vector<std::vector<Index>> some_sources, some_targets;
    std::vector<Index> examples;
    for (const std::size_t i : chosen) {
      some_sources.push_back(sources[i]);
      some_targets.push_back(targets[i]);
      examples.push_back(static_cast<Index>(100 + i));
    }
    Pass pass = Pass::training(reference_backend(), {.seed = 1, .update = update}, examples);
    return batch_loss(model, pass, batch_of(some_sources, some_targets), 0).value().data()[0];
  };
  const float apart = loss({0}, 5) + loss({1}, 5);
  EXPECT_NEAR(loss({0, 1}, 5), apart, 1e-5f * apart);
  EXPECT_NEAR(loss({1, 0}, 5), apart, 1e-5f * apart);
  EXPECT_GT(std::abs(loss({0, 1}, 6) - apart), 1e-3f * apart);
}

TEST(BatchLoss, changes_with_label_smoothing) {
  EXPECT_NE(loss_of(batch_of(sources, targets), 0), loss_of(batch_of(sources, targets), 0.1f));
}

}  // namespace
}  // namespace heed
