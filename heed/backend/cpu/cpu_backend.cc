#include "heed/backend/cpu/cpu_backend.h"

#include <map>
#include <mutex>
#include <utility>

namespace heed {

CpuBackend::CpuBackend(CpuLevel level, DataType products)
    : ReferenceBackend(products), kernels_(kernels_of(level)), name_(std::string("cpu_") + kernels_.name) {}

Backend& cpu_backend(CpuLevel level, DataType products) {
  static std::mutex mutex;
  static std::map<std::pair<CpuLevel, DataType>, CpuBackend> backends;
  const std::lock_guard lock(mutex);
  return backends.try_emplace({level, products}, level, products).first->second;
}

Backend& cpu_backend(DataType products) {
  static const CpuLevel best = best_cpu_level();
  return cpu_backend(best, products);
}

}  // namespace heed
