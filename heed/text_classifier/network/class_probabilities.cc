#include "heed/text_classifier/network/class_probabilities.h"

#include "heed/data/batches.h"
#include "heed/ops/softmax.h"
#include "heed/text_classifier/network/class_logits.h"

namespace heed {

std::vector<float> class_probabilities(const Classifier& model, Backend& backend, const Examples& examples,
                                       Index batch_tokens) {
  std::vector<float> all;
  for (const auto& numbers : plan_in_order(examples, batch_tokens)) {
    const Batch batch = make_batch(examples, numbers);
    Pass pass = Pass::inference(backend);
    const std::vector<float> probabilities =
        backend.numbers(ops::softmax(class_logits(model, pass, batch)).value());
    all.insert(all.end(), probabilities.begin(), probabilities.end());
  }
  return all;
}

}  // namespace heed
