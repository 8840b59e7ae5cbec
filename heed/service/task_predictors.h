#pragma once
#include <filesystem>
#include <memory>

#include "heed/backend/backend.h"
#include "heed/service/predictor.h"
#include "heed/service/predictor_options.h"

namespace heed {

// One function a task: a predictor for the model of that task in a folder. `backend` must outlive it.
// CheckpointError or FileError where the model cannot be loaded.

std::unique_ptr<Predictor> translation_predictor(const std::filesystem::path& folder, Backend& backend,
                                                 const PredictorOptions& options);
std::unique_ptr<Predictor> summary_predictor(const std::filesystem::path& folder, Backend& backend,
                                             const PredictorOptions& options);
std::unique_ptr<Predictor> generation_predictor(const std::filesystem::path& folder, Backend& backend,
                                                const PredictorOptions& options);
std::unique_ptr<Predictor> text_class_predictor(const std::filesystem::path& folder, Backend& backend,
                                                const PredictorOptions& options);
std::unique_ptr<Predictor> image_class_predictor(const std::filesystem::path& folder, Backend& backend,
                                                 const PredictorOptions& options);
std::unique_ptr<Predictor> mask_predictor(const std::filesystem::path& folder, Backend& backend,
                                          const PredictorOptions& options);
std::unique_ptr<Predictor> answer_predictor(const std::filesystem::path& folder, Backend& backend,
                                            const PredictorOptions& options);

}  // namespace heed
