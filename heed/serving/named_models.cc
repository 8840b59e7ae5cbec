#include "heed/serving/named_models.h"

#include <algorithm>
#include <chrono>

#include "heed/base/any_bytes.h"
#include "heed/service/open_classifier.h"
#include "heed/service/open_predictor.h"

namespace heed {
namespace {

std::int64_t written_at(const std::filesystem::path& folder) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(folder, error);
  if (error) return 0;
  const auto system = std::chrono::file_clock::to_sys(time);
  return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

}  // namespace

std::string model_name(const std::filesystem::path& folder) {
  const std::filesystem::path whole = std::filesystem::absolute(folder).lexically_normal();
  return utf8_of((whole.has_filename() ? whole : whole.parent_path()).filename().string());
}

NamedModels::NamedModels(const std::vector<std::filesystem::path>& folders, Backend& backend,
                         std::optional<DataType> precision)
    : folders_(folders), backend_(backend), precision_(precision), models_(opened()) {}

std::vector<NamedModel> NamedModels::opened() const {
  std::vector<NamedModel> models;
  for (const std::filesystem::path& folder : folders_) {
    NamedModel model{.name = model_name(folder),
                     .task = task_of_model(folder),
                     .folder = folder,
                     .created = written_at(folder)};
    for (const NamedModel& other : models)
      require<ConfigError>(other.name != model.name, folder.string(), ": ", other.folder.string(),
                           " is called ", model.name, ", too; clients could not tell them apart: rename one");
    if (model.task == "text-generation")
      model.generator = std::make_shared<const Generator>(folder, backend_, precision_);
    else if (model.task == "text-classification")
      model.classifier = open_classifier(folder, backend_);
    else
      throw ConfigError(message(folder.string(), ": a model for ", model.task, " has no name of its own"));
    models.push_back(std::move(model));
  }
  return models;
}

void NamedModels::reload() {
  auto models = opened();
  const std::lock_guard lock(mutex_);
  models_ = std::move(models);
}

std::optional<NamedModel> NamedModels::find(std::string_view name, std::string_view task) const {
  const std::lock_guard lock(mutex_);
  const NamedModel* found = nullptr;
  Index of_task = 0;
  for (const NamedModel& model : models_) {
    if (model.task != task) continue;
    ++of_task;
    if (name.empty() || model.name == name) found = &model;
  }
  if (!found || (name.empty() && of_task > 1)) return std::nullopt;
  return *found;
}

std::vector<NamedModel> NamedModels::all() const {
  const std::lock_guard lock(mutex_);
  return models_;
}

}  // namespace heed
