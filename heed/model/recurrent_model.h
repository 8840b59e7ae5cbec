#pragma once
#include <optional>

#include "heed/model/copy_head.h"
#include "heed/model/encoder_decoder.h"
#include "heed/model/recurrent_decoder.h"
#include "heed/nn/embedding.h"

namespace heed {

/// A recurrent encoder-decoder: a bidirectional encoder, and a decoder that starts from its last states, with
/// or without attention.
class RecurrentModel : public EncoderDecoder {
 public:
  RecurrentModel(const RecurrentConfig& config, ParameterSource& source, ParameterStore::Purpose purpose,
                 const Placement& placement = {});

  std::unique_ptr<DecodingState> start(Pass& pass, const TokenBatch& sources) const override;
  Variable decode(Pass& pass, const TokenBatch& tokens, DecodingState& state) const override;
  const Linear& projection() const override { return *projection_; }
  bool copies() const override { return copy_.has_value(); }
  Variable scores(const Variable& decoded, const Segments& sequences,
                  const DecodingState& state) const override;

 private:
  std::optional<Embedding> source_embedding_, target_embedding_;
  std::optional<RecurrentEncoder> encoder_;
  std::optional<RecurrentDecoder> decoder_;
  std::optional<Linear> projection_;
  std::optional<CopyHead> copy_;
};

}  // namespace heed
