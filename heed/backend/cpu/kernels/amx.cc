#include "heed/backend/cpu/kernels/all.h"

namespace heed::cpu {

constinit const Kernels amx_kernels = kernels_named("amx");

}  // namespace heed::cpu
