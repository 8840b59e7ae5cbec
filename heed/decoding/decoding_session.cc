#include "heed/decoding/decoding_session.h"

#include <algorithm>

namespace heed {

DecodingSession::DecodingSession(const EncoderDecoder& model, Backend& backend,
                                 const std::vector<std::vector<Index>>& sources)
    : model_(model), pass_(Pass::inference(backend)) {
  std::vector<Index> tokens, lengths;
  for (const auto& source : sources) {
    tokens.insert(tokens.end(), source.begin(), source.end());
    lengths.push_back(static_cast<Index>(source.size()));
  }
  state_ = model.start(pass_, TokenBatch::packed(std::move(tokens), lengths));
}

Variable DecodingSession::step(std::span<const Index> tokens) {
  return model_.decode(pass_, TokenBatch::step(tokens), *state_);
}

Tensor DecodingSession::next(std::span<const Index> tokens) {
  const auto sequences = Segments::uniform(std::ssize(tokens), 1);
  return model_.scores(step(tokens), sequences, *state_).value();
}

TopK DecodingSession::top(std::span<const Index> tokens, Index k) {
  if (model_.copies()) return NextTokenModel::top(tokens, k);
  const Variable x = step(tokens);
  const Linear& projection = model_.projection();
  k = std::min(k, projection.weight().size(0));
  const TopK likeliest = new_top_k(backend(), x.size(0), k);
  backend().linear_top_log_probabilities(x.value(), projection.weight().value(), projection.bias().value(),
                                         likeliest.log_probabilities, likeliest.tokens);
  return likeliest;
}

}  // namespace heed
