#include "heed/training/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "heed/base/files.h"
#include "heed/base/quantities.h"
#include "heed/training/batch_loss.h"

namespace heed {
namespace {

std::vector<Variable> variables(const ParameterStore& store) {
  std::vector<Variable> all;
  for (const auto& parameter : store.parameters()) all.push_back(parameter.variable);
  return all;
}

std::vector<Tensor> copies(const ParameterStore& store) {
  std::vector<Tensor> all;
  for (const auto& parameter : store.parameters()) all.push_back(parameter.variable.value().clone());
  return all;
}

void swap(const ParameterStore& store, const std::vector<Tensor>& others) {
  for (std::size_t i = 0; i < others.size(); ++i) {
    float* value = store.parameters()[i].variable.value().data();
    std::swap_ranges(value, value + others[i].count(), others[i].data());
  }
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
                    Schedule::paper_peak(task.model.config().width, config.warmup)),
                .warmup = config.warmup,
                .updates = config.updates},
      adam_(task.kernels, variables(task.model.store()),
            {.beta1 = config.beta1,
             .beta2 = config.beta2,
             .epsilon = config.epsilon,
             .weight_decay = config.weight_decay}) {
  require<DataError>(task.examples->size() > 0, "training: the corpus has no sentence pair left to train on");
  require<DataError>(
      task.validation.examples.size() > 0,
      "training: the validation set has no sentence pair; give one, or more text to take one from");
  if (config.moving_average > 0)
    average_ =
        std::make_unique<MovingAverage>(task.kernels, variables(task.model.store()), config.moving_average);
  folder_.create();
  if (folder_.holds_run()) restore();
  folder_.forget_checkpoints_after(state_.update);
}

TrainingOutcome Trainer::run(const std::function<bool()>& interrupted) {
  stream_ = std::make_unique<BatchStream>(task_.examples, batch_options_,
                                          BatchPosition{state_.epoch, state_.batch});
  clock_ = Stopwatch();
  while (!end_of(state_, config_)) {
    update();
    if (state_.update % config_.validate_every == 0) checkpoint();
    if (interrupted()) return stop();
  }
  return finish();
}

void Trainer::restore() {
  state_ = folder_.load_state(task_.model.store(), adam_, average_.get());
  state_.finished = false;
  seconds_before_ = state_.seconds;
  saved_update_ = state_.update;
  observer_.note(fmt::format("going on at update {}, epoch {}", state_.update, state_.epoch + 1));
  if (state_.batch == 0) return;
  const auto batches = std::ssize(plan_epoch(*task_.examples, state_.epoch, batch_options_));
  if (batches == state_.batches_in_epoch) return;
  observer_.note(
      fmt::format("epoch {} had {} batches, now it has {} (another corpus or batch size): it begins anew",
                  state_.epoch + 1, state_.batches_in_epoch, batches));
  state_.batch = 0;
}

TrainingOutcome Trainer::stop() {
  state_.seconds = seconds_before_ + clock_.seconds();
  try {
    save_state();
  } catch (const FileError& error) {
    throw FileError(message(error.what(), "; the run stopped at update ", state_.update,
                            " and can go on from ",
                            saved_update_ > 0 ? message("update ", saved_update_) : "its beginning"));
  }
  return {.end = TrainingEnd::interrupted, .state = state_, .final = {}};
}

TrainingOutcome Trainer::finish() {
  TrainingOutcome outcome{.end = *end_of(state_, config_), .state = {}, .final = {}};
  if (state_.last_validated != state_.update) checkpoint();
  // Going on means going on from the last weights, not from the best.
  const std::vector<Tensor> last = copies(task_.model.store());
  outcome.final = choose_final_model();
  state_.finished = true;
  swap(task_.model.store(), last);
  save([&] { save_state(); });
  swap(task_.model.store(), last);
  outcome.state = state_;
  return outcome;
}

void Trainer::update() {
  const Stopwatch watch;
  UpdateReport report;
  double loss = 0;
  for (Index part = 0; part < config_.accumulate; ++part) {
    const Batch batch = stream_->next();
    Pass pass =
        Pass::training(task_.kernels, {config_.seed, static_cast<std::uint32_t>(state_.micro_batches++)});
    const Variable sum = batch_loss(task_.model, pass, batch, static_cast<float>(config_.label_smoothing));
    loss += static_cast<double>(sum.value().data()[0]);
    pass.backward(sum);
    report.source_tokens += static_cast<Index>(batch.source_tokens.size());
    report.target_tokens += static_cast<Index>(batch.target_tokens.size());
    report.sentences += batch.size();
    report.epoch = batch.position.epoch;
    report.batch = batch.position.batch + 1;
    report.batches_in_epoch = batch.batches_in_epoch;
  }
  const auto tokens = static_cast<double>(report.target_tokens);
  report.learning_rate = learning_rate();
  const auto outcome = adam_.step(
      {.learning_rate = report.learning_rate, .gradient_scale = 1 / tokens, .clip_norm = config_.clip_norm});
  if (average_ && outcome.applied) average_->update();

  ++state_.update;
  state_.adam_updates = adam_.updates();
  state_.skipped_updates += outcome.applied ? 0 : 1;
  state_.batches_in_epoch = report.batches_in_epoch;
  state_.epoch = stream_->position().epoch;
  state_.batch = stream_->position().batch;
  state_.target_tokens += tokens;
  state_.seconds = seconds_before_ + clock_.seconds();

  report.update = state_.update;
  report.loss = loss / tokens;
  report.gradient_norm = outcome.gradient_norm;
  report.applied = outcome.applied;
  report.seconds = watch.seconds();
  report.run_seconds = state_.seconds;
  report.share_done = share_done(state_, config_);
  observer_.updated(report);
}

// A rate that falls to nothing at the end of the run has to know where that is: with `minutes`, by the clock.
double Trainer::learning_rate() const {
  const Index update = state_.update + 1;
  if (config_.schedule != ScheduleKind::linear) return schedule_(update);
  const auto reached = static_cast<Index>(share_done(state_, config_) * static_cast<double>(config_.updates));
  return schedule_(update <= config_.warmup ? update : std::max(update, reached));
}

void Trainer::checkpoint() {
  const Stopwatch watch;
  if (average_) average_->swap();
  ValidationReport report{.update = state_.update, .epoch = state_.epoch, .result = validate_now()};
  report.best = better(report.result);
  ++state_.validations;
  state_.last_validated = state_.update;
  state_.stale_validations = report.best ? 0 : state_.stale_validations + 1;
  // The best is what lies on the disk: one that could not be saved must not keep the next from it.
  if (report.best && save([&] { save_parameters(folder_.model_file(), task_.model.store()); })) {
    state_.best = metric(report.result);
    state_.best_update = state_.update;
  }
  if (config_.average > 1)
    save([&] { folder_.save_checkpoint(state_.update, task_.model.store(), config_.average); });
  if (average_) average_->swap();
  state_.seconds = seconds_before_ + clock_.seconds();
  save([&] { save_state(); });
  report.stale = state_.stale_validations;
  report.seconds = watch.seconds();
  observer_.validated(report);
}

void Trainer::save_state() {
  folder_.save_state(state_, task_.model.store(), adam_, average_.get());
  saved_update_ = state_.update;
}

// A full disk must not end a run of days: it goes on, and the next save may find room.
bool Trainer::save(const std::function<void()>& write) {
  try {
    write();
    return true;
  } catch (const FileError& error) {
    observer_.note(fmt::format("warning: {}; the run goes on without this file", error.what()));
    return false;
  }
}

ValidationResult Trainer::validate_now() {
  return validate(
      task_.model, task_.kernels, task_.tokenizers, task_.validation,
      {.beam = config_.validation_beam, .samples = config_.samples, .batch_tokens = config_.batch_tokens});
}

double Trainer::metric(const ValidationResult& result) const {
  switch (config_.metric) {
    case ValidationMetric::loss:
      return result.loss;
    case ValidationMetric::bleu:
      return result.bleu;
    case ValidationMetric::chrf:
      return result.chrf;
  }
  return result.loss;
}

bool Trainer::better(const ValidationResult& result) {
  if (!std::isfinite(metric(result))) return false;
  if (state_.best_update == 0) return true;
  return config_.metric == ValidationMetric::loss ? metric(result) < state_.best
                                                  : metric(result) > state_.best;
}

ValidationResult Trainer::choose_final_model() {
  const ParameterStore& store = task_.model.store();
  if (state_.best_update > 0 && std::filesystem::exists(folder_.model_file())) {
    load_parameters(folder_.model_file(), store);
  } else {
    // None could be validated or saved: the last will have to do. Without it there is no model: no mere
    // warning.
    if (average_) average_->swap();
    const std::vector<Tensor> averaged = copies(store);
    if (average_) average_->swap();
    swap(store, averaged);
    save_parameters(folder_.model_file(), store);
  }
  ValidationResult best = validate_now();
  const auto checkpoints = folder_.checkpoints();
  if (config_.average < 2 || checkpoints.size() < 2) return best;

  RunFolder::load_mean(checkpoints, store);
  const ValidationResult averaged = validate_now();
  state_.best = metric(best);
  const bool chosen = better(averaged) && save([&] { save_parameters(folder_.model_file(), store); });
  observer_.note(
      fmt::format("average of the last {} checkpoints: loss {:.4f}, BLEU {:.2f}, chrF {:.2f}; {}",
                  checkpoints.size(), averaged.loss, averaged.bleu, averaged.chrf,
                  chosen ? "it becomes the model"
                         : fmt::format("the best single one, of update {}, stays", state_.best_update)));
  if (chosen) {
    state_.best = metric(averaged);
    state_.best_update = state_.update;
    return averaged;
  }
  load_parameters(folder_.model_file(), store);
  return best;
}

}  // namespace heed
