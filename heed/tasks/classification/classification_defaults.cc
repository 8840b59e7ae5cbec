#include "heed/tasks/classification/classification_defaults.h"

namespace heed {

void set_classification_defaults(TrainingConfig& training) {
  training.epochs = 30;
  training.batch_tokens = 1024;
  training.learning_rate = 5e-4;
  training.warmup = 100;
  training.schedule = ScheduleKind::constant;
  training.validate_every = 0;
  training.patience = 5;
  training.average_checkpoints = 0;
  training.moving_average_epochs = 0.7;
  training.precision = TrainingPrecision::float32;
}

}  // namespace heed
