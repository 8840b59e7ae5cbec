#pragma once
#include <string>

#include "heed/data/dataset.h"

namespace heed {

/// A short text that names what a dataset holds in its first epoch: another dataset, another text.
std::string fingerprint(const Dataset& dataset);

}  // namespace heed
