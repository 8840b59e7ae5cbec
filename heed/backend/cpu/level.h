#pragma once
#include <array>
#include <string_view>

#include "heed/backend/cpu/kernels/kernels.h"

namespace heed {

/// Instruction sets that the CPU kernels are compiled for: what every processor of the architecture has,
/// x86-64-v3, x86-64-v4, and that with products of int8 (VNNI) and bfloat16.
enum class CpuLevel { baseline, avx2, avx512, avx512bf16 };

/// All of them, the best first.
inline constexpr std::array cpu_levels{CpuLevel::avx512bf16, CpuLevel::avx512, CpuLevel::avx2,
                                       CpuLevel::baseline};

/// Whether this processor, and this build, can run it.
bool runs_here(CpuLevel level);

/// The highest that runs here, unless the environment variable HEED_CPU names a lower one.
CpuLevel best_cpu_level();

/// Whether products of bfloat16 have instructions of their own there: they are faster than those of float32.
constexpr bool has_fast_bfloat16(CpuLevel level) { return level == CpuLevel::avx512bf16; }

const cpu::Kernels& kernels_of(CpuLevel level);

}  // namespace heed
