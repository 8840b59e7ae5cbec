#pragma once
#include <string>

namespace heed {

/// Now, in UTC: 2017-06-12T17:57:34.123Z.
std::string utc_time_text();

}  // namespace heed
