#include "heed/training/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace heed {
namespace {

std::vector<Variable> variables(const ParameterStore& store) {
  std::vector<Variable> all;
  for (const auto& parameter : store.parameters()) all.push_back(parameter.variable);
  return all;
}

std::unique_ptr<MovingAverage> moving_average(const TrainingTask& task, double decay) {
  if (decay <= 0) return nullptr;
  return std::make_unique<MovingAverage>(task.backend, variables(task.model.store()), decay);
}

/// The measure that decides. ConfigError for one that the objective does not have.
std::string metric_of(const TrainingConfig& config, const Objective& objective) {
  const auto known = objective.measures();
  if (!config.metric) return std::string(known.front());
  std::string list;
  for (const std::string_view name : known) list += message(list.empty() ? "" : ", ", name);
  require<ConfigError>(std::ranges::find(known, *config.metric) != known.end(), "metric ", *config.metric,
                       " is not measured here; there are ", list);
  return *config.metric;
}

}  // namespace

Trainer::Trainer(const TrainingTask& task, const TrainingConfig& config, const BatchOptions& batches,
                 RunFolder folder, TrainingObserver& observer)
    : task_(task),
      config_(config),
      batch_options_(batches),
      folder_(std::move(folder)),
      observer_(observer),
      schedule_{.kind = config.schedule,
                .peak = config.learning_rate.value_or(
                    Schedule::paper_peak(task.model.sizes().width, config.warmup)),
                .warmup = config.warmup,
                .updates = config.updates},
      adam_(task.backend, variables(task.model.store()),
            {.beta1 = config.beta1,
             .beta2 = config.beta2,
             .epsilon = config.epsilon,
             .weight_decay = config.weight_decay}),
      average_(moving_average(task, config.moving_average)),
      metric_(metric_of(config, task.objective)),
      saver_(folder_.states(), {task.model.store(), adam_, average_.get()}, observer) {
  require<DataError>(task.examples->size() > 0, "training: there is no example to train on");
  state_.batch_parts = task.batch_parts;
  folder_.clear();
  if (folder_.holds_run())
    restore();
  else
    folder_.forget_weights_after(0);
}

TrainingOutcome Trainer::run(const std::function<bool()>& interrupted) {
  TrainingOutcome outcome = learn(interrupted);
  observer_.ended(outcome);
  return outcome;
}

TrainingOutcome Trainer::learn(const Interrupted& interrupted) {
  start_stream();
  clock_.restart();
  if (folder_.holds_run()) {
    compare_best_with_like();
  } else {
    state_.metric = metric_;
    state_.validation = task_.objective.validation_fingerprint();
    if (task_.further) measure_start();
    saver_.save(state_);  // from the first update on there is a state to go back to
  }
  for (;;) {
    if (interrupted()) return stop();
    if (validation_due()) checkpoint();
    if (end_of(state_, config_)) return finish();
    if (!update(interrupted)) return stop();
    if (config_.save_minutes > 0 && saver_.seconds_since_save() >= 60 * config_.save_minutes)
      saver_.save_passing(state_);
  }
}

/// Goes on from the furthest state that can be used. Those that cannot are kept under another name.
void Trainer::restore() {
  std::vector<std::pair<std::filesystem::path, std::string>> damaged;
  const auto states = folder_.states().found(
      [&](const std::filesystem::path& file, const std::string& why) { damaged.emplace_back(file, why); });
  for (const SavedState& saved : states) {
    try {
      folder_.states().load(saved, {task_.model.store(), adam_, average_.get()});
    } catch (const CheckpointError& error) {
      damaged.emplace_back(saved.file, error.what());
      continue;
    }
    for (const auto& [file, why] : damaged)
      observer_.damaged(why, fmt::format("resuming from the state of update {}; the file is kept as {}",
                                         saved.state.update, folder_.states().set_aside(file).string()));
    seconds_before_ = saved.state.seconds;
    go_on_from(saved.state);
    observer_.note(fmt::format("resuming at update {}, epoch {}", state_.update, state_.epoch + 1));
    begin_epoch_anew_if_its_batches_changed();
    reset_what_was_asked_for();
    return;
  }
  throw CheckpointError(message(damaged.front().second, "; no other state of the run is left: remove ",
                                damaged.front().first.parent_path().string(),
                                "/state*.safetensors to start over"));
}

/// From a state whose weights and averages are loaded. What was saved of later updates is of no more use:
/// they are done again.
void Trainer::go_on_from(const RunState& state) {
  state_ = state;
  state_.finished = false;
  saver_.loaded(state.update);
  folder_.states().forget_after(state.update);
  folder_.forget_weights_after(state.update);
}

void Trainer::begin_epoch_anew_if_its_batches_changed() {
  if (state_.batch == 0) return;
  const auto batches = std::ssize(plan_epoch(*task_.examples, state_.epoch, batch_options_));
  if (batches == state_.batches_in_epoch) return;
  observer_.note(
      fmt::format("epoch {} had {} batches, now it has {} (another corpus or batch size): it begins anew",
                  state_.epoch + 1, state_.batches_in_epoch, batches));
  state_.batch = 0;
}

void Trainer::reset_what_was_asked_for() {
  if (task_.reset.empty()) return;
  reset(state_, task_.reset);
  if (std::ranges::find(task_.reset, Reset::optimizer) != task_.reset.end()) adam_.reset();
  std::string parts;
  for (const Reset part : task_.reset) parts += message(parts.empty() ? "" : ", ", enum_name(part));
  observer_.note(fmt::format("begun anew: {}", parts));
  saver_.save_passing(state_);  // it is not asked for again if this part of the run is killed
}

