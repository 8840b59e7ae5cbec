#include "heed/decoding/scoring.h"

namespace heed {

std::vector<std::vector<float>> score(const EncoderDecoder& model, Backend& backend,
                                      const std::vector<std::vector<Index>>& sources,
                                      const std::vector<std::vector<Index>>& targets, Index begin) {
  require<ShapeError>(sources.size() == targets.size(), "score: ", sources.size(), " sources meet ",
                      targets.size(), " targets");
  const Index vocabulary = model.sizes().outputs;
  std::vector<Index> source_tokens, inputs, source_lengths, target_lengths;
  for (const auto& source : sources) {
    source_tokens.insert(source_tokens.end(), source.begin(), source.end());
    source_lengths.push_back(static_cast<Index>(source.size()));
  }
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const auto& target = targets[t];
    require<DataError>(!target.empty(), "score: target ", t, " is empty; it must have its end mark at least");
    for (const Index token : target)
      require<DataError>(token >= 0 && token < vocabulary, "score: token ", token, " of target ", t,
                         " lies outside of the ", vocabulary, " that are known");
    inputs.push_back(begin);
    inputs.insert(inputs.end(), target.begin(), target.end() - 1);
    target_lengths.push_back(static_cast<Index>(target.size()));
  }
  Pass pass = Pass::inference(backend);
  const Tensor logits = model(pass, TokenBatch::packed(std::move(source_tokens), source_lengths),
                              TokenBatch::packed(std::move(inputs), target_lengths))
                            .value();
  const Tensor normalized = backend.empty(logits.shape());
  backend.log_softmax(logits, normalized);
  const Tensor log_probabilities = backend.to_host(normalized);

  std::vector<std::vector<float>> scores;
  Index row = 0;
  for (const auto& target : targets) {
    auto& of_target = scores.emplace_back();
    for (const Index token : target)
      of_target.push_back(log_probabilities.data()[row++ * logits.size(1) + token]);
  }
  return scores;
}

}  // namespace heed
