#include "heed/backend/cpu/cpu_backend.h"

namespace heed {

CpuBackend::CpuBackend(CpuLevel level, DataType products)
    : ReferenceBackend(products), kernels_(kernels_of(level)), name_(std::string("cpu_") + kernels_.name) {}

Backend& cpu_backend(DataType products) {
  static CpuBackend in_float32;
  static CpuBackend in_bfloat16(best_cpu_level(), DataType::bfloat16);
  return products == DataType::bfloat16 ? in_bfloat16 : in_float32;
}

}  // namespace heed
