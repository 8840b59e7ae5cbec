#include "heed/checkpoint/model_languages.h"

#include "heed/base/settings.h"
#include "heed/checkpoint/settings_file.h"

namespace heed {
namespace {

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "languages.json"; }

}  // namespace

void save_model_languages(const std::filesystem::path& folder, ModelLanguages languages) {
  save_settings_file(file_in(folder), settings_of(languages));
}

ModelLanguages load_model_languages(const std::filesystem::path& folder) {
  ModelLanguages languages;
  load_settings_file(file_in(folder), settings_of(languages));
  return languages;
}

}  // namespace heed
