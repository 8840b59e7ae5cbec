#include "heed/model/recurrent_classifier.h"

#include "heed/model/classifier_embedding.h"

namespace heed {

RecurrentClassifier::RecurrentClassifier(const RecurrentClassifierConfig& c, ParameterSource& source,
                                         ParameterStore::Purpose purpose, const Placement& placement)
    : Classifier(c, source, purpose, placement), pooling_(c.pooling) {
  // The order of tokens is that in which they are read: no table tells it.
  embedding_ = classifier_embedding(root(), c.vocabulary, c.width,
                                    PositionalEncoding(root(), PositionKind::none, 0, c.width), c.dropout);
  reader_.emplace(root() / "encoder", c);
  head_.emplace(root() / "output", c.hidden, c.classes, static_cast<float>(c.dropout));
}

Variable RecurrentClassifier::logits(Pass& pass, const TokenBatch& tokens) const {
  const Variable states = (*reader_)((*embedding_)(pass, tokens), tokens.segments);
  return (*head_)(pooling_ == Pooling::last ? reader_->last(states, tokens.segments)
                                            : pooled(states, tokens.segments, pooling_));
}

}  // namespace heed
