#include "heed/decoding/translate.h"

#include <algorithm>

#include "heed/decoding/alternatives.h"
#include "heed/decoding/batches_by_length.h"
#include "heed/decoding/decoding_session.h"

namespace heed {
namespace {

BeamOptions beam_options(const DecodingConfig& config, const SearchTokens& tokens, const TokenTexts* texts) {
  return {.beam = config.beam,
          .length_penalty = config.length_penalty,
          .n_best = config.n_best,
          .tokens = tokens,
          .rules = config.rules(),
          .constraints = {},
          .texts = texts};
}

/// What one batch is searched with.
struct BatchOfJob {
  std::vector<std::size_t> numbers;
  std::vector<Index> limits;
  std::vector<std::uint64_t> names;
  std::vector<SearchConstraints> constraints;  // empty: nothing is asked of any
};

BatchOfJob batch_of(const TranslationJob& job, const DecodingConfig& config,
                    std::vector<std::size_t> numbers) {
  BatchOfJob batch{.numbers = std::move(numbers), .limits = {}, .names = {}, .constraints = {}};
  const bool constrained = !job.constraints.empty() && !job.constraints[batch.numbers.front()].empty();
  for (const std::size_t number : batch.numbers) {
    const Index prefix = constrained ? std::ssize(job.constraints[number].prefix) : 0;
    const Index length = std::max(std::ssize(job.sources[number]), prefix) + config.maximum_extra_length;
    batch.limits.push_back(std::min(length, job.longest_sequence - 1));
    batch.names.push_back(job.names.empty() ? number : job.names[number]);
    if (!constrained) continue;
    batch.constraints.push_back(job.constraints[number]);
    require<DataError>(prefix <= batch.limits.back(), "prefix: it has ", prefix,
                       " tokens, the model takes sequences of ", job.longest_sequence, "; shorten it");
  }
  return batch;
}

std::vector<std::vector<Hypothesis>> decode(const TranslationJob& job, const BatchOfJob& batch,
                                            const SearchTokens& tokens, const DecodingConfig& config) {
  if (config.alternatives) {
    const AlternativesJob alternatives{.start = job.start,
                                       .numbers = batch.numbers,
                                       .limits = batch.limits,
                                       .constraints = batch.constraints};
    return find_alternatives(alternatives, beam_options(config, tokens, job.texts));
  }
  const std::unique_ptr<NextTokenModel> session = job.start(batch.numbers);
  const Prompts prompts(batch.numbers.size(), {tokens.bos});
  if (!config.sample) {
    BeamOptions options = beam_options(config, tokens, job.texts);
    options.constraints = batch.constraints;
    return beam_search(*session, prompts, batch.limits, options);
  }
  return sample(*session, prompts, batch.limits, batch.names,
                {.rules = config.rules(),
                 .temperature = config.temperature,
                 .top_k = config.top_k,
                 .top_p = config.top_p,
                 .samples = config.n_best,
                 .seed = config.seed,
                 .tokens = tokens});
}

/// Numbers of sentences in batches by length, those of which something is asked apart from the others.
std::vector<std::vector<std::size_t>> batches_of(const TranslationJob& job, Index tokens) {
  if (std::ranges::all_of(job.constraints, &SearchConstraints::empty))
    return batches_by_length(job.sources, tokens);
  std::vector<std::vector<std::size_t>> batches;
  for (const bool constrained : {false, true}) {
    std::vector<std::size_t> numbers;
    std::vector<std::vector<Index>> sources;
    for (std::size_t i = 0; i < job.sources.size(); ++i)
      if (job.constraints[i].empty() != constrained) {
        numbers.push_back(i);
        sources.push_back(job.sources[i]);
      }
    for (auto& batch : batches_by_length(sources, tokens)) {
      for (std::size_t& place : batch) place = numbers[place];
      batches.push_back(std::move(batch));
    }
  }
  return batches;
}

}  // namespace

std::vector<std::vector<Hypothesis>> translate(const TranslationJob& job, const SearchTokens& tokens,
                                               const DecodingConfig& config) {
  require<ConfigError>(config.sample || config.n_best <= config.beam, "n_best ", config.n_best,
                       " is more than the beam of ", config.beam, "; set beam to ", config.n_best,
                       " or more");
  require<ShapeError>(job.names.empty() || job.names.size() == job.sources.size(),
                      "translate: ", job.sources.size(), " sentences have ", job.names.size(), " names");
  require<ShapeError>(job.constraints.empty() || job.constraints.size() == job.sources.size(),
                      "translate: ", job.sources.size(), " sentences have ", job.constraints.size(),
                      " constraints");
  require<ConfigError>(!config.sample || std::ranges::all_of(job.constraints, &SearchConstraints::empty),
                       "sampling takes no prefix, terms or suppressed words; search for the best instead");
  require<ConfigError>(!config.sample || !config.alternatives,
                       "alternatives are searched for, not sampled; leave sample away");
  std::vector<std::vector<Hypothesis>> results(job.sources.size());
  for (auto& numbers : batches_of(job, config.batch_tokens())) {
    const BatchOfJob batch = batch_of(job, config, std::move(numbers));
    auto found = decode(job, batch, tokens, config);
    for (std::size_t i = 0; i < found.size(); ++i) results[batch.numbers[i]] = std::move(found[i]);
  }
  return results;
}

std::vector<std::vector<Hypothesis>> translate(const EncoderDecoder& model, Backend& backend,
                                               const std::vector<std::vector<Index>>& sources,
                                               const SearchTokens& tokens, const DecodingConfig& config,
                                               std::span<const std::uint64_t> names) {
  const auto start = [&](std::span<const std::size_t> numbers) {
    std::vector<std::vector<Index>> batch;
    for (const std::size_t number : numbers) batch.push_back(sources[number]);
    return std::make_unique<DecodingSession>(model, backend, batch);
  };
  return translate({.sources = sources,
                    .names = names,
                    .longest_sequence = model.sizes().longest_sequence,
                    .start = start},
                   tokens, config);
}

}  // namespace heed
