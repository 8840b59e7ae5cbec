#include "cli/machine_options.h"

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/pinning.h"

namespace heed {

Backend& MachineOptions::training_kernels(TrainingPrecision precision) const {
  const bool fast = backend == BackendKind::cpu && has_fast_bfloat16(best_cpu_level());
  const bool halves =
      precision == TrainingPrecision::bfloat16 || (precision == TrainingPrecision::automatic && fast);
  return kernels_in(halves ? DataType::bfloat16 : DataType::float32);
}

std::optional<DataType> PrecisionOptions::type() const {
  switch (precision) {
    case ModelPrecision::float32:
      return DataType::float32;
    case ModelPrecision::bfloat16:
      return DataType::bfloat16;
    case ModelPrecision::int8:
      return DataType::int8;
    case ModelPrecision::stored:
      break;
  }
  return std::nullopt;
}

Backend& MachineOptions::kernels_in(DataType products) const {
  set_thread_count(static_cast<int>(threads));
  pin_threads();
  return backend == BackendKind::cpu ? cpu_backend(products) : reference_backend(products);
}

}  // namespace heed
