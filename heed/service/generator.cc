#include "heed/service/generator.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "heed/checkpoint/model_folder.h"
#include "heed/decoding/beam_search.h"
#include "heed/decoding/sampling.h"
#include "heed/service/large_model.h"
#include "heed/text/text_stream.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

ContextEnd context_end(const GenerationConfig& config) {
  return config.slide ? ContextEnd::slide : ContextEnd::stop;
}

/// A part of a text that is read at once, and how many of its tokens are predicted: the last ones.
struct Window {
  Index first, inputs, predicted;
};

/// Windows over inputs: side by side, or so that what is predicted has half a context before it.
std::vector<Window> windows(Index inputs, Index context, bool overlap) {
  std::vector<Window> all;
  const Index step = overlap ? std::max<Index>(context / 2, 1) : context;
  for (Index end = 0; end < inputs;) {
    const Index next = std::min(inputs, end + (end == 0 ? context : step));
    const Index first = overlap ? std::max<Index>(next - context, 0) : end;
    all.push_back({first, next - first, next - end});
    end = next;
  }
  return all;
}

}  // namespace

Generator::Generator(const std::filesystem::path& folder, Backend& backend, std::optional<DataType> precision)
    : backend_(&backend),
      model_(load_model_as<LanguageModel>(folder, ParameterStore::Purpose::inference,
                                          Placement::prepacked(backend, precision))),
      tokenizers_(load_tokenizers(folder)),
      settings_(load_generation_settings(folder)) {
  const Index tokens = tokenizers_.source->vocabulary_size(), known = model_->sizes().outputs;
  require<CheckpointError>(tokens == known, folder.string(), ": the tokenizer has ", tokens,
                           " tokens, the model ", known, "; do they belong together?");
}

std::vector<Index> Generator::prompt_tokens(std::string_view prompt) const {
  require_running_text();
  require_utf8(prompt, "prompt");
  std::vector<Index> tokens = tokenizers_.source->encode(prompt);
  // What begins a document stands after the EOS of another.
  if (tokens.empty() || settings_.eos_ends_documents) tokens.insert(tokens.begin(), special::eos);
  return tokens;
}

std::vector<GeneratedText> Generator::generate(std::string_view prompt, const GenerationConfig& config,
                                               std::uint64_t number, const TextObserver& observer) const {
  std::vector<Index> tokens = prompt_tokens(prompt);
  return write({.prompts = {tokens}, .goes_on = tokens, .number = number}, config, observer);
}

std::vector<GeneratedText> Generator::generate_after(std::vector<Index> prompt,
                                                     const GenerationConfig& config, std::uint64_t number,
                                                     const TextObserver& observer) const {
  return write({.prompts = {std::move(prompt)}, .goes_on = {}, .number = number}, config, observer);
}

void Generator::require_running_text() const {
  require<ConfigError>(
      !settings_.dialogues,
      "the model has learned from dialogues and goes on with no other text; heed chat talks to "
      "it, heed predict answers dialogues");
}

std::vector<GeneratedText> Generator::write(const Task& task, const GenerationConfig& config,
                                            const TextObserver& observer) const {
  const TextStream stops(*tokenizers_.source, config.stop);  // refuses those that make no sense
  if (config.max_tokens == 0)
    return std::vector<GeneratedText>(static_cast<std::size_t>(config.beam > 0 ? 1 : config.samples));
  return config.beam > 0 ? search(task, config, observer) : draw(task, config, observer);
}

std::vector<GeneratedText> Generator::draw(const Task& task, const GenerationConfig& config,
                                           const TextObserver& observer) const {
  const auto& [prompts, goes_on, number] = task;
  LanguageModelSession session(*model_, *backend_, prompts, context_end(config));
  struct Written {
    TextStream stream;
    std::string text = {};
    Hypothesis hypothesis = {.finish_reason = FinishReason::cancelled};  // until another is known
  };
  std::vector<Written> written(static_cast<std::size_t>(config.samples),
                               {TextStream(*tokenizers_.source, config.stop, goes_on)});
  const auto show = [&](Index sample, const std::string& text) {
    written[static_cast<std::size_t>(sample)].text += text;
    return text.empty() || !observer || observer(sample, text);
  };
  SamplingOptions options{.rules = config.rules(),
                          .temperature = config.temperature,
                          .top_k = config.top_k,
                          .top_p = config.top_p,
                          .min_p = config.min_p,
                          .samples = config.samples,
                          .seed = config.seed,
                          .tokens = tokens_of_search()};
  options.observer = [&](const DrawnToken& drawn) {
    Written& of_sample = written[static_cast<std::size_t>(drawn.sample)];
    Hypothesis& hypothesis = of_sample.hypothesis;
    hypothesis.log_probability += static_cast<double>(drawn.log_probability);
    hypothesis.token_log_probability.push_back(drawn.log_probability);
    if (drawn.finish_reason) hypothesis.finish_reason = *drawn.finish_reason;
    bool go_on = true;
    if (drawn.written()) {
      hypothesis.tokens.push_back(drawn.token);
      go_on = show(drawn.sample, of_sample.stream.add(drawn.token));
    }
    const bool stopped = of_sample.stream.stop().has_value();
    if (stopped) hypothesis.finish_reason = FinishReason::stop;
    if (go_on && !stopped && drawn.finish_reason) go_on = show(drawn.sample, of_sample.stream.finish());
    if (!go_on) return DrawingControl::cancel;
    return stopped ? DrawingControl::stop : DrawingControl::go_on;
  };
  const std::vector<Index> lengths{config.max_tokens};
  const std::vector<std::uint64_t> names{number};
  sample(session, prompts, lengths, names, options);
  std::vector<GeneratedText> texts;
  for (Written& of_sample : written)
    texts.push_back(text_of(of_sample.hypothesis, std::move(of_sample.text)));
  return texts;
}

