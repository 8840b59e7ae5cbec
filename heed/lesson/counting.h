#pragma once
#include <nlohmann/json_fwd.hpp>

#include "heed/backend/backend.h"

namespace heed {

/// The first half of the road, from one-hot vectors to attention as products of matrices: the tables of the
/// lecture's sentences, computed by heed's n-gram models and tensor operations.
nlohmann::json counting_lesson(Backend& backend);

}  // namespace heed
