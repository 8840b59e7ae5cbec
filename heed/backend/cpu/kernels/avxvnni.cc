#include "heed/backend/cpu/kernels/all.h"

namespace heed::cpu {

constinit const Kernels avxvnni_kernels = kernels_named("avxvnni");

}  // namespace heed::cpu
