#include "heed/model/bert_classifier.h"

namespace heed {

BertClassifier::BertClassifier(const BertClassifierConfig& c, ParameterSource& source,
                               ParameterStore::Purpose purpose, const Placement& placement)
    : Classifier(c, source, purpose, placement), pooling_(c.pooling) {
  encoder_.emplace(root(), c);
  head_.emplace(root() / "output", c.width, c.classes, static_cast<float>(c.dropout));
}

Variable BertClassifier::logits(Pass& pass, const TokenBatch& tokens) const {
  return (*head_)(pooled((*encoder_)(pass, tokens), tokens.segments, pooling_));
}

}  // namespace heed
