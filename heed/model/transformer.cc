#include "heed/model/transformer.h"

#include "heed/model/token_tables.h"

namespace heed {

Transformer::Transformer(const TransformerConfig& config, ParameterSource& source,
                         ParameterStore::Purpose purpose, const Placement& placement)
    : EncoderDecoder(config, source, purpose, placement) {
  const TokenTables tables(root(), {config.source_vocabulary, config.target_vocabulary, config.width},
                           config.tying);
  const auto embedding = [&](std::string_view side, const Variable& table) {
    return Embedding(std::string(side), table,
                     PositionalEncoding(root() / side / "positions", config.positions,
                                        config.maximum_positions, config.width),
                     static_cast<float>(config.dropout));
  };
  // The order in which parameters are asked for is that in which optimizers see them.
  source_embedding_ = embedding("encoder", tables.source());
  encoder_.emplace(root() / "encoder", config.layer(), config.encoder_layers);
  projection_ = tables.projection();
  target_embedding_ = embedding("decoder", tables.target());
  decoder_.emplace(root() / "decoder", config.layer(), config.decoder_layers, CrossAttention::encoder_output);
  if (config.copy) copy_.emplace(root() / "copy", config.width, config.width);
}

std::unique_ptr<DecodingState> Transformer::start(Pass& pass, const TokenBatch& sources) const {
  const Variable encoded = (*encoder_)((*source_embedding_)(pass, sources), sources.segments);
  auto state = std::make_unique<DecoderState>(decoder_->start(encoded, sources.segments));
  if (copy_) state->copied = copy_->start(encoded, sources);
  return state;
}

Variable Transformer::scores(const Variable& decoded, const Segments& sequences,
                             const DecodingState& state) const {
  if (!copy_) return EncoderDecoder::scores(decoded, sequences, state);
  return (*copy_)(decoded, *projection_, sequences, dynamic_cast<const DecoderState&>(state).copied);
}

Variable Transformer::decode(Pass& pass, const TokenBatch& tokens, DecodingState& state) const {
  auto& past = dynamic_cast<DecoderState&>(state);
  return (*decoder_)((*target_embedding_)(pass, tokens, past.lengths), tokens.segments, past);
}

}  // namespace heed
