#include "heed/model/decoder_only_transformer.h"

namespace heed {
namespace {

/// Sinusoids have an amplitude of 1, so tokens are scaled up beside them as in section 3.4; else the
/// decoder's first normalization sees to the scale.
float scale_of_tokens(const DecoderOnlyConfig& config) {
  return config.positions == PositionKind::sinusoidal ? std::sqrt(static_cast<float>(config.width)) : 1;
}

}  // namespace

DecoderOnlyTransformer::DecoderOnlyTransformer(const DecoderOnlyConfig& config, ParameterSource& source,
                                               ParameterStore::Purpose purpose, const Placement& placement)
    : LanguageModel(config, source, purpose, placement) {
  const TransformerLayerConfig layer = config.layer();
  const Shape table_shape{config.vocabulary, config.width};
  const ParameterScope embedding = root() / "embedding", decoder = root() / "decoder",
                       output = decoder / "output";
  const Variable table = embedding.parameter("weight", table_shape, *layer.start.within);
  embedding_.emplace("embedding", table,
                     PositionalEncoding(decoder / "positions", config.positions,
                                        {config.maximum_positions, config.width}, *layer.start.within),
                     Embedding::Options{.scale = scale_of_tokens(config), .dropout = layer.dropout});
  decoder_.emplace(decoder, layer, config.layers, CrossAttention::none);
  projection_ = config.tied_output ? Linear(embedding.prepacked({"weight"}, table), {})
                                   : Linear(output, config.width, config.vocabulary,
                                            {.bias = false, .start = layer.start.within});
}

std::unique_ptr<DecodingState> DecoderOnlyTransformer::start(Index sequences) const {
  return std::make_unique<DecoderState>(decoder_->start(sequences));
}

Variable DecoderOnlyTransformer::decode(Pass& pass, const TokenBatch& tokens, DecodingState& state) const {
  auto& past = dynamic_cast<DecoderState&>(state);
  return (*decoder_)((*embedding_)(pass, tokens, past.lengths), tokens.segments, past);
}

}  // namespace heed
