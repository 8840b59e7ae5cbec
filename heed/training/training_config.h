#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "heed/base/fields.h"
#include "heed/base/index.h"
#include "heed/optim/schedule.h"

namespace heed {

/// What products are made in while training; weights, gradients and sums are float32 all the same.
/// `automatic`: bfloat16 where the processor has instructions for it.
enum class TrainingPrecision { automatic, float32, bfloat16 };
template <>
struct EnumNames<TrainingPrecision> {
  static constexpr std::array names{std::pair{"auto", TrainingPrecision::automatic},
                                    std::pair{"float32", TrainingPrecision::float32},
                                    std::pair{"bfloat16", TrainingPrecision::bfloat16}};
};

/// How a model is trained; the defaults are section 5 of the paper where it says anything.
struct TrainingConfig {
  Index updates = 100000;
  Index epochs = 0;
  double minutes = 0;
  Index batch_tokens = 4096;
  Index gradient_accumulation = 1;
  std::string memory{};
  std::optional<double> learning_rate = std::nullopt;
  Index warmup = 4000;
  ScheduleKind schedule = ScheduleKind::inverse_sqrt;
  double label_smoothing = 0.1;
  double maximum_gradient_norm = 1;
  double weight_decay = 0;
  double beta1 = 0.9, beta2 = 0.98, epsilon = 1e-9;
  std::uint32_t seed = 1;
  Index validate_every = 500;
  std::optional<std::string> metric = std::nullopt;
  Index patience = 10;
  std::optional<double> stop_at = std::nullopt;
  Index samples = 3;
  Index average_checkpoints = 5;
  double moving_average = 0, moving_average_epochs = 0;
  double save_minutes = 10;
  Index skips_in_a_row = 10;
  Index rollbacks = 10;
  double rollback_rate = 0.5;
  TrainingPrecision precision = TrainingPrecision::automatic;

  static constexpr std::string_view title = "Training";
  static constexpr auto fields() {
    using C = TrainingConfig;
    return std::tuple(
        field("updates", &C::updates, "maximum number of updates", {1}),
        field("epochs", &C::epochs, "maximum number of epochs (0: as many as the updates take)", {0}),
        field("minutes", &C::minutes,
              "maximum minutes of training, earlier parts of the run included (0: no limit)", {0}),
        field("batch_tokens", &C::batch_tokens,
              "maximum number of tokens per batch; where examples have two sides, of either", {1}),
        field("gradient_accumulation", &C::gradient_accumulation,
              "number of batches whose gradients are accumulated for one update", {1}, {"accumulate"}),
        field("memory", &C::memory,
              "memory budget of the run, such as 6G: larger batches are split and their gradients "
              "accumulated; if not given, the free memory"),
        field("learning_rate", &C::learning_rate,
              "peak learning rate, reached at the end of warmup; if not given, (width * warmup)^-0.5 as in "
              "the paper",
              {0, 10}),
        field("warmup", &C::warmup, "number of warmup updates, during which the learning rate rises", {0}),
        field("schedule", &C::schedule, "learning rate schedule after warmup"),
        field("label_smoothing", &C::label_smoothing, "label smoothing", {0, 0.99}),
        field("maximum_gradient_norm", &C::maximum_gradient_norm, "maximum gradient norm (0: no clipping)",
              {0}, {"clip_norm"}),
        field("weight_decay", &C::weight_decay, "decoupled weight decay (AdamW)", {0, 1}),
        field("beta1", &C::beta1, "Adam's beta1", {0, 0.9999}),
        field("beta2", &C::beta2, "Adam's beta2", {0, 0.999999}),
        field("epsilon", &C::epsilon, "Adam's epsilon", {0, 1}),
        field("seed", &C::seed, "random seed for initial weights, order of examples and dropout"),
        field("validate_every", &C::validate_every,
              "updates between validations (0: validate at the end of every epoch)", {0}),
        field("metric", &C::metric,
              "validation metric that decides which checkpoint is best, such as loss; if not given, the "
              "task's own"),
        field("patience", &C::patience, "stop after this many validations without improvement (0: never)",
              {0}),
        field("stop_at", &C::stop_at,
              "stop as soon as the validation metric that decides is this good: 30 for BLEU, say"),
        field("samples", &C::samples, "number of samples shown at each validation", {0}),
        field("average_checkpoints", &C::average_checkpoints,
              "number of last checkpoints whose average is tried as the final model (0 or 1: none)",
              {0, 1000}, {"average"}),
        field("moving_average", &C::moving_average,
              "decay of an exponential moving average of the weights, which is then validated and kept (0: "
              "none)",
              {0, 0.999999}),
        field("moving_average_epochs", &C::moving_average_epochs,
              "number of epochs that the moving average spans, instead of a decay (0: use moving_average)",
              {0, 1e6}, {"average_epochs"}),
        field("save_minutes", &C::save_minutes,
              "save the run's state at least every so many minutes, between validations too (0: at "
              "validations only)",
              {0}),
        field("skips_in_a_row", &C::skips_in_a_row,
              "roll back to the last good state after this many updates in a row were skipped for a loss or "
              "gradient that is not finite (0: never)",
              {0}),
        field("rollbacks", &C::rollbacks, "maximum number of rollbacks before the run gives up", {0}),
        field("rollback_rate", &C::rollback_rate, "factor of the learning rate at each rollback", {0, 1}),
        field("precision", &C::precision,
              "number format of matrix products; auto: bfloat16 where the processor multiplies it faster"));
  }
};

}  // namespace heed
