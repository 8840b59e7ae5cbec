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

  /// Whether it may copy tokens of the source: its scores are then more than a projection.
  virtual bool copies() const { return false; }
  /// Logits of the tokens after rows that decode() gave, which lie as `sequences` says: of a model that
  /// copies, log-probabilities.
  virtual Variable scores(const Variable& decoded, const Segments& /*sequences*/,
                          const DecodingState& /*state*/) const {
    return projection()(decoded);
  }

  /// Logits for the token after each of the target's, given the whole target (BOS first): training's view.
  Variable operator()(Pass& pass, const TokenBatch& sources, const TokenBatch& targets) const {
    const auto state = start(pass, sources);
    return scores(decode(pass, targets, *state), targets.segments, *state);
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
