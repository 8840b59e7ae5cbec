#include "cli/machine_options.h"

#include "heed/backend/cpu/cpu_backend.h"

namespace heed {

Backend& MachineOptions::kernels() const {
  set_thread_count(static_cast<int>(threads));
  return backend == BackendKind::cpu ? cpu_backend() : reference_backend();
}

}  // namespace heed
