#pragma once
#include <optional>

#include "heed/model/recurrent_decoder.h"

namespace heed {

/// A recurrent encoder-decoder: a bidirectional encoder, and a decoder that starts from its last states, with
/// or without attention.
class RecurrentModel : public SequenceModel {
 public:
  RecurrentModel(const RecurrentConfig& config, ParameterSource& source, ParameterStore::Purpose purpose,
                 const Placement& placement = {});

  std::unique_ptr<DecodingState> start(Pass& pass, std::span<const Index> tokens,
                                       const Segments& sources) const override;
  Variable decode(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                  DecodingState& state) const override;
  const Linear& projection() const override { return *projection_; }
  AttentionPlace place_of_attention(Index) const override { return AttentionPlace::cross; }

 private:
  std::optional<RecurrentEncoder> encoder_;
  std::optional<RecurrentDecoder> decoder_;
  std::optional<Linear> projection_;
};

}  // namespace heed
