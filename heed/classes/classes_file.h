#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "heed/base/settings.h"

namespace heed {

// classes.json tells beside a model's config what its classes are called, and how inputs are prepared for it.

/// Writes labels, in the order of their bytes, and preparation. Whole or not at all, with a checksum.
void save_classes(const std::filesystem::path& folder, const std::vector<std::string>& labels,
                  const Settings& preparation);

/// The labels; sets the preparation. CheckpointError or FileError, saying which file and why, if it is
/// missing or damaged, or if its labels are not two or more in the order of their bytes.
std::vector<std::string> load_classes(const std::filesystem::path& folder, const Settings& preparation);

/// CheckpointError if the labels are not as many as the classes of the model beside them.
void require_labels_of_model(const std::filesystem::path& folder, const std::vector<std::string>& labels,
                             Index classes_of_model);

}  // namespace heed
