#pragma once
#include "heed/base/index.h"
#include "heed/tensor/storage.h"

namespace heed {

/// Memory of the calling thread for the duration of a kernel, with any content. It grows and is kept: the
/// steady state allocates nothing. One caller at a time: a second call may move it.
inline float* scratch(Index floats) {
  thread_local std::shared_ptr<Storage> memory;
  const auto bytes = static_cast<std::size_t>(floats) * sizeof(float);
  if (!memory || memory->bytes() < bytes) {
    memory.reset();
    memory = Storage::pooled(bytes);
  }
  return reinterpret_cast<float*>(memory->data());
}

}  // namespace heed
