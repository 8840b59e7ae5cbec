#pragma once
#include <optional>

#include "heed/model/decoder.h"
#include "heed/model/encoder.h"

namespace heed {

/// The encoder-decoder Transformer of "Attention Is All You Need".
class Transformer : public SequenceModel {
 public:
  Transformer(const TransformerConfig& config, ParameterSource& source, ParameterStore::Purpose purpose,
              const Placement& placement = {});

  std::unique_ptr<DecodingState> start(Pass& pass, std::span<const Index> tokens,
                                       const Segments& sources) const override;
  Variable decode(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                  DecodingState& state) const override;
  const Linear& projection() const override { return decoder_->projection(); }
  AttentionPlace place_of_attention(Index number) const override;
  Variable positions() const override { return encoder_->embedding().positions().table(); }

 private:
  Index encoder_layers_;
  std::optional<Encoder> encoder_;
  std::optional<Decoder> decoder_;
};

}  // namespace heed
