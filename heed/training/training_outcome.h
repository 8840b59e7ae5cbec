#pragma once
#include <string>

#include "heed/training/run_end.h"
#include "heed/training/run_state.h"
#include "heed/training/validation.h"

namespace heed {

/// How a run, or this part of it, ended.
struct TrainingOutcome {
  TrainingEnd end = TrainingEnd::limit;
  RunState state;
  Validation final;     // of the model that the folder now holds; empty if interrupted
  std::string unsaved;  // why the end of the run could not be saved; empty if it could
};

}  // namespace heed
