#include "heed/classes/class_probabilities.h"

#include "heed/ops/softmax.h"

namespace heed {

std::vector<float> class_probabilities(const BatchLogits& logits, Backend& backend, const Dataset& examples,
                                       Index batch_tokens) {
  std::vector<float> all;
  for (const auto& numbers : plan_in_order(examples, batch_tokens)) {
    const Batch batch = make_batch(examples, numbers);
    Pass pass = Pass::inference(backend);
    const std::vector<float> probabilities = backend.numbers(ops::softmax(logits(pass, batch)).value());
    all.insert(all.end(), probabilities.begin(), probabilities.end());
  }
  return all;
}

}  // namespace heed
