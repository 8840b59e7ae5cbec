#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "heed/base/settings.h"

namespace heed {

/// Sets what a YAML file names and leaves the rest. ConfigError with file and line for unknown keys, keys
/// given twice and values that do not fit.
void set_from_yaml_file(const Settings& settings, const std::filesystem::path& file);
/// The same from text; `where` stands for the file's name in messages.
void set_from_yaml_text(const Settings& settings, const std::string& text, std::string_view where);

/// All settings as a YAML file that a person can edit: each under its help line.
std::string yaml_text(const Settings& settings);

}  // namespace heed
