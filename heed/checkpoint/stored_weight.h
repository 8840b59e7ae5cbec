#pragma once
#include <string>

#include "heed/safetensors/safetensors.h"

namespace heed {

// A weight [out, in] may be stored in fewer bits than it is trained with: rounded to bfloat16, or in whole
// numbers of 8 bits with a scale for each row, a tensor of float32 under the weight's name and "_scale".

/// The tensors that store a weight of float32 in this type: float32, bfloat16 or int8.
TensorMap stored_weight(const std::string& name, const Tensor& weight, DataType type);

/// The name of the tensor with the scales of a weight in whole numbers.
std::string scale_name(const std::string& name);

/// A stored weight in float32: the tensor itself if it is of that type. `scales` is what whole numbers need.
Tensor restored_weight(const Tensor& stored, const Tensor& scales);

}  // namespace heed
