#include "heed/checkpoint/generation_settings.h"

#include "heed/base/settings.h"
#include "heed/checkpoint/settings_file.h"

namespace heed {
namespace {

std::filesystem::path generation_settings_file(const std::filesystem::path& folder) {
  return folder / "generation.json";
}

}  // namespace

void save_generation_settings(const std::filesystem::path& folder, GenerationSettings settings) {
  save_settings_file(generation_settings_file(folder), settings_of(settings));
}

GenerationSettings load_generation_settings(const std::filesystem::path& folder) {
  GenerationSettings settings;
  load_settings_file(generation_settings_file(folder), settings_of(settings));
  return settings;
}

}  // namespace heed
