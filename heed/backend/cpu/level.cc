#include "heed/backend/cpu/level.h"

#include <cstdlib>
#include <string>

#include "heed/base/error.h"

namespace heed {
namespace {

/// "avx512bf16, avx512, avx2 or baseline"
std::string names() {
  std::string all;
  for (CpuLevel level : cpu_levels) {
    if (level == cpu_levels.back())
      all += " or ";
    else if (!all.empty())
      all += ", ";
    all += kernels_of(level).name;
  }
  return all;
}

}  // namespace

bool runs_here(CpuLevel level) {
#if defined(__x86_64__)
  if (level == CpuLevel::avx512bf16)
    return runs_here(CpuLevel::avx512) && __builtin_cpu_supports("avx512vnni") &&
           __builtin_cpu_supports("avx512bf16");
  if (level == CpuLevel::avx512) return __builtin_cpu_supports("x86-64-v4");
  if (level == CpuLevel::avx2) return __builtin_cpu_supports("x86-64-v3");
#endif
  return level == CpuLevel::baseline;
}

const cpu::Kernels& kernels_of(CpuLevel level) {
  switch (level) {
    case CpuLevel::avx512bf16:
      return cpu::avx512bf16_kernels;
    case CpuLevel::avx512:
      return cpu::avx512_kernels;
    case CpuLevel::avx2:
      return cpu::avx2_kernels;
    case CpuLevel::baseline:
      break;
  }
  return cpu::baseline_kernels;
}

CpuLevel best_cpu_level() {
  const char* asked = std::getenv("HEED_CPU");
  if (asked && !*asked) asked = nullptr;
  for (CpuLevel level : cpu_levels) {
    if (!runs_here(level)) continue;
    if (!asked || std::string_view(asked) == kernels_of(level).name) return level;
  }
  throw ConfigError(message("HEED_CPU: this processor has no level \"", asked, "\"; give ", names(),
                            ", or leave it unset"));
}

}  // namespace heed
