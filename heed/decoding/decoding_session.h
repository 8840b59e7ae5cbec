#pragma once
#include <vector>

#include "heed/decoding/next_token_model.h"
#include "heed/model/encoder_decoder.h"

namespace heed {

/// A batch of source sentences being translated: encoded once, then a step a token.
class DecodingSession : public NextTokenModel {
 public:
  /// Sources end with EOS.
  DecodingSession(const EncoderDecoder& model, Backend& backend,
                  const std::vector<std::vector<Index>>& sources);

  Backend& backend() const override { return pass_.backend(); }
  Index hypotheses() const override { return state_->sequences(); }
  Tensor next(std::span<const Index> tokens) override;
  TopK top(std::span<const Index> tokens, Index k) override;
  void keep(std::span<const Index> numbers) override { state_->keep(numbers); }

 private:
  /// What the logits after these tokens are made of.
  Variable step(std::span<const Index> tokens);

  const EncoderDecoder& model_;
  Pass pass_;
  std::unique_ptr<DecodingState> state_;
};

}  // namespace heed
