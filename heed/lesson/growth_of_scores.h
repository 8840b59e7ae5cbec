#pragma once
#include <nlohmann/json_fwd.hpp>

#include "heed/backend/backend.h"

namespace heed {

/// Why scores are divided by the square root of the width (section 3.2.1): for random vectors of several
/// widths, how large their dot products are, and the largest of eight weights with and without that.
nlohmann::json growth_of_scores(Backend& backend);

}  // namespace heed
