#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "heed/base/fields.h"
#include "heed/decoding/beam_search.h"
#include "heed/decoding/sampling.h"
#include "heed/model/encoder_decoder.h"

namespace heed {

/// How translations are found, and how many sentences at once. What is asked of the text of a single one is
/// its SearchConstraints.
struct DecodingConfig {
  Index beam = 5;
  double length_penalty = 0.6;
  Index n_best = 1;
  bool sample = false;
  double temperature = 1;
  Index top_k = 0;
  double top_p = 1;
  std::uint32_t seed = 1;
  Index maximum_extra_length = 50;
  Index minimum_length = 0;
  double repetition_penalty = 1;
  Index no_repeat_ngrams = 0;
  double coverage_penalty = 0;
  bool alternatives = false;
  bool avoid_degenerate = false;
  bool alignments = false;
  bool split = true;
  std::optional<Index> decoding_batch_tokens = std::nullopt;

  /// Whether sentences may share a batch.
  bool operator==(const DecodingConfig&) const = default;

  /// Enough rows for products at full speed; more only take memory.
  Index batch_tokens() const { return decoding_batch_tokens.value_or(beam > 2 ? 256 : 512); }
  TokenRules rules() const {
    return {.repetition_penalty = repetition_penalty,
            .no_repeat_ngrams = no_repeat_ngrams,
            .minimum_length = minimum_length};
  }

  static constexpr auto fields() {
    using C = DecodingConfig;
    return std::tuple(
        field("beam", &C::beam, "beam size (1: greedy search)", {1, 512}),
        field("length_penalty", &C::length_penalty,
              "exponent of the length penalty (alpha): higher values favor longer translations", {0, 10}),
        field("n_best", &C::n_best,
              "number of translations per sentence, at most the beam size; empty lines stand for those that "
              "a search does not find",
              {1, 512}),
        field("sample", &C::sample, "sample translations at random instead of searching for the best"),
        field("temperature", &C::temperature, "sampling temperature", {1e-3, 100}),
        field("top_k", &C::top_k, "sample from the k most probable tokens only (0: from all)", {0}),
        field("top_p", &C::top_p,
              "sample from the smallest set of tokens whose probability reaches this sum (nucleus sampling)",
              {1e-6, 1}),
        field("seed", &C::seed, "random seed for sampling"),
        field("maximum_extra_length", &C::maximum_extra_length,
              "maximum number of tokens by which a translation may exceed its source", {1, 1 << 20}),
        field("minimum_length", &C::minimum_length, "minimum number of tokens of a translation",
              {0, 1 << 20}),
        field("repetition_penalty", &C::repetition_penalty,
              "make tokens that were written already less likely (1: no; 1.2 is usual)", {0.01, 100}),
        field("no_repeat_ngrams", &C::no_repeat_ngrams,
              "write no sequence of so many tokens twice (0: they may repeat; 3 is usual)", {0, 1 << 20}),
        field(
            "coverage_penalty", &C::coverage_penalty,
            "weight (beta) of the coverage penalty, by which translations that leave parts of the source out "
            "rank lower (0: none; 0.2 is usual)",
            {0, 100}),
        field("alternatives", &C::alternatives,
              "give n_best translations that differ in the first token after the target prefix"),
        field("avoid_degenerate", &C::avoid_degenerate,
              "where the best translation repeats itself or copies the source, give the next one that does "
              "not"),
        field("alignments", &C::alignments,
              "say which word of the source each word of a translation was made from"),
        field("split", &C::split,
              "translate a line that is longer than those that the model learned from sentence by sentence"),
        field("decoding_batch_tokens", &C::decoding_batch_tokens,
              "source tokens per batch; if not given, 512, or 256 with a beam of more than 2; 1,024 for "
              "models of 16 million parameters or more",
              {1}));
  }
};

/// How summaries are searched for: they repeat no three tokens (Paulus et al., 2018).
inline DecodingConfig summarizing() {
  DecodingConfig config;
  config.no_repeat_ngrams = 3;
  return config;
}

/// What is translated, and by what: `translate` knows no models.
struct TranslationJob {
  const std::vector<std::vector<Index>>& sources;       // each with EOS; their lengths decide about batches
  std::span<const std::uint64_t> names = {};            // of their random draws; none: 0, 1 and so on
  std::span<const SearchConstraints> constraints = {};  // of each; none: nothing is asked of any
  const TokenTexts* texts = nullptr;  // of the target vocabulary, where constraints need them
  Index longest_sequence = 0;         // that the models take
  /// Starts on the sources of these numbers.
  std::function<std::unique_ptr<NextTokenModel>(std::span<const std::size_t> numbers)> start;
};

/// Translations of source sentences, in their order; batches are formed by length. Sentences of which
/// something is asked are in batches of their own, so that the others are searched for as ever. ConfigError
/// for constraints or alternatives where translations are sampled.
std::vector<std::vector<Hypothesis>> translate(const TranslationJob& job, const SearchTokens& tokens,
                                               const DecodingConfig& config);

/// Translations of source sentences (each with EOS), in their order; batches are formed by length.
/// `names` has a number for each sentence, which names its random draws; none: 0, 1 and so on.
std::vector<std::vector<Hypothesis>> translate(const EncoderDecoder& model, Backend& backend,
                                               const std::vector<std::vector<Index>>& sources,
                                               const SearchTokens& tokens, const DecodingConfig& config,
                                               std::span<const std::uint64_t> names = {});

}  // namespace heed
