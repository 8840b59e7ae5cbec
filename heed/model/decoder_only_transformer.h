#pragma once
#include <optional>

#include "heed/model/decoder.h"
#include "heed/model/decoder_only_config.h"
#include "heed/model/language_model.h"
#include "heed/nn/embedding.h"

namespace heed {

/// The decoder of a Transformer alone, going on with a text (Radford et al., 2018, section 3.1).
class DecoderOnlyTransformer : public LanguageModel {
 public:
  DecoderOnlyTransformer(const DecoderOnlyConfig& config, ParameterSource& source,
                         ParameterStore::Purpose purpose, const Placement& placement = {});

  std::unique_ptr<DecodingState> start(Index sequences) const override;
  Variable decode(Pass& pass, const TokenBatch& tokens, DecodingState& state) const override;
  const Linear& projection() const override { return *projection_; }

 private:
  std::optional<Embedding> embedding_;
  std::optional<Decoder> decoder_;
  std::optional<Linear> projection_;
};

}  // namespace heed
