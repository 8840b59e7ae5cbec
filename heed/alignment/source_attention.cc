#include "heed/alignment/source_attention.h"

#include "heed/base/error.h"
#include "heed/text/tokenizer.h"

namespace heed {
namespace {

// Attention of so many target tokens is held at once.
constexpr std::size_t batch_tokens = 2048;

bool looks_at_source(std::string_view layer) {
  return !layer.starts_with("encoder") && !layer.ends_with("self_attention");
}

/// Pairs from `first` on that are read together.
std::size_t end_of_batch(const std::vector<TokenPair>& pairs, std::size_t first) {
  std::size_t end = first, tokens = 0;
  while (end < pairs.size() && (end == first || tokens + pairs[end].target.size() <= batch_tokens))
    tokens += pairs[end++].target.size();
  return end;
}

/// The observed weights [sequences, heads, longest queries, longest keys] of one sequence, by head.
std::vector<AttentionMatrix> matrices(const Tensor& weights, Index sequence, const TokenPair& pair) {
  const Index heads = weights.size(1), rows = weights.size(2), columns = weights.size(3);
  const auto targets = std::ssize(pair.target), sources = std::ssize(pair.source);
  std::vector<AttentionMatrix> all;
  for (Index head = 0; head < heads; ++head) {
    AttentionMatrix& matrix = all.emplace_back(AttentionMatrix{targets, sources});
    const float* first = weights.data() + (sequence * heads + head) * rows * columns;
    for (Index row = 0; row < targets; ++row)
      matrix.weights.insert(matrix.weights.end(), first + row * columns, first + row * columns + sources);
  }
  return all;
}

AttentionMatrix mean_of(const HeadMatrices& layers) {
  AttentionMatrix mean;
  float count = 0;
  for (const auto& [layer, heads] : layers)
    for (const AttentionMatrix& head : heads) {
      if (mean.weights.empty()) mean = {head.targets, head.sources, std::vector<float>(head.weights.size())};
      for (std::size_t i = 0; i < head.weights.size(); ++i) mean.weights[i] += head.weights[i];
      ++count;
    }
  for (float& weight : mean.weights) weight /= count;
  return mean;
}

}  // namespace

void source_attention(const EncoderDecoder& model, Backend& backend, const std::vector<TokenPair>& pairs,
                      const std::function<void(std::size_t pair, const HeadMatrices& heads)>& tell) {
  for (std::size_t first = 0; first < pairs.size();) {
    const std::size_t end = end_of_batch(pairs, first);
    std::vector<Index> sources, inputs, source_lengths, target_lengths;
    for (std::size_t p = first; p < end; ++p) {
      const auto& [source, target] = pairs[p];
      require<DataError>(!source.empty() && !target.empty(), "alignment: pair ", p + 1,
                         " has an empty side; both need their end mark at least");
      sources.insert(sources.end(), source.begin(), source.end());
      inputs.push_back(special::bos);
      inputs.insert(inputs.end(), target.begin(), target.end() - 1);
      source_lengths.push_back(std::ssize(source));
      target_lengths.push_back(std::ssize(target));
    }
    std::map<std::string, Tensor, std::less<>> observed;
    Pass pass = Pass::inference(backend);
    pass.observe_attention([&](std::string_view layer, const Tensor& weights) {
      if (looks_at_source(layer)) observed.insert_or_assign(std::string(layer), backend.to_host(weights));
    });
    model.before_projection(pass, TokenBatch::packed(std::move(sources), source_lengths),
                            TokenBatch::packed(std::move(inputs), target_lengths));
    for (std::size_t p = first; p < end; ++p) {
      HeadMatrices heads;
      for (const auto& [layer, weights] : observed)
        heads.emplace(layer, matrices(weights, static_cast<Index>(p - first), pairs[p]));
      if (!heads.empty()) tell(p, heads);
    }
    first = end;
  }
}

std::vector<AttentionMatrix> source_attention(const EncoderDecoder& model, Backend& backend,
                                              const std::vector<TokenPair>& pairs,
                                              const AlignmentHead& head) {
  std::vector<AttentionMatrix> found(pairs.size());
  source_attention(model, backend, pairs, [&](std::size_t pair, const HeadMatrices& layers) {
    if (!head.known()) {
      found[pair] = mean_of(layers);
      return;
    }
    const auto layer = layers.find(head.layer);
    require<CheckpointError>(layer != layers.end() && head.head < std::ssize(layer->second),
                             "alignment.json: names head ", head.head, " of ", head.layer,
                             ", which the model does not have; was the file copied from another model?");
    found[pair] = layer->second[static_cast<std::size_t>(head.head)];
  });
  for (const AttentionMatrix& matrix : found)
    require<ConfigError>(!matrix.weights.empty(),
                         "alignment: the model has no attention to its source; train one with attention");
  return found;
}

std::vector<Index> most_looked_at(const AttentionMatrix& attention, bool shifted) {
  std::vector<Index> places;
  for (Index target = 0; target + 1 < attention.targets; ++target) {
    Index best = -1;
    const Index row = target + (shifted ? 1 : 0);
    for (Index source = 0; source + 1 < attention.sources; ++source)
      if (best < 0 || attention.at(row, source) > attention.at(row, best)) best = source;
    places.push_back(best);
  }
  return places;
}

}  // namespace heed
