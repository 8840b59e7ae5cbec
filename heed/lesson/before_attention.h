#pragma once
#include <nlohmann/json_fwd.hpp>

#include "heed/backend/backend.h"

namespace heed {

/// The lecture's vanishing gradient: how much of the gradient of the last step's result reaches each step's
/// input, as a share of what reaches the last one, through recurrent layers with random weights and through
/// attention.
nlohmann::json before_attention(Backend& backend);

}  // namespace heed
