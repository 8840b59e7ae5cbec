#pragma once
#include <string>

#include "heed/comparison/comparison.h"

namespace heed {

/// Models side by side as one HTML document that needs nothing but a browser: no network, no other file.
std::string comparison_page(const Comparison& comparison);

}  // namespace heed
