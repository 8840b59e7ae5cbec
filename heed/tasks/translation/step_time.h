#pragma once
#include "heed/backend/backend.h"
#include "heed/model/model_options.h"

namespace heed {

/// A training step whose time is to be measured: of a new model with one vocabulary for both languages, on
/// sentences as short as people type them.
struct TimedStep {
  ModelOptions model;
  Index vocabulary = 0, batch_tokens = 0;
  double seconds = 1;  // to spend on it; at least a few steps are made
};

/// What the step takes on this machine at this moment, in seconds: the median of some steps forward and back
/// on random tokens. The optimizer is left out, which takes little beside them.
double measured_step_seconds(const TimedStep& step, Backend& backend);

}  // namespace heed
