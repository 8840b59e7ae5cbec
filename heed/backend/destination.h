#pragma once
#include <utility>

#include "heed/tensor/tensor.h"

namespace heed {

/// Where a kernel leaves a gradient: added to what the tensor holds, or written over it, so that memory need
/// not be filled with zeros first. A tensor alone is added to; an absent one means: leave it out.
struct Destination {
  enum class Mode { add, overwrite };

  Destination() = default;
  Destination(Tensor to, Mode how = Mode::add) : tensor(std::move(to)), mode(how) {}

  explicit operator bool() const { return static_cast<bool>(tensor); }
  bool adds() const { return mode == Mode::add; }

  Tensor tensor;
  Mode mode = Mode::add;
};

inline Destination overwriting(Tensor to) { return {std::move(to), Destination::Mode::overwrite}; }

}  // namespace heed
