#include "heed/tasks/classification/class_objective.h"

#include "heed/data/decoded_sequences.h"
#include "heed/ops/cross_entropy.h"
#include "heed/text_classifier/network/class_logits.h"

namespace heed {

Loss ClassObjective::loss(Pass& pass, const Batch& batch) const {
  const std::vector<Index>& classes = batch.columns.back().tokens;
  return {ops::cross_entropy(class_logits(model_, pass, batch), classes, label_smoothing_),
          static_cast<double>(classes.size())};
}

std::vector<std::string> ClassObjective::texts(const Batch& batch) const {
  return decoded_sequences(batch.columns.at(0), tokenizer_);
}

}  // namespace heed