std::vector<GeneratedText> Generator::search(const Task& task, const GenerationConfig& config,
                                             const TextObserver& observer) const {
  const Prompts& prompts = task.prompts;
  LanguageModelSession session(*model_, *backend_, prompts, context_end(config));
  const Index best = std::min(config.samples, config.beam);
  const std::vector<Index> lengths{config.max_tokens};
  const auto found = beam_search(session, prompts, lengths,
                                 {.beam = config.beam,
                                  .length_penalty = config.length_penalty,
                                  .n_best = best,
                                  .tokens = tokens_of_search(),
                                  .rules = config.rules()});
  std::vector<GeneratedText> texts;
  for (const Hypothesis& hypothesis : found.front()) {
    TextStream stream(*tokenizers_.source, config.stop, task.goes_on);
    std::string text;
    for (const Index token : hypothesis.tokens) text += stream.add(token);
    text += stream.finish();
    texts.push_back(text_of(hypothesis, std::move(text)));
    if (stream.stop()) texts.back().finish_reason = FinishReason::stop;
    if (observer && !observer(std::ssize(texts) - 1, texts.back().text)) break;
  }
  return texts;
}

SearchTokens Generator::tokens_of_search() const {
  return settings_.eos_ends_documents ? search_tokens() : search_tokens_without_eos();
}

GeneratedText Generator::text_of(const Hypothesis& hypothesis, std::string text) const {
  GeneratedText generated{.text = std::move(text),
                          .finish_reason = hypothesis.finish_reason,
                          .log_probability = hypothesis.log_probability,
                          .token_log_probability = hypothesis.token_log_probability};
  for (const Index token : hypothesis.tokens) generated.tokens.push_back(tokenizers_.source->piece(token));
  return generated;
}

ScoredText Generator::score(std::string_view text, bool overlap) const {
  require_running_text();
  require_utf8(text, "text");
  const Tokenizer& tokenizer = *tokenizers_.source;
  std::vector<Index> tokens = tokenizer.encode(text);
  ScoredText scored;
  scored.bytes = std::ssize(text);
  const bool document = settings_.eos_ends_documents;
  if (!document && !tokens.empty())
    scored.token_log_probability.push_back(std::numeric_limits<float>::quiet_NaN());
  if (document) {
    tokens.insert(tokens.begin(), special::eos);
    tokens.push_back(special::eos);
  }
  for (std::size_t i = document ? 1 : 0; i < tokens.size(); ++i)
    scored.tokens.push_back(tokenizer.piece(tokens[i]));
  for (const auto& [first, count, predicted] :
       windows(std::ssize(tokens) - 1, model_->sizes().longest_sequence, overlap)) {
    const auto begin = tokens.begin() + first;
    Pass pass = Pass::inference(*backend_);
    const std::vector<Index> lengths{count};
    const Variable decoded =
        model_->before_projection(pass, TokenBatch::packed(std::span(begin, begin + count), lengths));
    // So many rows that their logits fit into little memory.
    constexpr Index rows_at_once = 256;
    for (Index from = count - predicted; from < count; from += rows_at_once) {
      const Index rows = std::min(rows_at_once, count - from);
      const Tensor logits = model_->projection()(decoded.narrow(0, from, rows)).value();
      const Tensor normalized = backend_->empty(logits.shape());
      backend_->log_softmax(logits, normalized);
      const Tensor log_probabilities = backend_->to_host(normalized);
      for (Index row = 0; row < rows; ++row) {
        const float score = log_probabilities.data()[row * logits.size(1) + begin[from + row + 1]];
        scored.token_log_probability.push_back(score);
        scored.log_probability += static_cast<double>(score);
        ++scored.predicted;
      }
    }
  }
  return scored;
}

Index Generator::threads_for_one(Index available) const {
  return model_->store().count() < large_model ? 1 : available;
}

}  // namespace heed
