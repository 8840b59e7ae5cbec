#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "heed/training/trainer.h"

namespace heed {

/// Leaves an update out whose loss or gradient is not finite, and says what is known of it.
SkipReport Trainer::skip(const UpdateReport& report, const std::vector<Part>& parts) {
  SkipReport skipped{.update = report.update,
                     .epoch = report.epoch,
                     .loss = report.loss,
                     .gradient_norm = report.gradient_norm,
                     .where = find_not_finite(task_.model.store()),
                     .in_a_row = ++state_.skipped_in_a_row,
                     .in_all = ++state_.skipped_updates,
                     .examples = texts_of(parts)};
  adam_.drop_gradients();
  observer_.skipped(skipped);
  return skipped;
}

/// Those of the batches whose loss is not finite; of all if each is.
std::vector<std::string> Trainer::texts_of(const std::vector<Part>& parts) const {
  const bool any = std::ranges::any_of(parts, [](const Part& part) { return !std::isfinite(part.loss); });
  std::vector<std::string> texts;
  for (const Part& part : parts) {
    if (any && std::isfinite(part.loss)) continue;
    for (std::string& text : task_.objective.texts(part.batch)) texts.push_back(std::move(text));
  }
  return texts;
}

/// Goes back to the last state from which an update could be made, at a lower rate. Which one that is follows
/// from the run alone, not from when it was stopped: lasting states are of validated updates.
void Trainer::roll_back(const SkipReport& last) {
  const RunState before = state_;
  const auto give_up = [&](const std::string& why) {
    throw DivergenceError(fmt::format(
        "training: at update {}, {} updates in a row were not finite ({}), and {}; lower --learning-rate, or "
        "raise --warmup, or look at the examples, the first of them: {}",
        before.update, before.skipped_in_a_row, last.where.text(), why,
        last.examples.empty() ? "" : last.examples.front()));
  };
  if (before.rollbacks >= config_.rollbacks)
    give_up(
        fmt::format("the run went back {} times already, to a learning rate {:g} times that of its options",
                    before.rollbacks, before.rate_factor));
  const std::optional<RunState> to = load_state_to_go_back_to();
  if (!to) give_up("no state is left to go back to");
  go_on_from(*to);
  state_.rollbacks = before.rollbacks + 1;
  state_.rate_factor = before.rate_factor * config_.rollback_rate;
  state_.skipped_updates = before.skipped_updates;
  state_.take_best_of(before);  // what lies on the disk
  if (before.schedule_update <= state_.update) state_.take_schedule_of(before);
  state_.seconds = seconds_so_far();
  saver_.save_passing(state_);
  start_stream();
  observer_.rolled_back({.from = before.update,
                         .to = state_.update,
                         .rate_factor = state_.rate_factor,
                         .rollbacks = state_.rollbacks,
                         .last = last});
}

std::optional<RunState> Trainer::load_state_to_go_back_to() {
  const SavedStates states = folder_.states();
  const auto tell = [&](const std::filesystem::path&, const std::string& why) {
    observer_.damaged(why, "going back further");
  };
  for (const SavedState& saved : states.found(tell)) {
    // A state from which no update was possible has the weights of now: they are what is wrong.
    if (!saved.lasting || saved.state.update > state_.update ||
        saved.state.adam_updates == state_.adam_updates)
      continue;
    try {
      states.load(saved, {task_.model.store(), adam_, average_.get()});
      return saved.state;
    } catch (const CheckpointError& error) {
      tell(saved.file, error.what());
    }
  }
  return std::nullopt;
}

}  // namespace heed
