#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "heed/decoding/next_token_model.h"

namespace heed {

/// The tokens that each sequence of a batch goes on from, at least one. The model has read all of them but
/// the last, which is the first that a search gives it. A translation's prompt is BOS.
using Prompts = std::vector<std::vector<Index>>;

/// How many tokens each sequence may have after its prompt: its maximum length, or less where the model's
/// context ends before. Throws, with the name of the `search`, what is wrong with prompts and lengths:
/// ShapeError where their numbers are not those of the model's sequences, ConfigError for an empty prompt,
/// one longer than the context, and a maximum length below 1.
std::vector<Index> length_limits(const NextTokenModel& model, const Prompts& prompts,
                                 std::span<const Index> maximum_lengths, std::string_view search);

}  // namespace heed
