#pragma once
#include <nlohmann/json_fwd.hpp>

#include "heed/backend/backend.h"

namespace heed {

/// The parts of the Transformer on four vectors of ten numbers, the lecture's embeddings of "I love
/// transformers !": positions, softmax, queries, keys and values, heads, masks, sums, norms and an encoder.
/// Weights are a random start; nothing here is trained.
nlohmann::json attention_by_hand(Backend& backend);

}  // namespace heed
