#include "heed/decoding/sampling.h"

#include <algorithm>
#include <cmath>

#include "heed/base/random.h"
#include "heed/decoding/token_sampler.h"

namespace heed {
namespace {

// Each sample of a sequence has a random stream of its own.
constexpr Index most_samples = 1 << 20;

/// A sample that goes on.
struct Drawn {
  std::size_t sequence;
  Index sample;
  Random random;
  std::unordered_set<Index> seen = {};  // in prompt and output; empty without a repetition penalty
  std::vector<Index> context = {};      // prompt and output; empty where n-grams may repeat
  Hypothesis hypothesis = {};
};

class Sampling {
 public:
  Sampling(NextTokenModel& model, const Prompts& prompts, std::span<const Index> maximum_lengths,
           const SamplingOptions& options)
      : model_(model),
        prompts_(prompts),
        options_(options),
        sampler_(options),
        penalizes_(options.rules.repetition_penalty != 1),
        limits_(length_limits(model, prompts, maximum_lengths, "sampling")),
        results_(prompts.size()) {}

  std::vector<std::vector<Hypothesis>> run(std::span<const std::uint64_t> names) {
    start(names);
    while (!active_.empty() && !cancelled_) step();
    for (Drawn& drawn : active_) finish(drawn, FinishReason::cancelled);
    for (auto& hypotheses : results_)
      std::stable_sort(hypotheses.begin(), hypotheses.end(),
                       [](const Hypothesis& a, const Hypothesis& b) { return a.score > b.score; });
    return std::move(results_);
  }

 private:
  void start(std::span<const std::uint64_t> names) {
    for (std::size_t s = 0; s < prompts_.size(); ++s)
      for (Index n = 0; n < options_.samples; ++n) {
        const std::uint64_t stream = names[s] * most_samples + static_cast<std::uint64_t>(n);
        active_.push_back({s, n, Random(options_.seed, stream)});
        if (penalizes_) active_.back().seen.insert(prompts_[s].begin(), prompts_[s].end());
        if (options_.rules.no_repeat_ngrams > 0) active_.back().context = prompts_[s];
        last_.push_back(prompts_[s].back());
        parents_.push_back(static_cast<Index>(s));
      }
    model_.keep(parents_);
  }

  void step() {
    const Tensor logits = model_.next(last_);
    Backend& backend = model_.backend();
    const Tensor normalized = backend.empty(logits.shape());
    backend.log_softmax(logits, normalized);
    const Tensor log_probabilities = backend.to_host(normalized),
                 penalized = penalizes_ ? backend.to_host(logits) : log_probabilities;
    const auto vocabulary = static_cast<std::size_t>(logits.size(1));

    last_.clear();
    parents_.clear();
    for (std::size_t i = 0; i < active_.size(); ++i) {
      Drawn& drawn = active_[i];
      const std::span scores(log_probabilities.data() + i * vocabulary, vocabulary);
      const std::span row(penalized.data() + i * vocabulary, vocabulary);
      const auto reason = cancelled_ ? FinishReason::cancelled : add_token(drawn, scores, row);
      if (reason) {
        finish(drawn, *reason);
        continue;
      }
      last_.push_back(drawn.hypothesis.tokens.back());
      parents_.push_back(static_cast<Index>(i));
    }
    go_on_with(parents_);
  }

  /// Draws a token; the reason why the sample ends with it, if it does.
  std::optional<FinishReason> add_token(Drawn& drawn, std::span<const float> log_probabilities,
                                        std::span<const float> logits) {
    const Index token = draw(drawn, log_probabilities, logits);
    const float log_probability = log_probabilities[static_cast<std::size_t>(token)];
    Hypothesis& hypothesis = drawn.hypothesis;
    hypothesis.log_probability += static_cast<double>(log_probability);
    hypothesis.token_log_probability.push_back(log_probability);

    DrawnToken told{drawn.sequence, drawn.sample, token, log_probability};
    if (token == options_.tokens.eos)
      told.finish_reason = FinishReason::eos;
    else if (options_.tokens.stops(token))
      told.finish_reason = FinishReason::stop;
    else if (std::ssize(hypothesis.tokens) + 1 >= limits_[drawn.sequence])
      told.finish_reason = FinishReason::length;
    if (told.written()) hypothesis.tokens.push_back(token);
    return after(told);
  }

  Index draw(Drawn& drawn, std::span<const float> log_probabilities, std::span<const float> logits) {
    const TokenRules& rules = options_.rules;
    if (!rules.any()) return sampler_.draw(log_probabilities, drawn.random);
    penalized_.assign(log_probabilities.begin(), log_probabilities.end());
    if (penalizes_) penalize_repetition(penalized_, logits, drawn.seen, rules.repetition_penalty);
    forbid_repeated_ngrams(penalized_, drawn.context, rules.no_repeat_ngrams);
    if (std::ssize(drawn.hypothesis.tokens) < rules.minimum_length) forbid_ends(penalized_, options_.tokens);
    const Index token = sampler_.draw(penalized_, drawn.random);
    if (penalizes_) drawn.seen.insert(token);
    if (rules.no_repeat_ngrams > 0) drawn.context.push_back(token);
    return token;
  }

  /// Why a sample ends after this token once the observer has had its say.
  std::optional<FinishReason> after(const DrawnToken& token) {
    const DrawingControl control = options_.observer ? options_.observer(token) : DrawingControl::go_on;
    cancelled_ = control == DrawingControl::cancel;
    if (!token.written() || control == DrawingControl::go_on) return token.finish_reason;
    return cancelled_ ? FinishReason::cancelled : FinishReason::stop;
  }

  void finish(Drawn& drawn, FinishReason reason) {
    drawn.hypothesis.finish_reason = reason;
    drawn.hypothesis.score = drawn.hypothesis.log_probability;
    results_[drawn.sequence].push_back(std::move(drawn.hypothesis));
  }

  void go_on_with(std::span<const Index> numbers) {
    std::vector<Drawn> kept;
    for (const Index number : numbers) kept.push_back(std::move(active_[static_cast<std::size_t>(number)]));
    active_ = std::move(kept);
    model_.keep(numbers);
  }

  NextTokenModel& model_;
  const Prompts& prompts_;
  const SamplingOptions& options_;
  TokenSampler sampler_;
  bool penalizes_, cancelled_ = false;
  std::vector<Index> limits_;  // tokens of each sequence
  std::vector<Drawn> active_;
  std::vector<Index> last_, parents_;  // the last token of each active one, and which it was before this step
  std::vector<float> penalized_;       // log-probabilities of the present row
  std::vector<std::vector<Hypothesis>> results_;
};

}  // namespace

std::vector<std::vector<Hypothesis>> sample(NextTokenModel& model, const Prompts& prompts,
                                            std::span<const Index> maximum_lengths,
                                            std::span<const std::uint64_t> names,
                                            const SamplingOptions& options) {
  check(options.rules, "sampling");
  require<ConfigError>(options.samples >= 1 && options.samples <= most_samples, "sampling: ", options.samples,
                       " samples of a sequence; they must be 1 to ", most_samples);
  require<ShapeError>(names.size() == prompts.size(), "sampling: ", prompts.size(), " sequences have ",
                      names.size(), " names");
  return Sampling(model, prompts, maximum_lengths, options).run(names);
}

}  // namespace heed
