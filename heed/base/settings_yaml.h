#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "heed/base/settings.h"

namespace heed {

/// Told each former name that a file uses: "config run.yaml:3: accumulate is now called
/// gradient_accumulation".
using RenameNotice = std::function<void(const std::string& notice)>;

/// Sets what a YAML file names, by former names too, and leaves the rest. ConfigError with file and line for
/// unknown keys, settings given twice and values that do not fit. For a file that a person wrote, `notice` is
/// told the names to correct.
void set_from_yaml_file(const Settings& settings, const std::filesystem::path& file,
                        const RenameNotice& notice = {});
/// The same from text; `where` stands for the file's name in messages.
void set_from_yaml_text(const Settings& settings, const std::string& text, std::string_view where,
                        const RenameNotice& notice = {});

/// The text of one key of a YAML file whose other keys do not matter; nothing if it is not there, or the file
/// cannot be read.
std::optional<std::string> text_in_yaml_file(const std::filesystem::path& file, const std::string& key);

/// All settings as a YAML file that a person can edit: each under its help line.
std::string yaml_text(const Settings& settings);

}  // namespace heed
