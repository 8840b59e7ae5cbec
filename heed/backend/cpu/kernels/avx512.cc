#include "heed/backend/cpu/kernels/all.h"

namespace heed::cpu {

constinit const Kernels avx512_kernels = kernels_named("avx512");

}  // namespace heed::cpu
