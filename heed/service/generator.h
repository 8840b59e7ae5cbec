#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/fields.h"
#include "heed/checkpoint/generation_settings.h"
#include "heed/decoding/hypothesis.h"
#include "heed/decoding/language_model_session.h"
#include "heed/decoding/search_tokens.h"
#include "heed/decoding/token_rules.h"
#include "heed/service/read_text.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// How a text is gone on with: randomly drawn, or by beam search.
struct GenerationConfig {
  Index max_tokens = 256;
  double temperature = 1;
  Index top_k = 0;
  double top_p = 1, min_p = 0, repetition_penalty = 1;
  Index no_repeat_ngrams = 0, minimum_tokens = 0;
  Index samples = 1;
  std::uint32_t seed = 1;
  Index beam = 0;
  double length_penalty = 0;
  std::vector<std::string> stop{};
  bool slide = false;

  TokenRules rules() const {
    return {.repetition_penalty = repetition_penalty,
            .no_repeat_ngrams = no_repeat_ngrams,
            .minimum_length = minimum_tokens};
  }

  static constexpr std::string_view title = "Generation";
  static constexpr auto fields() {
    using C = GenerationConfig;
    return std::tuple(
        field("max_tokens", &C::max_tokens, "maximum number of tokens to write after each prompt", {0}),
        field("temperature", &C::temperature, "sampling temperature", {0.01, 100}),
        field("top_k", &C::top_k, "sample from this many likeliest tokens only (0: all; 1: greedy)", {0}),
        field("top_p", &C::top_p, "sample from the likeliest tokens that reach this probability together",
              {0, 1}),
        field("min_p", &C::min_p,
              "sample from tokens that are at least this many times as probable as the likeliest", {0, 1}),
        field("repetition_penalty", &C::repetition_penalty,
              "make tokens that were read or written already less likely (1: no; 1.2 is usual)", {0.01, 100}),
        field("no_repeat_ngrams", &C::no_repeat_ngrams,
              "write no sequence of so many tokens that was read or written already (0: they may repeat)",
              {0, 1 << 20}),
        field("minimum_tokens", &C::minimum_tokens, "minimum number of tokens to write after each prompt",
              {0, 1 << 20}),
        field("samples", &C::samples, "number of texts to write after each prompt", {1, 1 << 20}),
        field("seed", &C::seed, "random seed"),
        field("beam", &C::beam, "search for the likeliest texts with a beam of this size (0: sample)",
              {0, 1024}),
        field("length_penalty", &C::length_penalty,
              "beam search: exponent by which longer texts are favored (0: none)", {0, 10}),
        field("stop", &C::stop, "stop sequences: generation ends before the first of them"),
        field("slide", &C::slide,
              "keep generating beyond the model's context: drop its older half whenever it is full"));
  }
};

/// What a model has written after a prompt.
struct GeneratedText {
  std::string text;
  FinishReason finish_reason = FinishReason::length;
  double log_probability = 0;                     // of all tokens, in nats
  std::vector<std::string> tokens = {};           // as the vocabulary shows them
  std::vector<float> token_log_probability = {};  // of each, then of what ended it, if a token did
};

/// Told what comes next of a sample, in whole characters; false ends all samples. Whole texts at their end in
/// beam search.
using TextObserver = std::function<bool(Index sample, std::string_view text)>;

/// Text in, text out: a language model with its tokenizer. Const and safe to share between threads.
class Generator {
 public:
  /// Opens a model's folder. Products are made in `precision`; none: in what each weight is stored in.
  Generator(const std::filesystem::path& folder, Backend& backend,
            std::optional<DataType> precision = std::nullopt);

  /// Goes on with a prompt: as many texts as there are samples, in their order, or the best of the beam. An
  /// empty prompt is the beginning of a document. `number` is the prompt's own and decides, with the seed,
  /// about its random draws. ConfigError for a prompt that is longer than the context and may not slide,
  /// DataError for one that is not UTF-8.
  std::vector<GeneratedText> generate(std::string_view prompt, const GenerationConfig& config,
                                      std::uint64_t number = 0, const TextObserver& observer = {}) const;

  /// The same after tokens that somebody else has put together, as a text of its own: no space of a word's
  /// beginning comes before it.
  std::vector<GeneratedText> generate_after(std::vector<Index> prompt, const GenerationConfig& config,
                                            std::uint64_t number = 0,
                                            const TextObserver& observer = {}) const;

  /// Whether it has learned from dialogues, and answers them (chat.h). It goes on with no other text: what
  /// takes one refuses that with ConfigError.
  bool answers_dialogues() const { return settings_.dialogues; }

  /// The probability of each token of a text given those before it, in windows of the model's context that
  /// lie side by side, as training validates. With `overlap`, each token has half a context before it at
  /// least, where the text has that much.
  ScoredText score(std::string_view text, bool overlap = false) const;

  /// The tokens that a prompt is read as: EOS first where it begins a document, or is empty. DataError for
  /// one that is not UTF-8.
  std::vector<Index> prompt_tokens(std::string_view prompt) const;

  /// Of so many threads, those that one text alone is written fastest with.
  Index threads_for_one(Index available) const;

  /// Characters or words of a text that the vocabulary does not hold.
  std::vector<std::string> unknown_parts(std::string_view text) const {
    return tokenizers_.source->unknown_parts(text);
  }

  const LanguageModel& model() const { return *model_; }
  const Tokenizers& tokenizers() const { return tokenizers_; }
  Backend& backend() const { return *backend_; }

 private:
  /// What is written after a prompt, and the tokens whose text it goes on with.
  struct Task {
    Prompts prompts;
    std::vector<Index> goes_on;
    std::uint64_t number = 0;
  };

  std::vector<GeneratedText> write(const Task& task, const GenerationConfig& config,
                                   const TextObserver& observer) const;
  std::vector<GeneratedText> draw(const Task& task, const GenerationConfig& config,
                                  const TextObserver& observer) const;
  std::vector<GeneratedText> search(const Task& task, const GenerationConfig& config,
                                    const TextObserver& observer) const;
  void require_running_text() const;
  SearchTokens tokens_of_search() const;
  GeneratedText text_of(const Hypothesis& hypothesis, std::string text) const;

  Backend* backend_;
  std::unique_ptr<LanguageModel> model_;
  Tokenizers tokenizers_;
  GenerationSettings settings_;
};

}  // namespace heed
