#include "heed/decoding/translate.h"

#include <algorithm>

#include "heed/decoding/batches_by_length.h"
#include "heed/decoding/decoding_session.h"

namespace heed {
namespace {

std::vector<std::vector<Hypothesis>> decode(DecodingSession& session, std::span<const Index> limits,
                                            std::span<const std::uint64_t> names, const SearchTokens& tokens,
                                            const DecodingConfig& config) {
  const Prompts prompts(limits.size(), {tokens.bos});
  if (!config.sample)
    return beam_search(session, prompts, limits,
                       {.beam = config.beam,
                        .length_penalty = config.length_penalty,
                        .n_best = config.n_best,
                        .tokens = tokens});
  return sample(session, prompts, limits, names,
                {.temperature = config.temperature,
                 .top_k = config.top_k,
                 .top_p = config.top_p,
                 .samples = config.n_best,
                 .seed = config.seed,
                 .tokens = tokens});
}

}  // namespace

std::vector<std::vector<Hypothesis>> translate(const EncoderDecoder& model, Backend& backend,
                                               const std::vector<std::vector<Index>>& sources,
                                               const SearchTokens& tokens, const DecodingConfig& config,
                                               std::span<const std::uint64_t> names) {
  require<ConfigError>(config.sample || config.n_best <= config.beam, "n_best ", config.n_best,
                       " is more than the beam of ", config.beam, "; set beam to ", config.n_best,
                       " or more");
  require<ShapeError>(names.empty() || names.size() == sources.size(), "translate: ", sources.size(),
                      " sentences have ", names.size(), " names");
  const Index limit = model.sizes().longest_sequence;
  std::vector<std::vector<Hypothesis>> results(sources.size());
  for (const auto& numbers : batches_by_length(sources, config.batch_tokens())) {
    std::vector<std::vector<Index>> batch;
    std::vector<Index> limits;
    std::vector<std::uint64_t> batch_names;
    for (const std::size_t number : numbers) {
      batch.push_back(sources[number]);
      limits.push_back(std::min(std::ssize(sources[number]) + config.maximum_extra_length, limit - 1));
      batch_names.push_back(names.empty() ? number : names[number]);
    }
    DecodingSession session(model, backend, batch);
    auto found = decode(session, limits, batch_names, tokens, config);
    for (std::size_t i = 0; i < numbers.size(); ++i) results[numbers[i]] = std::move(found[i]);
  }
  return results;
}

}  // namespace heed
