#include "heed/model/recurrent_model.h"

#include "heed/model/token_tables.h"

namespace heed {

RecurrentModel::RecurrentModel(const RecurrentConfig& config, ParameterSource& source,
                               ParameterStore::Purpose purpose, const Placement& placement)
    : SequenceModel(config, source, purpose, placement) {
  // The order of tokens is that in which they are read: no table tells it.
  const PositionalEncoding no_positions(root(), PositionKind::none, 0, config.width);
  const auto dropout = static_cast<float>(config.dropout);
  const TokenTables tables(root(), {config.source_vocabulary, config.target_vocabulary, config.width},
                           config.tying);
  encoder_.emplace(root() / "encoder", config, Embedding(tables.source(), no_positions, dropout));
  decoder_.emplace(root() / "decoder", config, Embedding(tables.target(), no_positions, dropout));
  projection_ = tables.projection();
}

std::unique_ptr<DecodingState> RecurrentModel::start(Pass& pass, std::span<const Index> tokens,
                                                     const Segments& sources) const {
  return std::make_unique<RecurrentState>(decoder_->start((*encoder_)(pass, tokens, sources), sources));
}

Variable RecurrentModel::decode(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                                DecodingState& state) const {
  return (*decoder_)(pass, tokens, segments, dynamic_cast<RecurrentState&>(state));
}

}  // namespace heed
