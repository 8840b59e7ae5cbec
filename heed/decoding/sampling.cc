#include "heed/decoding/sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "heed/base/random.h"

namespace heed {
namespace {

// Each draw of a sentence has a random stream of its own.
constexpr Index most_samples = 1 << 20;

struct Drawn {
  std::size_t sentence;
  Random random;
  Hypothesis hypothesis;
};

/// A token drawn from log-probabilities of one row.
Index draw(const float* log_probabilities, Index vocabulary, const SamplingOptions& options, Random& random) {
  // One score that is no number makes every probability one.
  require<ScoreError>(!std::isnan(log_probabilities[0]),
                      "sampling: the model's scores are not numbers; did its training diverge?");
  std::vector<std::pair<double, Index>> choices;  // unnormalized probability, token
  choices.reserve(static_cast<std::size_t>(vocabulary));
  for (Index token = 0; token < vocabulary; ++token)
    if (std::find(options.tokens.suppressed.begin(), options.tokens.suppressed.end(), token) ==
        options.tokens.suppressed.end())
      choices.emplace_back(static_cast<double>(log_probabilities[token]) / options.temperature, token);
  std::sort(choices.begin(), choices.end(), [](const auto& a, const auto& b) {
    return a.first > b.first || (a.first == b.first && a.second < b.second);
  });
  if (options.top_k > 0) choices.resize(std::min(choices.size(), static_cast<std::size_t>(options.top_k)));
  require<ConfigError>(!choices.empty(), "sampling: every token of the vocabulary is suppressed");
  const double largest = choices.front().first;
  double total = 0;
  for (auto& choice : choices) total += choice.first = std::exp(choice.first - largest);
  double reached = 0;
  std::size_t kept = 0;
  while (kept < choices.size() && (kept == 0 || reached < options.top_p * total))
    reached += choices[kept++].first;
  double left = static_cast<double>(random.uniform()) * reached;
  for (std::size_t i = 0; i < kept; ++i)
    if ((left -= choices[i].first) < 0) return choices[i].second;
  return choices[kept - 1].second;
}

}  // namespace

std::vector<std::vector<Hypothesis>> sample(NextTokenModel& model, std::span<const Index> maximum_lengths,
                                            std::span<const std::uint64_t> names,
                                            const SamplingOptions& options) {
  require<ConfigError>(options.temperature > 0 && options.top_p > 0 && options.top_k >= 0,
                       "sampling: temperature and top_p must be above 0, top_k at least 0");
  require<ConfigError>(options.samples >= 1 && options.samples <= most_samples, "sampling: ", options.samples,
                       " samples of a sentence; they must be 1 to ", most_samples);
  const std::size_t sentences = maximum_lengths.size();
  require<ShapeError>(model.hypotheses() == static_cast<Index>(sentences) && names.size() == sentences,
                      "sampling: ", model.hypotheses(), " sentences have ", sentences, " length limits and ",
                      names.size(), " names");
  for (const Index limit : maximum_lengths)
    require<ConfigError>(limit >= 1, "sampling: a length limit of ", limit, "; it must be at least 1");
  std::vector<Drawn> active;
  std::vector<Index> parents;
  for (std::size_t s = 0; s < sentences; ++s)
    for (Index n = 0; n < options.samples; ++n) {
      const std::uint64_t stream = names[s] * most_samples + static_cast<std::uint64_t>(n);
      active.push_back({s, Random(options.seed, stream), {}});
      parents.push_back(static_cast<Index>(s));
    }
  model.keep(parents);

  std::vector<std::vector<Hypothesis>> results(sentences);
  while (!active.empty()) {
    std::vector<Index> last;
    for (const Drawn& drawn : active)
      last.push_back(drawn.hypothesis.tokens.empty() ? options.tokens.bos : drawn.hypothesis.tokens.back());
    const Tensor logits = model.next(last);
    const Tensor normalized = model.backend().empty(logits.shape());
    model.backend().log_softmax(logits, normalized);
    const Tensor log_probabilities = model.backend().to_host(normalized);

    std::vector<Drawn> going_on;
    parents.clear();
    for (std::size_t i = 0; i < active.size(); ++i) {
      Drawn& drawn = active[i];
      Hypothesis& hypothesis = drawn.hypothesis;
      const float* row = log_probabilities.data() + static_cast<Index>(i) * logits.size(1);
      const Index token = draw(row, logits.size(1), options, drawn.random);
      hypothesis.log_probability += static_cast<double>(row[token]);
      hypothesis.token_log_probability.push_back(row[token]);
      const bool ends = token == options.tokens.eos;
      if (!ends) hypothesis.tokens.push_back(token);
      if (ends || static_cast<Index>(hypothesis.tokens.size()) >= maximum_lengths[drawn.sentence]) {
        hypothesis.complete = ends;
        hypothesis.score = hypothesis.log_probability;
        results[drawn.sentence].push_back(std::move(hypothesis));
      } else {
        parents.push_back(static_cast<Index>(i));
        going_on.push_back(std::move(drawn));
      }
    }
    active = std::move(going_on);
    model.keep(parents);
  }
  for (auto& hypotheses : results)
    std::stable_sort(hypotheses.begin(), hypotheses.end(),
                     [](const Hypothesis& a, const Hypothesis& b) { return a.score > b.score; });
  return results;
}

}  // namespace heed
