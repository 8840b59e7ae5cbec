#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "heed/nn/parameter_values.h"
#include "heed/training/trainer.h"

namespace heed {

void Trainer::remember_best(const Validation& result) {
  state_.best = metric(result);
  state_.better = find_measure(result.measures, metric_)->better;
  const std::string_view tie = task_.objective.tie_breaker();
  state_.best_tie = tie.empty() ? 0 : result.value(tie);
}

/// Makes the model of now the best one. The best is what lies on the disk: one that could not be saved must
/// not keep the next from it.
bool Trainer::save_best(const Validation& result) {
  if (!saver_.attempt(state_.update, [&] { save_parameters(folder_.model_file(), task_.model.store()); }))
    return false;
  remember_best(result);
  state_.best_update = state_.update;
  return true;
}

/// A model that is trained further is the best so far: what training makes of it has to be better.
void Trainer::measure_start() {
  const Stopwatch watch;
  ValidationReport report{.result = validate_now()};
  report.best = better(report.result);
  remember_peaks(report.result);
  ++state_.validations;
  state_.start_is_best = report.best && save_best(report.result);
  report.seconds = watch.seconds();
  observer_.validated(report);
}

/// The most of each measure that any model of the run had.
void Trainer::remember_peaks(const Validation& result) {
  for (const Measure& measure : result.measures) {
    if (measure.better == Better::lower || !std::isfinite(measure.value)) continue;
    const auto found = std::ranges::find(state_.peak_names, measure.name);
    const auto i = static_cast<std::size_t>(found - state_.peak_names.begin());
    if (found == state_.peak_names.end()) {
      state_.peak_names.push_back(measure.name);
      state_.peaks.push_back(measure.value);
      state_.peak_updates.push_back(state_.update);
    } else if (measure.value > state_.peaks[i]) {
      state_.peaks[i] = measure.value;
      state_.peak_updates[i] = state_.update;
    }
  }
}

void Trainer::forget_peaks() {
  state_.peak_names.clear();
  state_.peaks.clear();
  state_.peak_updates.clear();
}

/// What decides may be blind to what another measure sees: then nobody should learn it from users.
void Trainer::tell_what_is_far_below(const Validation& kept) {
  for (std::size_t i = 0; i < state_.peak_names.size(); ++i) {
    const Measure* measure = find_measure(kept.measures, state_.peak_names[i]);
    if (!measure || !far_below(*measure, state_.peaks[i])) continue;
    observer_.note(
        fmt::format("warning: the model that is kept has {} {:.{}f}, that of update {} had {:.{}f}; {} "
                    "decided; decide by "
                    "another measure with --metric",
                    measure->title, measure->value, measure->digits, state_.peak_updates[i], state_.peaks[i],
                    measure->digits, metric_));
  }
}

/// Which one the best is, for people.
std::string Trainer::best_text() const {
  return state_.start_is_best ? "that from before training" : fmt::format("of update {}", state_.best_update);
}

bool Trainer::better(const Validation& result) const {
  if (!std::isfinite(metric(result))) return false;
  if (!state_.has_best() || !std::isfinite(state_.best)) return true;
  const auto beats = [&](std::string_view name, double best) {
    const Measure& measure = *find_measure(result.measures, name);
    return measure.better == Better::lower ? measure.value < best : measure.value > best;
  };
  const std::string_view tie = task_.objective.tie_breaker();
  if (!tie.empty() && metric(result) == state_.best) return beats(tie, state_.best_tie);
  return beats(metric_, state_.best);
}

/// What the run went by before may be another measure than today's, or other validation data: then its best
/// is measured as the next ones will be, or there is none, and patience begins anew.
void Trainer::compare_best_with_like() {
  const RunState before = state_;
  state_.metric = metric_;
  state_.validation = task_.objective.validation_fingerprint();
  if ((before.metric == state_.metric && before.validation == state_.validation) || !before.has_best())
    return;
  if (before.validation != state_.validation) forget_peaks();
  const std::optional<Validation> now = best_measured_anew();
  if (now) remember_peaks(*now);
  if (now) {
    remember_best(*now);
    // An earlier version of heed did not say what it went by.
    if (before.metric.empty() && state_.best == before.best) return;
  } else {
    reset(state_, {Reset::best});
  }
  reset(state_, {Reset::patience});
  const std::string change =
      before.metric.empty() || before.metric == metric_
          ? "what is validated on has changed"
          : fmt::format("{} decides from here on, no longer {}", metric_, before.metric);
  observer_.note(
      now ? fmt::format("{}: the best model so far, {}, was measured anew: {}", change, best_text(),
                        measures_text(now->measures, ", "))
          : fmt::format("{}, and the best model so far cannot be measured anew: the next one that is "
                        "validated takes its place",
                        change));
}

/// Nothing if the best model cannot be read, or its measure is not a number.
std::optional<Validation> Trainer::best_measured_anew() {
  const ParameterStore& store = task_.model.store();
  const std::vector<Tensor> now = values_of(store);
  std::optional<Validation> result;
  try {
    load_parameters(folder_.model_file(), store);
    result = validate_now();
  } catch (const FileError&) {  // it is gone
  } catch (const CheckpointError& error) {
    observer_.damaged(error.what(), "another one will take its place");
  }
  swap_values(store, now);
  return result && std::isfinite(metric(*result)) ? result : std::nullopt;
}

}  // namespace heed
