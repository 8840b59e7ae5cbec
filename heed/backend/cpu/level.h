#pragma once
#include <span>
#include <string_view>

#include "heed/backend/cpu/kernels/kernels.h"

namespace heed {

/// Instruction sets that the CPU kernels are compiled for: x86-64-v4, x86-64-v3, and what every processor of
/// the architecture has.
enum class CpuLevel { baseline, avx2, avx512 };

/// Whether this processor, and this build, can run it.
bool runs_here(CpuLevel level);

/// The highest that runs here, unless the environment variable HEED_CPU names a lower one.
CpuLevel best_cpu_level();

const cpu::Kernels& kernels_of(CpuLevel level);

}  // namespace heed
