#include "cli/machine_options.h"

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/pinning.h"

namespace heed {

Backend& MachineOptions::kernels() const {
  set_thread_count(static_cast<int>(threads));
  pin_threads();
  return backend == BackendKind::cpu ? cpu_backend() : reference_backend();
}

}  // namespace heed
