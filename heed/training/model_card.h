#pragma once
#include <string>

#include "heed/training/task.h"
#include "heed/training/trainer.h"

namespace heed {

/// The card of a trained model, in Markdown: what it is, how well it does, what it was made with.
std::string model_card(const Task& task, const TrainingOutcome& outcome, const ModelConfig& config,
                       const Settings& options);

}  // namespace heed
