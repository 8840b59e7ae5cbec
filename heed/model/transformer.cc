#include "heed/model/transformer.h"

#include "heed/model/token_tables.h"

namespace heed {

Transformer::Transformer(const TransformerConfig& config, ParameterSource& source,
                         ParameterStore::Purpose purpose, const Placement& placement)
    : SequenceModel(config, source, purpose, placement), encoder_layers_(config.encoder_layers) {
  const auto dropout = static_cast<float>(config.dropout);
  const auto positions = [&](std::string_view side) {
    return PositionalEncoding(root() / side / "positions", config.positions, config.maximum_positions,
                              config.width);
  };
  const TokenTables tables(root(), {config.source_vocabulary, config.target_vocabulary, config.width},
                           config.tying);
  encoder_.emplace(root() / "encoder", config, Embedding(tables.source(), positions("encoder"), dropout));
  const Linear output = tables.projection();
  decoder_.emplace(root() / "decoder", config, Embedding(tables.target(), positions("decoder"), dropout),
                   output);
}

std::unique_ptr<DecodingState> Transformer::start(Pass& pass, std::span<const Index> tokens,
                                                  const Segments& sources) const {
  return std::make_unique<DecoderState>(decoder_->start((*encoder_)(pass, tokens, sources), sources));
}

Variable Transformer::decode(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                             DecodingState& state) const {
  return (*decoder_)(pass, tokens, segments, dynamic_cast<DecoderState&>(state));
}

AttentionPlace Transformer::place_of_attention(Index number) const {
  if (number < encoder_layers_) return AttentionPlace::encoder;
  return (number - encoder_layers_) % 2 == 0 ? AttentionPlace::decoder : AttentionPlace::cross;
}

}  // namespace heed
