#include "heed/backend/cpu/kernels/all.h"

namespace heed::cpu {

constinit const Kernels baseline_kernels = kernels_named("baseline");

}  // namespace heed::cpu
