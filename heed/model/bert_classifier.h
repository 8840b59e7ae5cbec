#pragma once
#include <optional>

#include "heed/model/bert_encoder.h"
#include "heed/model/classes_head.h"
#include "heed/model/classifier.h"

namespace heed {

/// BERT's encoder with a linear layer for classes: of the first token, which stands for the whole text
/// (Devlin et al., 2019, section 4.1), of a mean or maximum, or of each token.
class BertClassifier : public Classifier {
 public:
  BertClassifier(const BertClassifierConfig& config, ParameterSource& source, ParameterStore::Purpose purpose,
                 const Placement& placement = {});

  Variable logits(Pass& pass, const TokenBatch& tokens) const override;
  Pooling pooling() const override { return pooling_; }

 private:
  Pooling pooling_;
  std::optional<BertEncoder> encoder_;
  std::optional<ClassesHead> head_;
};

}  // namespace heed
