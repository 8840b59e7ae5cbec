#pragma once
#include <memory>
#include <string>

#include "heed/io/decompression.h"

namespace heed {

/// Undoes xz, streams one after the other. `name` is what messages call the file.
std::unique_ptr<Decompression> xz_decompression(const std::string& name);

}  // namespace heed
