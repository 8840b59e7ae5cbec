#include "heed/model/vision_transformer.h"

#include "heed/ops/gather_rows.h"
#include "heed/ops/pool.h"

namespace heed {

VisionTransformer::VisionTransformer(const VisionTransformerConfig& c, ParameterSource& source,
                                     ParameterStore::Purpose purpose, const Placement& placement)
    : ImageClassifier(c, source, purpose, placement), input_(c.input()), pooling_(c.pooling) {
  embedding_.emplace(root() / "embedding", c.embedding());
  encoder_.emplace(root() / "encoder", c.layer(), c.layers);
  head_.emplace(root() / "output", c.width, c.classes, static_cast<float>(c.dropout));
}

Variable VisionTransformer::logits(Pass& pass, const NumberBatch& patches) const {
  const auto [rows, images] = (*embedding_)(pass, patches);
  const Variable states = (*encoder_)(rows, images);
  if (pooling_ == ImagePooling::mean) return (*head_)(ops::mean_over_rows(states, images));
  std::vector<Index> first;
  for (const Segment& image : images) first.push_back(image.start);
  const Variable classes = ops::gather_rows(states, first);
  return (*head_)(classes.with_row_names(pass.row_names(Segments::uniform(images.size(), 1))));
}

}  // namespace heed
