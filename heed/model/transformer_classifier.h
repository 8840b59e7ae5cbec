#pragma once
#include <optional>

#include "heed/model/classes_head.h"
#include "heed/model/classifier.h"
#include "heed/model/encoder.h"
#include "heed/model/transformer_classifier_config.h"
#include "heed/nn/embedding.h"

namespace heed {

/// Tokens to classes: embedding, the encoder of "Attention Is All You Need", pooling, a linear layer.
class TransformerClassifier : public Classifier {
 public:
  TransformerClassifier(const TransformerClassifierConfig& config, ParameterSource& source,
                        ParameterStore::Purpose purpose, const Placement& placement = {});

  Variable logits(Pass& pass, const TokenBatch& tokens) const override;
  Pooling pooling() const override { return pooling_; }

 private:
  Pooling pooling_;
  std::optional<Embedding> embedding_;
  std::optional<Encoder> encoder_;
  std::optional<ClassesHead> head_;
};

}  // namespace heed
