#include "heed/tasks/translation/step_time.h"

#include <algorithm>

#include "heed/base/random.h"
#include "heed/base/stopwatch.h"
#include "heed/model/make_model.h"
#include "heed/tasks/text_pairs/batch_loss.h"
#include "heed/text/tokenizer.h"

namespace heed {
namespace {

constexpr Index sentence_tokens = 16;  // EOS among them
constexpr int fewest = 4;              // steps that are measured, after a first one that makes memory ready

Batch random_batch(Index vocabulary, Index tokens) {
  Random random(1);
  Batch batch;
  batch.columns.resize(2);
  const Index sentences = std::max<Index>(tokens / sentence_tokens, 1);
  for (Column& column : batch.columns) {
    column.lengths.assign(static_cast<std::size_t>(sentences), sentence_tokens);
    for (Index i = 0; i < sentences * sentence_tokens; ++i)
      column.tokens.push_back((i + 1) % sentence_tokens == 0
                                  ? special::eos
                                  : static_cast<Index>(random.below(static_cast<std::uint32_t>(vocabulary))));
  }
  for (Index i = 0; i < sentences; ++i) batch.examples.push_back(i);
  return batch;
}

}  // namespace

double measured_step_seconds(const TimedStep& step, Backend& backend) {
  const ModelConfig config =
      step.model.config({.inputs = step.vocabulary, .outputs = step.vocabulary, .joint = true});
  RandomParameters start(1);
  const auto model = as_family<EncoderDecoder>(
      make_model(config, start, ParameterStore::Purpose::training, Placement::on(backend)), "the timed step");
  const Batch batch = random_batch(step.vocabulary, step.batch_tokens);
  std::vector<double> times;
  const Stopwatch all;
  for (int i = 0; i <= fewest || all.seconds() < step.seconds; ++i) {
    const Stopwatch one;
    Pass pass = Pass::training(backend, {1, static_cast<std::uint32_t>(i)}, batch.examples);
    pass.backward(batch_loss(*model, pass, batch, 0.1f));
    if (i > 0) times.push_back(one.seconds());
  }
  const auto middle = times.begin() + std::ssize(times) / 2;
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

}  // namespace heed
