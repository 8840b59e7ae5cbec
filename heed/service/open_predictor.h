#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "heed/backend/backend.h"
#include "heed/service/predictor.h"
#include "heed/service/predictor_options.h"

namespace heed {

/// What the model in a folder is for: "translation", say, or "text-classification", of a bag of words too.
/// CheckpointError if the folder holds no model.
std::string task_of_model(const std::filesystem::path& folder);

/// The model in a folder, whatever it is for. `backend` must outlive it. CheckpointError or FileError, saying
/// which file and why, if the folder holds none.
std::unique_ptr<Predictor> open_predictor(const std::filesystem::path& folder, Backend& backend,
                                          const PredictorOptions& options = {});

}  // namespace heed
