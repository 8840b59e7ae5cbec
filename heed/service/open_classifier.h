#pragma once
#include <filesystem>
#include <memory>

#include "heed/backend/backend.h"
#include "heed/text_classifier/text_classifier.h"

namespace heed {

/// The classifier in a folder, of whatever kind it says: a bag of words, or a network that computes with
/// `backend`, which must outlive it. CheckpointError or FileError, saying which file and why, if the folder
/// holds none.
std::unique_ptr<TextClassifier> open_classifier(const std::filesystem::path& folder, Backend& backend);

}  // namespace heed
