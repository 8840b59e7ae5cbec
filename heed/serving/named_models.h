#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/service/generator.h"
#include "heed/text_classifier/text_classifier.h"

namespace heed {

/// A model that is called by its name: the last part of its folder's.
struct NamedModel {
  std::string name;
  std::string task;  // "text-generation", "text-classification"
  std::filesystem::path folder;
  std::int64_t created = 0;                              // seconds since 1970: when its weights were written
  std::shared_ptr<const Generator> generator = nullptr;  // of a language model
  std::shared_ptr<const TextClassifier> classifier = nullptr;  // of a classifier
};

/// Language models and classifiers that are served: opened at the start, and anew when asked to. Whoever has
/// one keeps it until done. Safe to be used by any thread.
class NamedModels {
 public:
  /// ConfigError where two have one name or a folder's task is another; what opening them throws. `backend`
  /// must outlive all.
  NamedModels(const std::vector<std::filesystem::path>& folders, Backend& backend,
              std::optional<DataType> precision);

  /// Opens all of them anew. Those of before serve on where that fails, and what failed is thrown.
  void reload();

  /// By its name; none where no model has it. Where there is one of a task, it needs no name.
  std::optional<NamedModel> find(std::string_view name, std::string_view task) const;
  std::vector<NamedModel> all() const;

 private:
  std::vector<NamedModel> opened() const;

  std::vector<std::filesystem::path> folders_;
  Backend& backend_;
  std::optional<DataType> precision_;
  mutable std::mutex mutex_;
  std::vector<NamedModel> models_;
};

/// The name that a model's folder gives it.
std::string model_name(const std::filesystem::path& folder);

}  // namespace heed
