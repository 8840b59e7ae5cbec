#pragma once
#include "heed/model/autoregressive_model.h"

namespace heed {

/// A model that goes on with a text: decoder-only.
class LanguageModel : public AutoregressiveModel {
 public:
  static constexpr std::string_view family = "language-model";

  /// So many sequences that have no token yet.
  virtual std::unique_ptr<DecodingState> start(Index sequences) const = 0;

  /// What the logits after each token are made of, [tokens, width]: training's view.
  Variable before_projection(Pass& pass, const TokenBatch& tokens) const {
    const auto state = start(tokens.segments.size());
    return decode(pass, tokens, *state);
  }
  /// Logits for the token after each of the sequences', [tokens, vocabulary].
  Variable operator()(Pass& pass, const TokenBatch& tokens) const {
    return projection()(before_projection(pass, tokens));
  }

 protected:
  using AutoregressiveModel::AutoregressiveModel;
};

}  // namespace heed
