#pragma once
#include <array>
#include <string_view>

#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/base/fields.h"

namespace heed {

/// Instruction sets that the CPU kernels are compiled for: what every processor of the architecture has,
/// x86-64-v3, that with products of int8 (AVX-VNNI), x86-64-v4, that with products of int8 (VNNI) and
/// bfloat16, and that with tiles for both (AMX).
enum class CpuLevel { baseline, avx2, avxvnni, avx512, avx512bf16, amx };
template <>
struct EnumNames<CpuLevel> {
  // The best first.
  static constexpr std::array names{
      std::pair{"amx", CpuLevel::amx},       std::pair{"avx512bf16", CpuLevel::avx512bf16},
      std::pair{"avx512", CpuLevel::avx512}, std::pair{"avxvnni", CpuLevel::avxvnni},
      std::pair{"avx2", CpuLevel::avx2},     std::pair{"baseline", CpuLevel::baseline}};
};

/// All of them, the best first.
inline constexpr auto cpu_levels = [] {
  std::array<CpuLevel, EnumNames<CpuLevel>::names.size()> levels{};
  for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = EnumNames<CpuLevel>::names[i].second;
  return levels;
}();

/// Whether this processor, and this build, can run it.
bool runs_here(CpuLevel level);

/// ConfigError, starting with who asked for the level, if it does not run here.
void require_runs_here(CpuLevel level, std::string_view asked_by);

/// The highest that runs here, unless the environment variable HEED_CPU names a lower one.
CpuLevel best_cpu_level();

/// Whether products of bfloat16 have instructions of their own there: they are faster than those of float32.
constexpr bool has_fast_bfloat16(CpuLevel level) {
  return level == CpuLevel::avx512bf16 || level == CpuLevel::amx;
}

const cpu::Kernels& kernels_of(CpuLevel level);

}  // namespace heed
