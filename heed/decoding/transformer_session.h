#pragma once
#include <vector>

#include "heed/decoding/next_token_model.h"
#include "heed/model/transformer.h"

namespace heed {

/// A batch of source sentences being translated: encoded once, then a step a token with cached keys and
/// values.
class TransformerSession : public NextTokenModel {
 public:
  /// Sources end with the end mark.
  TransformerSession(const Transformer& model, Backend& kernels,
                     const std::vector<std::vector<Index>>& sources);

  Backend& kernels() const override { return pass_.kernels(); }
  Index hypotheses() const override { return static_cast<Index>(state_.lengths.size()); }
  Tensor next(std::span<const Index> tokens) override;
  LikeliestTokens top(std::span<const Index> tokens, Index k) override;
  void keep(std::span<const Index> numbers) override { state_.keep(numbers); }

 private:
  const Transformer& model_;
  Pass pass_;
  DecoderState state_;
};

}  // namespace heed
