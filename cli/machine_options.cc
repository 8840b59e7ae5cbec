#include "cli/machine_options.h"

#include <algorithm>
#include <iostream>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/pinning.h"
#include "heed/base/startable_threads.h"

namespace heed {

Index usable_threads(Index asked) {
  static Index usable = 1;
  static bool limited = false;
  if (asked <= usable || limited) return std::min(asked, usable);
  // Whoever computes reads ahead and saves meanwhile.
  constexpr Index others = 2;
  usable = std::max<Index>(startable_threads(asked + others) - others, 1);
  limited = usable < asked;
  if (limited)
    std::cerr << "heed: warning: going on with " << usable << (usable == 1 ? " thread" : " threads")
              << " instead of " << asked
              << ": the system lets no more be started (ulimit -u, ulimit -v, or the container's limit)\n";
  return usable;
}

Backend& BackendOptions::chosen_backend(DataType products) const {
  if (backend == BackendKind::reference) return reference_backend(products);
  return cpu_backend(level(), products);
}

CpuLevel BackendOptions::level() const {
  if (cpu == CpuChoice::automatic) return best_cpu_level();
  const auto asked = static_cast<CpuLevel>(cpu);
  require_runs_here(asked, "--cpu");
  return asked;
}

Backend& MachineOptions::training_backend(TrainingPrecision precision) const {
  const bool fast = on.backend == BackendKind::cpu && has_fast_bfloat16(on.level());
  const bool halves =
      precision == TrainingPrecision::bfloat16 || (precision == TrainingPrecision::automatic && fast);
  return backend_in(halves ? DataType::bfloat16 : DataType::float32);
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

Backend& MachineOptions::backend_in(DataType products) const {
  set_thread_count(static_cast<int>(threads_used()));
  pin_threads();
  return on.chosen_backend(products);
}

WorkerOptions::Team WorkerOptions::team() const {
  // A batch shares its rows among threads less well than several batches share the processors.
  const Index processors = usual_threads(), count = workers.value_or(threads ? 1 : processors);
  const Index each = threads.value_or(std::max<Index>(processors / count, 1));
  const Index usable = usable_threads(count * each);
  if (usable == count * each) return {count, each};
  const Index fewer = std::clamp<Index>(usable / each, 1, count);
  return {fewer, std::min(each, usable)};
}

}  // namespace heed
