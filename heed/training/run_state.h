#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "heed/base/fields.h"
#include "heed/base/index.h"
#include "heed/training/validation.h"

namespace heed {

/// How far a training run has come: with the weights and the optimizer's averages, all that going on needs.
struct RunState {
  Index update = 0;            // updates done
  Index epoch = 0, batch = 0;  // of the next batch
  Index batch_parts = 1;       // into which batches are cut to fit into memory
  Index batches_in_epoch = 0;  // of the last batch's epoch: others mean another corpus or batch size
  Index adam_updates = 0;      // of which one that is not finite is none
  Index skipped_updates = 0;   // not finite
  Index skipped_in_a_row = 0;  // the last ones
  Index rollbacks = 0;         // times that the run went back to an earlier state
  double rate_factor = 1;      // of the learning rate: lower after each
  Index validations = 0;
  Index last_validated = 0;               // the update of the last one
  Index epochs_validated = 0;             // epochs that had ended by then
  Index stale_validations = 0;            // since the best
  Index best_update = 0;                  // 0: none yet, or that of the start
  bool start_is_best = false;             // the model that was trained further
  double best = 0;                        // of the metric that decides
  double best_tie = 0;                    // of what decides among equals
  std::string metric;                     // that decided; empty: unknown, of an earlier version of heed
  std::optional<Better> better{};         // in which direction it gets better; unknown likewise
  std::string validation;                 // fingerprint of what the best was measured on
  std::vector<std::string> peak_names{};  // of all measures where more is better: the most that any
  std::vector<double> peaks{};            // validation found,
  std::vector<Index> peak_updates{};      // and at which update
  Index schedule_update = 0;              // where the learning rate schedule began
  Index schedule_epoch = 0;
  double schedule_seconds = 0;
  double seconds = 0;     // of training, validations included
  double tokens = 0;      // trained on
  bool finished = false;  // and the final model chosen

  bool has_best() const { return best_update > 0 || start_is_best; }
  /// Of another state of the run: which model is the best, and by what.
  void take_best_of(const RunState& other) {
    best_update = other.best_update, start_is_best = other.start_is_best;
    best = other.best, best_tie = other.best_tie;
    metric = other.metric, better = other.better, validation = other.validation;
    peak_names = other.peak_names, peaks = other.peaks, peak_updates = other.peak_updates;
  }
  /// Of another state of the run: where the learning rate schedule began.
  void take_schedule_of(const RunState& other) {
    schedule_update = other.schedule_update, schedule_epoch = other.schedule_epoch;
    schedule_seconds = other.schedule_seconds;
  }

  static constexpr auto fields() {
    using S = RunState;
    return std::tuple(
        field("update", &S::update, ""), field("batch_parts", &S::batch_parts, ""),
        field("epoch", &S::epoch, ""), field("batch", &S::batch, ""),
        field("adam_updates", &S::adam_updates, ""), field("skipped_updates", &S::skipped_updates, ""),
        field("skipped_in_a_row", &S::skipped_in_a_row, ""), field("rollbacks", &S::rollbacks, ""),
        field("rate_factor", &S::rate_factor, ""), field("batches_in_epoch", &S::batches_in_epoch, ""),
        field("validations", &S::validations, ""), field("last_validated", &S::last_validated, ""),
        field("epochs_validated", &S::epochs_validated, ""),
        field("stale_validations", &S::stale_validations, ""), field("best_update", &S::best_update, ""),
        field("start_is_best", &S::start_is_best, ""), field("best", &S::best, ""),
        field("best_tie", &S::best_tie, ""), field("metric", &S::metric, ""), field("better", &S::better, ""),
        field("validation", &S::validation, ""), field("peak_names", &S::peak_names, ""),
        field("peaks", &S::peaks, ""), field("peak_updates", &S::peak_updates, ""),
        field("schedule_update", &S::schedule_update, ""), field("schedule_epoch", &S::schedule_epoch, ""),
        field("schedule_seconds", &S::schedule_seconds, ""), field("seconds", &S::seconds, ""),
        field("tokens", &S::tokens, "", {}, {"target_tokens"}), field("finished", &S::finished, ""));
  }
};

}  // namespace heed
