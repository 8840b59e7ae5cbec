#include "heed/checkpoint/generation_settings.h"

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/settings_json.h"

namespace heed {
namespace {

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "generation.json"; }

}  // namespace

void save_generation_settings(const std::filesystem::path& folder, GenerationSettings settings) {
  write_file(file_in(folder), json_text(settings_of(settings)));
}

GenerationSettings load_generation_settings(const std::filesystem::path& folder) {
  GenerationSettings settings;
  if (!std::filesystem::exists(file_in(folder))) return settings;
  try {
    set_from_json_text(settings_of(settings), read_file(file_in(folder)), file_in(folder).string());
  } catch (const ConfigError& error) {
    throw CheckpointError(error.what());
  }
  return settings;
}

}  // namespace heed
