#include "heed/backend/cpu/cpu_backend.h"

namespace heed {

CpuBackend::CpuBackend(CpuLevel level, DataType products)
    : ReferenceBackend(products), kernels_(kernels_of(level)), name_(std::string("cpu_") + kernels_.name) {}

Backend& cpu_backend() {
  static CpuBackend backend;
  return backend;
}

}  // namespace heed
