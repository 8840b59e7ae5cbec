#include "heed/model/recurrent_model.h"

#include "heed/model/token_tables.h"

namespace heed {

RecurrentModel::RecurrentModel(const RecurrentConfig& config, ParameterSource& source,
                               ParameterStore::Purpose purpose, const Placement& placement)
    : EncoderDecoder(config, source, purpose, placement) {
  // The order of tokens is that in which they are read: no table tells it.
  const PositionalEncoding no_positions(root(), PositionKind::none, 0, config.width);
  const auto dropout = static_cast<float>(config.dropout);
  const TokenTables tables(root(), {config.source_vocabulary, config.target_vocabulary, config.width},
                           config.tying);
  source_embedding_.emplace("encoder", tables.source(), no_positions, dropout);
  target_embedding_.emplace("decoder", tables.target(), no_positions, dropout);
  encoder_.emplace(root() / "encoder", config);
  decoder_.emplace(root() / "decoder", config);
  projection_ = tables.projection();
  if (config.copy) copy_.emplace(root() / "copy", config.hidden, config.width);
}

std::unique_ptr<DecodingState> RecurrentModel::start(Pass& pass, const TokenBatch& sources) const {
  const EncodedSources encoded = (*encoder_)((*source_embedding_)(pass, sources), sources.segments);
  auto state = std::make_unique<RecurrentState>(decoder_->start(encoded, sources.segments));
  if (copy_) state->copied = copy_->start(encoded.states, sources);
  return state;
}

Variable RecurrentModel::scores(const Variable& decoded, const Segments& sequences,
                                const DecodingState& state) const {
  if (!copy_) return EncoderDecoder::scores(decoded, sequences, state);
  return (*copy_)(decoded, *projection_, sequences, dynamic_cast<const RecurrentState&>(state).copied);
}

Variable RecurrentModel::decode(Pass& pass, const TokenBatch& tokens, DecodingState& state) const {
  return (*decoder_)((*target_embedding_)(pass, tokens), tokens.segments,
                     dynamic_cast<RecurrentState&>(state));
}

}  // namespace heed
