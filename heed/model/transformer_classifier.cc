#include "heed/model/transformer_classifier.h"

#include "heed/model/classifier_embedding.h"

namespace heed {

TransformerClassifier::TransformerClassifier(const TransformerClassifierConfig& c, ParameterSource& source,
                                             ParameterStore::Purpose purpose, const Placement& placement)
    : Classifier(c, source, purpose, placement), pooling_(c.pooling) {
  embedding_ = classifier_embedding(
      root(), c.vocabulary, c.width,
      PositionalEncoding(root() / "positions", c.positions, c.maximum_positions, c.width), c.dropout);
  encoder_.emplace(root() / "encoder", c.layer(), c.layers);
  head_.emplace(root() / "output", c.width, c.classes, static_cast<float>(c.dropout));
}

Variable TransformerClassifier::logits(Pass& pass, const TokenBatch& tokens) const {
  const Variable states = (*encoder_)((*embedding_)(pass, tokens), tokens.segments);
  return (*head_)(pooled(states, tokens.segments, pooling_));
}

}  // namespace heed
