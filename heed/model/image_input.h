#pragma once
#include "heed/base/index.h"

namespace heed {

/// How a model sees images: square, cut into square patches.
struct ImageInput {
  Index size = 0;      // pixels along a side
  Index patch = 0;     // of a patch
  Index channels = 0;  // 1: gray; 3: red, green, blue

  Index grid() const { return patch > 0 ? size / patch : 0; }  // patches along a side
  Index patches() const { return grid() * grid(); }
  /// Of a patch: channel by channel, each row by row, as the weights of a convolution lie.
  Index numbers() const { return channels * patch * patch; }

  bool operator==(const ImageInput&) const = default;
};

}  // namespace heed
