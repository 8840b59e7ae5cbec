#include "heed/backend/cpu/kernels/all.h"

namespace heed::cpu {

constinit const Kernels avx512bf16_kernels = kernels_named("avx512bf16");

}  // namespace heed::cpu
