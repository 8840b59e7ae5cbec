#pragma once
#include <optional>

#include "heed/model/classes_head.h"
#include "heed/model/classifier.h"
#include "heed/model/recurrent_reader.h"
#include "heed/nn/embedding.h"

namespace heed {

/// Tokens to classes: embedding, recurrent layers, pooling, a linear layer.
class RecurrentClassifier : public Classifier {
 public:
  RecurrentClassifier(const RecurrentClassifierConfig& config, ParameterSource& source,
                      ParameterStore::Purpose purpose, const Placement& placement = {});

  Variable logits(Pass& pass, const TokenBatch& tokens) const override;
  Pooling pooling() const override { return pooling_; }

 private:
  Pooling pooling_;
  std::optional<Embedding> embedding_;
  std::optional<RecurrentReader> reader_;
  std::optional<ClassesHead> head_;
};

}  // namespace heed
