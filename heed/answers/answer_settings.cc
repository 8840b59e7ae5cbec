#include "heed/answers/answer_settings.h"

#include "heed/base/settings.h"
#include "heed/checkpoint/settings_file.h"

namespace heed {
namespace {

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "answers.json"; }

}  // namespace

void save_answer_settings(const std::filesystem::path& folder, AnswerSettings settings, KnownAnswers known) {
  save_settings_file(file_in(folder), settings_of(settings, known));
}

LoadedAnswerSettings load_answer_settings(const std::filesystem::path& folder) {
  LoadedAnswerSettings loaded;
  load_settings_file(file_in(folder), settings_of(loaded.settings, loaded.known));
  return loaded;
}

}  // namespace heed
