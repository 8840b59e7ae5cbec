#include "heed/text_classifier/network/class_probabilities.h"

#include "heed/data/batches.h"
#include "heed/ops/softmax.h"

namespace heed {

std::vector<float> class_probabilities(const Classifier& model, Backend& backend, const Examples& examples,
                                       Index batch_tokens) {
  std::vector<float> all;
  for (const auto& numbers : plan_in_order(examples, batch_tokens)) {
    const Batch batch = make_batch(examples, numbers);
    const Column& texts = batch.columns.front();
    Pass pass = Pass::inference(backend);
    const Variable logits = model.logits(pass, TokenBatch::packed(texts.tokens, texts.lengths));
    const std::vector<float> probabilities = backend.numbers(ops::softmax(logits).value());
    all.insert(all.end(), probabilities.begin(), probabilities.end());
  }
  return all;
}

}  // namespace heed
