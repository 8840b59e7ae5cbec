#pragma once
#include <optional>

#include "heed/training/run_state.h"
#include "heed/training/training_config.h"

namespace heed {

/// Why a run comes to its end: it reached a limit, it is as good as was asked for, nothing got better for a
/// while, or somebody stopped it.
enum class TrainingEnd { limit, reached, converged, interrupted };
template <>
struct EnumNames<TrainingEnd> {
  static constexpr std::array names{
      std::pair{"limit", TrainingEnd::limit}, std::pair{"reached", TrainingEnd::reached},
      std::pair{"converged", TrainingEnd::converged}, std::pair{"interrupted", TrainingEnd::interrupted}};
};

/// How much is done of what limits the run (updates, epochs or minutes), the most of it; from 1 on, all.
double share_done(const RunState& state, const TrainingConfig& config);

/// Why a run that has come so far ends here; nothing if it goes on.
std::optional<TrainingEnd> end_of(const RunState& state, const TrainingConfig& config);

/// Whether the best model is as good as `stop_at` asks for.
bool is_good_enough(const RunState& state, const TrainingConfig& config);

/// Whether a run has nothing left to do: it came to its end, and what decided which model is the best is what
/// is asked for now.
bool is_finished(const RunState& state, const TrainingConfig& config);

/// The limits that a run has reached, each with twice what it was: what to ask for to train further.
std::vector<std::pair<std::string, double>> raised_limits(const RunState& state,
                                                          const TrainingConfig& config);

}  // namespace heed
