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
  require<DataError>(task.validation.examples.size() > 0,
                     "training: the validation set has no sentence pair left");
  if (config.moving_average > 0)
    average_ =
        std::make_unique<MovingAverage>(task.kernels, variables(task.model.store()), config.moving_average);
}

TrainingOutcome Trainer::run(const std::function<bool()>& interrupted) {
  folder_.create();
  if (folder_.holds_run()) restore();
  stream_ = std::make_unique<BatchStream>(task_.examples, batch_options_,
                                          BatchPosition{state_.epoch, state_.batch});
  clock_ = Stopwatch();

  TrainingOutcome outcome;
  const auto converged = [&] { return config_.patience > 0 && state_.stale_validations >= config_.patience; };
  while (share_done() < 1 && !converged()) {
    update();
    if (state_.update % config_.validate_every == 0) checkpoint();
    if (interrupted()) {
      state_.seconds = seconds_before_ + clock_.seconds();
      save([&] { folder_.save_state(state_, task_.model.store(), adam_, average_.get()); });
      outcome.end = TrainingEnd::interrupted;
      outcome.state = state_;
      return outcome;
    }
  }
  if (converged()) outcome.end = TrainingEnd::converged;
  if (last_validated_ != state_.update && state_.update > 0) checkpoint();
  outcome.final = choose_final_model();
  state_.finished = true;
  outcome.state = state_;
  return outcome;
}

void Trainer::restore() {
  state_ = folder_.load_state(task_.model.store(), adam_, average_.get());
  seconds_before_ = state_.seconds;
  last_validated_ = state_.update % config_.validate_every == 0 ? state_.update : -1;
  observer_.note(fmt::format("going on at update {}, epoch {}", state_.update, state_.epoch + 1));
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
  report.share_done = share_done();
  observer_.updated(report);
}

// A rate that falls to nothing at the end of the run has to know where that is: with `minutes`, by the clock.
double Trainer::learning_rate() const {
  const Index update = state_.update + 1;
  if (config_.schedule != ScheduleKind::linear) return schedule_(update);
  const auto reached = static_cast<Index>(share_done() * static_cast<double>(config_.updates));
  return schedule_(update <= config_.warmup ? update : std::max(update, reached));
}

void Trainer::checkpoint() {
  const Stopwatch watch;
  if (average_) average_->swap();
  ValidationReport report{.update = state_.update, .epoch = state_.epoch, .result = validate_now()};
  report.best = better(report.result);
  ++state_.validations;
  state_.stale_validations = report.best ? 0 : state_.stale_validations + 1;
  if (report.best) {
    state_.best = metric(report.result);
    state_.best_update = state_.update;
    save([&] { save_parameters(folder_.model_file(), task_.model.store()); });
  }
  if (config_.average > 1)
    save([&] { folder_.save_checkpoint(state_.update, task_.model.store(), config_.average); });
  if (average_) average_->swap();
  last_validated_ = state_.update;
  state_.seconds = seconds_before_ + clock_.seconds();
  save([&] { folder_.save_state(state_, task_.model.store(), adam_, average_.get()); });
  report.stale = state_.stale_validations;
  report.seconds = watch.seconds();
  observer_.validated(report);
}

// A full disk must not end a run of days: it goes on, and the next save may find room.
void Trainer::save(const std::function<void()>& write) {
  try {
    write();
  } catch (const FileError& error) {
    observer_.note(fmt::format("warning: nothing was saved: {}; training goes on", error.what()));
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

double Trainer::share_done() const {
  double share = static_cast<double>(state_.update) / static_cast<double>(config_.updates);
  if (config_.epochs > 0)
    share = std::max(share, static_cast<double>(state_.epoch) / static_cast<double>(config_.epochs));
  if (config_.minutes > 0) share = std::max(share, state_.seconds / (60 * config_.minutes));
  return share;
}

ValidationResult Trainer::choose_final_model() {
  const ParameterStore& store = task_.model.store();
  if (state_.best_update > 0 && std::filesystem::exists(folder_.model_file()))
    load_parameters(folder_.model_file(), store);
  else
    save_parameters(folder_.model_file(), store);
  ValidationResult best = validate_now();
  const auto checkpoints = folder_.checkpoints();
  if (config_.average > 1 && checkpoints.size() > 1) {
    RunFolder::load_mean(checkpoints, store);
    const ValidationResult averaged = validate_now();
    state_.best = metric(best);
    const bool chosen = better(averaged);
    observer_.note(
        fmt::format("average of the last {} checkpoints: loss {:.4f}, BLEU {:.2f}, chrF {:.2f}; {}",
                    checkpoints.size(), averaged.loss, averaged.bleu, averaged.chrf,
                    chosen ? "it becomes the model"
                           : fmt::format("the best single one, of update {}, stays", state_.best_update)));
    if (chosen) {
      best = averaged;
      save_parameters(folder_.model_file(), store);
    } else {
      load_parameters(folder_.model_file(), store);
    }
  }
  return best;
}

}  // namespace heed
