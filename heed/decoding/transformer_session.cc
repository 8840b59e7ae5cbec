#include "heed/decoding/transformer_session.h"

#include <algorithm>

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

LikeliestTokens TransformerSession::top(std::span<const Index> tokens, Index k) {
  const Variable x =
      model_.decoder().before_projection(pass_, tokens, Segments::uniform(hypotheses(), 1), state_);
  const Linear& projection = model_.decoder().projection();
  k = std::min(k, projection.weight().size(0));
  LikeliestTokens likeliest{Tensor({x.size(0), k}), Tensor({x.size(0), k}, DataType::int32)};
  kernels().linear_top_log_probabilities(x.value(), projection.weight().value(), projection.bias().value(),
                                         likeliest.log_probabilities, likeliest.tokens);
  return likeliest;
}

}  // namespace heed
