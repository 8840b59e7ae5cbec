#include "heed/image_classifier/image_logits.h"

#include <algorithm>

namespace heed {

NumberBatch number_batch(const Column& column) {
  NumberBatch batch{Tensor({std::ssize(column.numbers) / column.width, column.width}),
                    Segments::packed(column.lengths)};
  std::ranges::copy(column.numbers, batch.numbers.data());
  return batch;
}

BatchLogits batch_logits(const ImageClassifier& model) {
  return [&model](Pass& pass, const Batch& batch) {
    return model.logits(pass, number_batch(batch.columns.at(0)));
  };
}

}  // namespace heed