void Trainer::start_stream() {
  stream_ = std::make_unique<BatchStream>(task_.examples, batch_options_,
                                          BatchPosition{state_.epoch, state_.batch});
}

/// The batches of the next update, their gradients added up; nothing, and no gradients, if the run is
/// interrupted on the way.
std::optional<std::vector<Trainer::Part>> Trainer::gradients(const Interrupted& interrupted) {
  std::vector<Part> parts;
  for (Index i = 0; i < config_.gradient_accumulation; ++i) {
    if (i > 0 && interrupted()) {
      adam_.drop_gradients();
      return std::nullopt;
    }
    Batch batch = stream_->next();
    // Named by update and example, so that what is dropped does not depend on how batches are cut.
    Pass pass = Pass::training(task_.backend, {config_.seed, static_cast<std::uint32_t>(state_.update)},
                               batch.examples);
    const auto [sum, count] = task_.objective.loss(pass, batch);
    pass.backward(sum);
    parts.push_back({std::move(batch), static_cast<double>(task_.backend.number(sum.value())), count});
  }
  return parts;
}

/// False if it was interrupted: then nothing has changed, and the same update is made when the run goes on.
bool Trainer::update(const Interrupted& interrupted) {
  const Stopwatch watch;
  const std::optional<std::vector<Part>> made = gradients(interrupted);
  if (!made) return false;
  const std::vector<Part>& parts = *made;
  UpdateReport report;
  double loss = 0, count = 0;
  for (const auto& part : parts) {
    loss += part.loss;
    count += part.count;
    report.examples += part.batch.size();
    report.tokens += task_.objective.tokens(part.batch);
    for (const Column& column : part.batch.columns)
      for (const Index rows : column.lengths) report.rows += rows;
  }
  const Batch& last = parts.back().batch;
  report.epoch = last.position.epoch;
  report.batch = last.position.batch + 1;
  report.batches_in_epoch = last.batches_in_epoch;
  report.loss = loss / count;
  report.loss_count = count;
  report.learning_rate = learning_rate();
  Adam::Outcome outcome{.gradient_norm = std::nan(""), .applied = false};
  if (std::isfinite(loss))
    outcome = adam_.step({.learning_rate = report.learning_rate,
                          .gradient_scale = 1 / count,
                          .clip_norm = config_.maximum_gradient_norm});
  report.gradient_norm = outcome.gradient_norm;
  report.applied = outcome.applied;

  report.update = ++state_.update;
  state_.adam_updates = adam_.updates();
  state_.batches_in_epoch = report.batches_in_epoch;
  state_.epoch = stream_->position().epoch;
  state_.batch = stream_->position().batch;
  state_.tokens += static_cast<double>(report.tokens);
  std::optional<SkipReport> skipped;
  if (outcome.applied) {
    if (average_) average_->update();
    state_.skipped_in_a_row = 0;
  } else {
    skipped = skip(report, parts);
  }
  state_.seconds = seconds_so_far();
  report.seconds = watch.seconds();
  report.run_seconds = state_.seconds;
  report.share_done = share_done(state_, config_);
  observer_.updated(report);
  if (skipped && config_.skips_in_a_row > 0 && state_.skipped_in_a_row >= config_.skips_in_a_row)
    roll_back(*skipped);
  return true;
}

// A rate that falls to nothing at the end of the run has to know where that is: with `minutes`, by the clock.
double Trainer::learning_rate() const {
  const Index begin = state_.schedule_update, update = state_.update + 1 - begin;
  if (!falls_to_zero(config_.schedule)) return state_.rate_factor * schedule_(update);
  Schedule schedule = schedule_;
  schedule.updates -= begin;
  double share = share_done(state_, config_);
  if (begin > 0) {
    RunState at_begin;
    at_begin.update = begin, at_begin.epoch = state_.schedule_epoch,
    at_begin.seconds = state_.schedule_seconds;
    const double before = share_done(at_begin, config_);
    share = before < 1 ? (share - before) / (1 - before) : 1;
  }
  const auto reached = static_cast<Index>(share * static_cast<double>(schedule.updates));
  return state_.rate_factor * schedule(update <= config_.warmup ? update : std::max(update, reached));
}

bool Trainer::validation_due() const {
  if (config_.validate_every == 0) return state_.epoch > state_.epochs_validated;
  return state_.update % config_.validate_every == 0 && state_.last_validated != state_.update;
}

void Trainer::checkpoint() {
  const Stopwatch watch;
  const bool sound = saver_.sound();
  if (average_) average_->swap();
  ValidationReport report{.update = state_.update, .epoch = state_.epoch, .result = validate_now()};
  report.best = better(report.result);
  remember_peaks(report.result);
  ++state_.validations;
  state_.last_validated = state_.update;
  state_.epochs_validated = state_.epoch;
  state_.stale_validations = report.best ? 0 : state_.stale_validations + 1;
  if (report.best && save_best(report.result)) state_.start_is_best = false;
  if (config_.average_checkpoints > 1 && sound)
    saver_.attempt(state_.update, [&] {
      folder_.save_weights(state_.update, task_.model.store(), config_.average_checkpoints);
    });
  if (average_) average_->swap();
  state_.seconds = seconds_so_far();
  saver_.save(state_);
  report.stale = state_.stale_validations;
  report.seconds = watch.seconds();
  observer_.validated(report);
}

}  // namespace heed
