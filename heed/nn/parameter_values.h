#pragma once
#include <vector>

#include "heed/nn/parameters.h"

namespace heed {

/// Copies of all values of a model, in the order of its parameters.
std::vector<Tensor> values_of(const ParameterStore& store);

/// Exchanges a model's values with others of the same shapes.
void swap_values(const ParameterStore& store, const std::vector<Tensor>& others);

}  // namespace heed
