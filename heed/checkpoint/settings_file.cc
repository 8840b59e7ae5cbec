#include "heed/checkpoint/settings_file.h"

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/settings_json.h"

namespace heed {

void save_settings_file(const std::filesystem::path& file, const Settings& settings) {
  write_file(file, json_text(settings));
}

void load_settings_file(const std::filesystem::path& file, const Settings& settings) {
  if (!std::filesystem::exists(file)) return;
  try {
    set_from_json_text(settings, read_file(file), file.string());
  } catch (const ConfigError& error) {
    throw CheckpointError(error.what());
  }
}

}  // namespace heed
