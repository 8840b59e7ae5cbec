#include "cli/quickstart_plan.h"

#include <algorithm>
#include <array>

#include "heed/tasks/translation/step_time.h"

namespace heed {

std::span<const QuickstartPlan> quickstart_plans() {
  static const std::array plans{QuickstartPlan{.name = "large",
                                               .learns = "22 kinds of phrases, and lists of them",
                                               .kinds = {},
                                               .pairs = 42'000,
                                               .width = 128,
                                               .hidden = 256,
                                               .vocabulary = 1000,
                                               .updates = 3000,
                                               .batch_tokens = 1024,
                                               .learning_rate = 0.0025,
                                               .warmup = 300,
                                               .validate_every = 250},
                                QuickstartPlan{.name = "medium",
                                               .learns = "dates, times, numbers in words, and lists of them",
                                               .kinds = {"date", "time", "date and time", "number in words",
                                                         "ordinal in words", "mixed list"},
                                               .pairs = 20'000,
                                               .width = 128,
                                               .hidden = 256,
                                               .vocabulary = 600,
                                               .updates = 1500,
                                               .batch_tokens = 1024,
                                               .learning_rate = 0.003,
                                               .warmup = 150,
                                               .validate_every = 125},
                                QuickstartPlan{.name = "small",
                                               .learns = "dates, times and numbers in words",
                                               .kinds = {"date", "time", "date and time", "number in words"},
                                               .pairs = 10'000,
                                               .width = 64,
                                               .hidden = 256,
                                               .vocabulary = 500,
                                               .updates = 1500,
                                               .batch_tokens = 512,
                                               .learning_rate = 0.004,
                                               .warmup = 100,
                                               .validate_every = 125}};
  return plans;
}

RunOptions QuickstartPlan::run_options(double good_enough) const {
  RunOptions run;
  run.model.preset = "tiny";
  run.model.set("width", width).set("hidden", hidden);
  run.model.set("encoder_layers", 2).set("decoder_layers", 2).set("dropout", 0.0);
  run.tokenizer.vocabulary_size = vocabulary;
  run.tokenizer.character_coverage = 1;  // every letter of a small alphabet
  run.tokenizer.split_digits = true;
  run.training.updates = updates;
  run.training.batch_tokens = batch_tokens;
  run.training.learning_rate = learning_rate;
  run.training.warmup = warmup;
  run.training.schedule = ScheduleKind::linear;
  run.training.average_checkpoints = 0;
  run.training.validate_every = validate_every;
  run.training.patience = 0;
  run.training.metric = "exact_match";
  run.training.stop_at = good_enough;
  return run;
}

double QuickstartPlan::measured_update_seconds(Backend& backend) const {
  return measured_step_seconds(
      {.model = run_options(0).model, .vocabulary = vocabulary, .batch_tokens = batch_tokens}, backend);
}

const QuickstartPlan& plan_of(QuickstartSize size) {
  return *std::ranges::find(quickstart_plans(), enum_name(size), &QuickstartPlan::name);
}

const QuickstartPlan& fitting_plan(std::span<const QuickstartPlan> plans, double seconds,
                                   const std::function<double(const QuickstartPlan&)>& seconds_per_update) {
  for (const QuickstartPlan& plan : plans.first(plans.size() - 1))
    if (static_cast<double>(plan.updates) * seconds_per_update(plan) <= seconds) return plan;
  return plans.back();
}

}  // namespace heed
