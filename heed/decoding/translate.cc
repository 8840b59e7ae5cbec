#include "heed/decoding/translate.h"

#include <algorithm>
#include <numeric>

#include "heed/decoding/transformer_session.h"

namespace heed {
namespace {

Index length(const std::vector<Index>& sentence) { return static_cast<Index>(sentence.size()); }

std::vector<std::vector<Hypothesis>> decode(TransformerSession& session, std::span<const Index> limits,
                                            std::span<const std::uint64_t> names, const SearchTokens& tokens,
                                            const DecodingConfig& config) {
  if (!config.sample)
    return beam_search(session, limits,
                       {.beam = config.beam,
                        .length_penalty = config.length_penalty,
                        .n_best = config.n_best,
                        .tokens = tokens});
  return sample(session, limits, names,
                {.temperature = config.temperature,
                 .top_k = config.top_k,
                 .top_p = config.top_p,
                 .samples = config.n_best,
                 .seed = config.seed,
                 .tokens = tokens});
}

}  // namespace

std::vector<std::vector<Hypothesis>> translate(const Transformer& model, Backend& kernels,
                                               const std::vector<std::vector<Index>>& sources,
                                               const SearchTokens& tokens, const DecodingConfig& config,
                                               std::span<const std::uint64_t> names) {
  require<ConfigError>(config.sample || config.n_best <= config.beam, "n_best ", config.n_best,
                       " is more than the beam of ", config.beam, "; set beam to ", config.n_best,
                       " or more");
  require<ShapeError>(names.empty() || names.size() == sources.size(), "translate: ", sources.size(),
                      " sentences have ", names.size(), " names");
  // Sentences of one length end at about the same step: the batch stays full until then.
  std::vector<std::size_t> order(sources.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sources[a].size() > sources[b].size(); });

  const Index limit = model.decoder().embedding().positions().limit();
  std::vector<std::vector<Hypothesis>> results(sources.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::vector<std::vector<Index>> batch;
    std::vector<Index> limits;
    std::vector<std::uint64_t> batch_names;
    std::size_t end = begin;
    for (Index filled = 0; end < order.size(); ++end) {
      const auto& source = sources[order[end]];
      filled += length(source);
      if (end > begin && filled > config.batch_tokens()) break;
      batch.push_back(source);
      limits.push_back(std::min(length(source) + config.maximum_extra_length, limit - 1));
      batch_names.push_back(names.empty() ? order[end] : names[order[end]]);
    }
    TransformerSession session(model, kernels, batch);
    auto found = decode(session, limits, batch_names, tokens, config);
    for (std::size_t i = begin; i < end; ++i) results[order[i]] = std::move(found[i - begin]);
    begin = end;
  }
  return results;
}

}  // namespace heed
