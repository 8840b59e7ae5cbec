#include "heed/backend/cpu/level.h"

#include <cstdlib>
#include <string>

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#if defined(__x86_64__) && defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "heed/base/error.h"

namespace heed {

namespace {

/// Whether the processor has tiles of bfloat16 and int8 and the operating system lets this process use them:
/// it has to be asked once, for it must save them with each thread.
bool has_tiles() {
#if defined(__x86_64__) && defined(__linux__)
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned bfloat16 = 1u << 22, tiles = 1u << 24, int8 = 1u << 25, all = bfloat16 | tiles | int8;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & all) != all) return false;
  constexpr int request_permission = 0x1023, tile_data = 18;
  return syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
#else
  return false;
#endif
}

#if defined(__x86_64__)
/// The compiler's own test for it is not there in g++ 12.
bool has_avx_vnni() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & 1u << 4);
}
#endif

}  // namespace

bool runs_here(CpuLevel level) {
#if defined(__x86_64__)
  if (level == CpuLevel::amx) {
    static const bool tiles = has_tiles();
    return tiles && runs_here(CpuLevel::avx512bf16);
  }
  if (level == CpuLevel::avx512bf16)
    return runs_here(CpuLevel::avx512) && __builtin_cpu_supports("avx512vnni") &&
           __builtin_cpu_supports("avx512bf16");
  if (level == CpuLevel::avx512) return __builtin_cpu_supports("x86-64-v4");
  if (level == CpuLevel::avxvnni) return runs_here(CpuLevel::avx2) && has_avx_vnni();
  if (level == CpuLevel::avx2) return __builtin_cpu_supports("x86-64-v3");
#endif
  return level == CpuLevel::baseline;
}

const cpu::Kernels& kernels_of(CpuLevel level) {
  switch (level) {
    case CpuLevel::amx:
      return cpu::amx_kernels;
    case CpuLevel::avx512bf16:
      return cpu::avx512bf16_kernels;
    case CpuLevel::avx512:
      return cpu::avx512_kernels;
    case CpuLevel::avxvnni:
      return cpu::avxvnni_kernels;
    case CpuLevel::avx2:
      return cpu::avx2_kernels;
    case CpuLevel::baseline:
      break;
  }
  return cpu::baseline_kernels;
}

void require_runs_here(CpuLevel level, std::string_view asked_by) {
  if (runs_here(level)) return;
  std::string here;
  for (const auto& [name, other] : EnumNames<CpuLevel>::names)
    if (runs_here(other)) here += (here.empty() ? "" : ", ") + std::string(name);
  throw ConfigError(message(asked_by, " ", enum_name(level),
                            ": this processor lacks its instructions; what runs here: ", here));
}

CpuLevel best_cpu_level() {
  const char* variable = std::getenv("HEED_CPU");
  const std::string_view asked = variable ? variable : "";
  for (const auto& [name, level] : EnumNames<CpuLevel>::names) {
    if (asked.empty() && runs_here(level)) return level;
    if (asked != name) continue;
    require_runs_here(level, "HEED_CPU:");
    return level;
  }
  std::string known;
  for (const auto& [name, level] : EnumNames<CpuLevel>::names) known += std::string(name) + ", ";
  throw ConfigError(
      message("HEED_CPU: there is no level \"", asked, "\"; give one of ", known, "or leave it unset"));
}

}  // namespace heed
