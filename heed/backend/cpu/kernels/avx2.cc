#include "heed/backend/cpu/kernels/all.h"

namespace heed::cpu {

constinit const Kernels avx2_kernels = kernels_named("avx2");

}  // namespace heed::cpu
