#pragma once
#include <filesystem>

#include "heed/base/settings.h"

namespace heed {

/// Settings as a JSON file of a model's folder.
void save_settings_file(const std::filesystem::path& file, const Settings& settings);

/// Sets what the file says; all stays as it is if there is none. CheckpointError if it is damaged.
void load_settings_file(const std::filesystem::path& file, const Settings& settings);

}  // namespace heed
