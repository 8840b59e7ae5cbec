#pragma once
#include "heed/training/training_config.h"

namespace heed {

/// Small sets and small networks: an epoch is some hundred updates, after each of which it is validated.
void set_classification_defaults(TrainingConfig& training);

}  // namespace heed
