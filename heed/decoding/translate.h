#pragma once
#include <optional>
#include <span>
#include <vector>

#include "heed/base/fields.h"
#include "heed/decoding/beam_search.h"
#include "heed/decoding/sampling.h"
#include "heed/model/encoder_decoder.h"

namespace heed {

/// How translations are found, and how many sentences at once.
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
  bool split = true;
  std::optional<Index> decoding_batch_tokens = std::nullopt;

  /// Whether sentences may share a batch.
  bool operator==(const DecodingConfig&) const = default;

  /// Enough rows for products at full speed; more only take memory.
  Index batch_tokens() const { return decoding_batch_tokens.value_or(beam > 2 ? 256 : 512); }

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
        field("split", &C::split,
              "translate a line that is longer than those that the model learned from sentence by sentence"),
        field("decoding_batch_tokens", &C::decoding_batch_tokens,
              "source tokens per batch; if not given, 512, or 256 with a beam of more than 2; 1,024 for "
              "models of 16 million parameters or more",
              {1}));
  }
};

/// Translations of source sentences (each with EOS), in their order; batches are formed by length.
/// `names` has a number for each sentence, which names its random draws; none: 0, 1 and so on.
std::vector<std::vector<Hypothesis>> translate(const EncoderDecoder& model, Backend& backend,
                                               const std::vector<std::vector<Index>>& sources,
                                               const SearchTokens& tokens, const DecodingConfig& config,
                                               std::span<const std::uint64_t> names = {});

}  // namespace heed
