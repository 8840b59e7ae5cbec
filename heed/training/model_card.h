#pragma once
#include <string>

#include "heed/training/training_run.h"

namespace heed {

/// What a person should know of a model: where it comes from, how good it is and how it was made, in
/// Markdown.
std::string model_card(const TrainingOutcome& outcome, RunOptions options, const ModelConfig& config,
                       const Examples& examples);

}  // namespace heed
