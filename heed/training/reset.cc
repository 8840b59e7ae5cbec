#include "heed/training/reset.h"

namespace heed {
namespace {

void reset(RunState& state, Reset part) {
  switch (part) {
    case Reset::best:
      state.best_update = 0;
      state.start_is_best = false;
      state.best = state.best_tie = 0;
      break;
    case Reset::patience:
      state.stale_validations = 0;
      break;
    case Reset::optimizer:
      state.adam_updates = 0;
      break;
    case Reset::schedule:
      state.schedule_update = state.update;
      state.schedule_epoch = state.epoch;
      state.schedule_seconds = state.seconds;
      state.rate_factor = 1;
      break;
  }
}

}  // namespace

void reset(RunState& state, const std::vector<Reset>& parts) {
  for (const Reset part : parts) reset(state, part);
}

}  // namespace heed
