#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/service/generator.h"
#include "heed/service/translator.h"

namespace heed {

/// A token that could have come next.
struct LikelyToken {
  std::string token;
  float log_probability = 0;  // in nats
};

/// What a model makes of a text that it reads token by token, the one to come being known.
struct Inspection {
  struct Layer {
    std::string name;  // of the attention's scope, such as decoder.layers.0.self_attention
    Index heads = 0, queries = 0, keys = 0;
  };
  std::vector<std::string> source_tokens{};  // with EOS; none where there is no source
  std::vector<std::string> target_inputs{};  // what was read
  std::vector<std::string> target_tokens{};  // what came next, each time
  std::vector<Index> target_ids{};
  std::vector<float> token_log_probabilities{};    // of each of these, in nats
  std::vector<std::vector<LikelyToken>> likely{};  // at each of their places, the likeliest first
  std::vector<Layer> layers{};                     // in the order of the model
};

struct InspectionOptions {
  Index likely = 0;  // tokens that are told at each place
  /// Is told the weights of each attention, [heads, queries, keys], in the host's memory.
  std::function<void(std::string_view layer, const Tensor& weights)> weights = {};
};

/// A translator reads a text and its translation, given as tokens with EOS, BOS before them. DataError for a
/// text without words, and for either where it is longer than the model takes.
Inspection inspect(const Translator& translator, const std::string& text,
                   const std::vector<Index>& translation, const InspectionOptions& options);

/// A language model reads a text. DataError for fewer than two tokens, and for more than its context.
Inspection inspect(const Generator& generator, const std::string& text, const InspectionOptions& options);

/// The tokens of a translation with EOS.
std::vector<Index> translation_tokens(const Translator& translator, std::string_view translation);

}  // namespace heed
