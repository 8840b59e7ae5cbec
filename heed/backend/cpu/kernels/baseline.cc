#include "heed/backend/cpu/kernels/all.h"

namespace heed::cpu {

const Kernels baseline_kernels = kernels_named("baseline");

}  // namespace heed::cpu
