#include "heed/decoding/transformer_session.h"

namespace heed {

TransformerSession::TransformerSession(const Transformer& model, Backend& kernels,
                                       const std::vector<std::vector<Index>>& sources)
    : model_(model), pass_(Pass::inference(kernels)) {
  std::vector<Index> tokens, lengths;
  for (const auto& source : sources) {
    tokens.insert(tokens.end(), source.begin(), source.end());
    lengths.push_back(static_cast<Index>(source.size()));
  }
  const Segments segments = Segments::packed(lengths);
  state_ = model.decoder().start(model.encoder()(pass_, tokens, segments), segments);
}

Tensor TransformerSession::next(std::span<const Index> tokens) {
  return model_.decoder()(pass_, tokens, Segments::uniform(hypotheses(), 1), state_).value();
}

}  // namespace heed
