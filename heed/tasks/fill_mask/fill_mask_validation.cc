#include "heed/tasks/fill_mask/fill_mask_validation.h"

#include <cmath>
#include <limits>

#include "heed/data/batches.h"
#include "heed/ops/cross_entropy.h"
#include "heed/tasks/fill_mask/masked_loss.h"
#include "heed/text/masked_text.h"

namespace heed {
namespace {

/// What a model makes of a batch: the sum of its losses, and the likeliest token at each masked place.
struct Guesses {
  double loss = 0;
  std::vector<Index> tokens;
};

Guesses guesses_of(const MaskedLanguageModel& model, Backend& backend, const Batch& batch) {
  Pass pass = Pass::inference(backend);
  const Variable logits = model.projection()(masked_rows(model, pass, batch));
  const Tensor values = backend.empty({logits.size(0), 1}),
               columns = backend.empty({logits.size(0), 1}, DataType::int32);
  backend.top_log_probabilities(logits.value(), values, columns);
  const Tensor likeliest = backend.to_host(columns);
  const auto* first = likeliest.data<std::int32_t>();
  return {static_cast<double>(backend.number(ops::cross_entropy(logits, batch.columns.at(2).tokens).value())),
          {first, first + likeliest.count()}};
}

Sample sample_of(const Tokenizer& tokenizer, const Batch& batch, std::span<const Index> guesses) {
  const Column& places = batch.columns.at(1);
  std::vector<Index> filled = batch.columns.at(0).tokens, original = filled;
  for (std::size_t i = 0; i < places.tokens.size(); ++i) {
    const auto at = static_cast<std::size_t>(places.tokens[i]);
    filled[at] = guesses[i];
    original[at] = batch.columns.at(2).tokens[i];
  }
  return {{{"text", decode_masked(tokenizer, batch.columns.at(0).tokens)},
           {"filled", tokenizer.decode(filled)},
           {"original", tokenizer.decode(original)}}};
}

std::vector<Measure> measures(double loss, double accuracy) {
  return {{.name = "loss", .title = "loss", .value = loss, .better = Better::lower, .digits = 4},
          {.name = "perplexity", .title = "perplexity", .value = std::exp(loss), .better = Better::lower},
          {.name = "accuracy", .title = "accuracy", .value = accuracy}};
}

}  // namespace

Validation validate_fill_mask(const MaskedLanguageModel& model, Backend& backend, const Tokenizer& tokenizer,
                              const MaskedChunks& chunks, const FillMaskValidationOptions& options) {
  double loss = 0;
  Index right = 0, masked = 0;
  for (const auto& numbers : plan_in_order(chunks, options.batch_tokens)) {
    const Batch batch = make_batch(chunks, numbers);
    const std::vector<Index>& targets = batch.columns.at(2).tokens;
    const Guesses guesses = guesses_of(model, backend, batch);
    loss += guesses.loss;
    for (std::size_t i = 0; i < targets.size(); ++i) right += guesses.tokens[i] == targets[i] ? 1 : 0;
    masked += std::ssize(targets);
  }
  const auto count = static_cast<double>(masked);
  Validation all;
  if (!std::isfinite(loss)) {
    all.measures =
        measures(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN());
    return all;
  }
  all.measures = measures(loss / count, 100 * static_cast<double>(right) / count);
  for (const std::size_t i : sample_places(static_cast<std::size_t>(chunks.size()), options.samples)) {
    const Index number = static_cast<Index>(i);
    const Batch batch = make_batch(chunks, std::span(&number, 1));
    all.samples.push_back(sample_of(tokenizer, batch, guesses_of(model, backend, batch).tokens));
  }
  return all;
}

}  // namespace heed
