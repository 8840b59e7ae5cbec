#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// The activation of every element.
Variable activate(const Variable& x, Activation activation);

}  // namespace heed::ops
