#pragma once
#include "heed/backend/backend.h"

namespace heed::reference {

/// Backend::pointer_generator of one sequence: other backends take sequences in parallel.
void pointer_generator(const PointerGenerator& operands, Index sequence, const Tensor& y);
/// The same backwards. Adds to the gradients of q and k; sequences with keys of their own leave nothing where
/// others do.
void pointer_generator_backward(const PointerGenerator& operands, Index sequence, const Tensor& y,
                                const Tensor& dy, const PointerGeneratorGradients& gradients);

}  // namespace heed::reference
