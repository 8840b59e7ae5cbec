#pragma once
#include "heed/tensor/segments.h"
#include "heed/tensor/tensor.h"

namespace heed {

/// Rows of numbers of several sequences, such as patches of images, and where each sequence lies among them.
struct NumberBatch {
  Tensor numbers;  // a host tensor [rows, width]
  Segments segments;
};

}  // namespace heed
