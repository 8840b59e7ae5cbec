#pragma once
#include "heed/model/model.h"
#include "heed/model/pooling.h"
#include "heed/nn/token_batch.h"

namespace heed {

/// A model that tells classes apart: a logit for each class of every sequence, or of every token.
class Classifier : public Model {
 public:
  static constexpr std::string_view family = "classifier";

  /// [sequences, classes] where it pools, else [tokens, classes]. A sequence has at least one token.
  virtual Variable logits(Pass& pass, const TokenBatch& tokens) const = 0;
  /// Pooling::none: each token has classes of its own.
  virtual Pooling pooling() const = 0;

 protected:
  using Model::Model;
};

}  // namespace heed
