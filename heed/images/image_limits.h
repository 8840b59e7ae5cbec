#pragma once
#include <string>

#include "heed/base/error.h"
#include "heed/base/index.h"

namespace heed {

/// How large an image may be. A file of some bytes can say that it holds any number of pixels, so its header
/// is held to this before memory is taken.
struct ImageLimits {
  Index pixels = 100'000'000;

  /// DataError, beginning with `name`, if an image of this size is too large, or has no pixels.
  void check(Index width, Index height, const std::string& name) const {
    require<DataError>(width > 0 && height > 0, name, ": the image is ", width, " by ", height,
                       " pixels; write the file anew");
    require<DataError>(height <= pixels / width, name, ": the image is ", width, " by ", height,
                       " pixels, more than the ", pixels, " that are read; make it smaller");
  }
};

}  // namespace heed
