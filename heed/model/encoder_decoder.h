#pragma once
#include "heed/model/autoregressive_model.h"

namespace heed {

/// A model that writes a target sequence for a source sequence.
class EncoderDecoder : public AutoregressiveModel {
 public:
  static constexpr std::string_view family = "encoder-decoder";

  /// Encodes sources; nothing is written yet.
  virtual std::unique_ptr<DecodingState> start(Pass& pass, const TokenBatch& sources) const = 0;

  /// What tells the order of tokens, [positions, width]; absent if there is no such table.
  virtual Variable positions() const { return {}; }

  /// Logits for the token after each of the target's, given the whole target (BOS first): training's view.
  Variable operator()(Pass& pass, const TokenBatch& sources, const TokenBatch& targets) const {
    return projection()(before_projection(pass, sources, targets));
  }
  /// The same, one step short of the logits: [target tokens, width].
  Variable before_projection(Pass& pass, const TokenBatch& sources, const TokenBatch& targets) const {
    const auto state = start(pass, sources);
    return decode(pass, targets, *state);
  }

 protected:
  using AutoregressiveModel::AutoregressiveModel;
};

}  // namespace heed
