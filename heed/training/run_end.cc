#include "heed/training/run_end.h"

#include <algorithm>

namespace heed {
namespace {

bool converged(const RunState& state, const TrainingConfig& config) {
  return config.patience > 0 && state.stale_validations >= config.patience;
}

/// A limit's name, how far the run has come towards it, and where it lies; 0: nowhere.
struct Limit {
  std::string_view name;
  double reached, limit;

  double share() const { return limit > 0 ? reached / limit : 0; }
};

std::array<Limit, 3> limits(const RunState& state, const TrainingConfig& config) {
  return {Limit{"updates", static_cast<double>(state.update), static_cast<double>(config.updates)},
          Limit{"epochs", static_cast<double>(state.epoch), static_cast<double>(config.epochs)},
          Limit{"minutes", state.seconds / 60, config.minutes}};
}

}  // namespace

double share_done(const RunState& state, const TrainingConfig& config) {
  double share = 0;
  for (const Limit& limit : limits(state, config)) share = std::max(share, limit.share());
  return share;
}

std::optional<TrainingEnd> end_of(const RunState& state, const TrainingConfig& config) {
  if (is_good_enough(state, config)) return TrainingEnd::reached;
  if (converged(state, config)) return TrainingEnd::converged;
  if (share_done(state, config) >= 1) return TrainingEnd::limit;
  return std::nullopt;
}

bool is_good_enough(const RunState& state, const TrainingConfig& config) {
  if (!config.stop_at || !state.better || !state.has_best()) return false;
  return *state.better == Better::lower ? state.best <= *config.stop_at : state.best >= *config.stop_at;
}

bool is_finished(const RunState& state, const TrainingConfig& config) {
  const bool same_metric = state.metric.empty() || !config.metric || *config.metric == state.metric;
  return state.finished && same_metric && end_of(state, config);
}

std::vector<std::pair<std::string, double>> raised_limits(const RunState& state,
                                                          const TrainingConfig& config) {
  std::vector<std::pair<std::string, double>> raised;
  for (const Limit& limit : limits(state, config))
    if (limit.share() >= 1) raised.emplace_back(limit.name, 2 * limit.limit);
  if (converged(state, config)) raised.emplace_back("patience", 2 * static_cast<double>(config.patience));
  return raised;
}

}  // namespace heed
