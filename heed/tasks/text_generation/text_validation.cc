#include "heed/tasks/text_generation/text_validation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "heed/data/batches.h"
#include "heed/decoding/language_model_session.h"
#include "heed/decoding/sampling.h"
#include "heed/tasks/text_generation/language_model_loss.h"

namespace heed {
namespace {

// Enough to see a sentence; weights that are trained are packed anew for every token.
constexpr Index longest_prompt = 32, longest_continuation = 100;
constexpr double temperature = 0.8;

/// The beginnings of windows that are spread over the text: the same at each validation, so that one sees
/// what the model makes of them get better.
Prompts beginnings(const TokenWindows& windows, Index count) {
  Prompts prompts;
  for (Index i = 0; i < std::min(count, windows.size()); ++i) {
    const auto window = windows.window(0, i * windows.size() / std::min(count, windows.size()));
    const Index length = std::min((std::ssize(window) + 1) / 2, longest_prompt);
    prompts.emplace_back(window.begin(), window.begin() + length);
  }
  return prompts;
}

std::vector<Sample> samples(const LanguageModel& model, Backend& backend, const Tokenizer& tokenizer,
                            const Prompts& prompts, bool eos) {
  if (prompts.empty()) return {};
  LanguageModelSession session(model, backend, prompts);
  std::vector<std::uint64_t> names(prompts.size());
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = i;
  const std::vector<Index> lengths(prompts.size(), longest_continuation);
  std::vector<std::vector<Hypothesis>> found;
  try {
    found =
        sample(session, prompts, lengths, names,
               {.temperature = temperature, .tokens = eos ? search_tokens() : search_tokens_without_eos()});
  } catch (const ScoreError&) {
    return {};
  }
  std::vector<Sample> all;
  for (std::size_t i = 0; i < prompts.size(); ++i)
    all.push_back({{{"prompt", tokenizer.decode(prompts[i])},
                    {"continuation", tokenizer.decode(found[i].front().tokens)}}});
  return all;
}

}  // namespace

double loss_per_token(const LanguageModel& model, Backend& backend, const TokenWindows& windows,
                      Index batch_tokens) {
  double sum = 0;
  Index tokens = 0;
  for (const auto& numbers : plan_in_order(windows, batch_tokens)) {
    const Batch batch = make_batch(windows, numbers);
    Pass pass = Pass::inference(backend);
    const Variable loss = language_model_loss(model, pass, batch.columns.at(0), batch.columns.at(1));
    sum += static_cast<double>(backend.number(loss.value()));
    tokens += std::ssize(batch.columns.at(1).tokens);
  }
  return sum / static_cast<double>(tokens);
}

Validation text_measures(double loss, const ValidationText& text) {
  const double bits = loss * static_cast<double>(text.tokens) / std::numbers::ln2;
  Validation all;
  all.measures = {
      {.name = "loss", .title = "loss", .value = loss, .better = Better::lower, .digits = 4},
      {.name = "perplexity", .title = "perplexity", .value = std::exp(loss), .better = Better::lower},
      {.name = "bits_per_byte",
       .title = "bits per byte",
       .value = bits / static_cast<double>(std::max<Index>(text.bytes, 1)),
       .better = Better::lower,
       .digits = 4}};
  return all;
}

Validation validate_text(const LanguageModel& model, Backend& backend, const Tokenizer& tokenizer,
                         const ValidationText& text, const TextValidationOptions& options) {
  const double loss = loss_per_token(model, backend, *text.windows, options.batch_tokens);
  Validation all = text_measures(loss, text);
  if (std::isfinite(loss))
    all.samples = samples(model, backend, tokenizer, beginnings(*text.windows, options.samples), options.eos);
  return all;
}

}  // namespace heed
