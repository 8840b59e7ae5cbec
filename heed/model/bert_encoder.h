#pragma once
#include <optional>

#include "heed/model/bert_config.h"
#include "heed/model/encoder.h"
#include "heed/nn/embedding.h"

namespace heed {

/// BERT's input and its encoder, which every head of it stands on. The vectors of tokens, of their positions
/// and of their types are added up and normalized (Devlin et al., 2019, figure 2).
class BertEncoder {
 public:
  /// `root` is the model's: parameters are called the same whatever the head.
  BertEncoder(const ParameterScope& root, const BertConfig& config);

  /// [tokens, width]. A batch that says no types has tokens of type 0 alone. ShapeError for types that the
  /// model has no vector for.
  Variable operator()(Pass& pass, const TokenBatch& batch) const;

  /// The vectors of the vocabulary's tokens, [vocabulary, width].
  const Variable& table() const { return embedding_.table(); }

 private:
  Variable with_types(const Variable& x, const TokenBatch& batch) const;

  Embedding embedding_;
  Variable types_;  // [token types, width]; absent if there are none
  Norm norm_;
  float dropout_;
  Encoder encoder_;
};

}  // namespace heed
