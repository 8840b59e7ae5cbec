#pragma once
#include <nlohmann/json_fwd.hpp>

#include "heed/backend/backend.h"

namespace heed {

/// What a run's log says of this start of the program: the command, what computes, the machine, the versions.
nlohmann::ordered_json start_of_run(const Backend& backend);

}  // namespace heed
