#pragma once
#include <cstdint>
#include <string>

#include "heed/base/index.h"

namespace heed {

/// Made-up dialogues with somebody who sells tickets, as JSON lines of messages: name, town and day are asked
/// for in varying order until they are known, and then said again, so that responses follow from all that was
/// said before. The same count and seed give the same text.
std::string sample_dialogues(Index count, std::uint64_t seed = 1);

}  // namespace heed
