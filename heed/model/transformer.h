#pragma once
#include <optional>

#include "heed/model/copy_head.h"
#include "heed/model/decoder.h"
#include "heed/model/encoder.h"
#include "heed/model/encoder_decoder.h"
#include "heed/model/transformer_config.h"
#include "heed/nn/embedding.h"

namespace heed {

/// The encoder-decoder Transformer of "Attention Is All You Need".
class Transformer : public EncoderDecoder {
 public:
  Transformer(const TransformerConfig& config, ParameterSource& source, ParameterStore::Purpose purpose,
              const Placement& placement = {});

  std::unique_ptr<DecodingState> start(Pass& pass, const TokenBatch& sources) const override;
  Variable decode(Pass& pass, const TokenBatch& tokens, DecodingState& state) const override;
  const Linear& projection() const override { return *projection_; }
  bool copies() const override { return copy_.has_value(); }
  Variable scores(const Variable& decoded, const Segments& sequences,
                  const DecodingState& state) const override;
  Variable positions() const override { return source_embedding_->positions().table(); }

 private:
  std::optional<Embedding> source_embedding_, target_embedding_;
  std::optional<Encoder> encoder_;
  std::optional<Decoder> decoder_;
  std::optional<Linear> projection_;
  std::optional<CopyHead> copy_;
};

}  // namespace heed
