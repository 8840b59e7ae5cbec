#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "heed/base/fields.h"
#include "heed/ngram/vocabulary.h"
#include "heed/safetensors/safetensors.h"

namespace heed {

/// What a classifier's folder says that it holds: its architecture.
enum class ClassifierKind { bag_of_words };
template <>
struct EnumNames<ClassifierKind> {
  static constexpr std::array names{std::pair{"bag-of-words", ClassifierKind::bag_of_words}};
};

/// What a classifier's config.json says.
struct ClassifierConfig {
  ClassifierKind kind;
  std::vector<std::string> labels;  // two or more, in the order of their bytes
  nlohmann::ordered_json choices;   // what the kind adds
};

/// A classifier's folder holds config.json, vocabulary.txt (a word or n-gram a line, by its number) and
/// model.safetensors, which has a checksum of the other two. Each is written whole or not at all. FileError
/// if the folder holds a model that is no classifier.
void save_classifier(const std::filesystem::path& folder, const ClassifierConfig& config,
                     const Vocabulary& vocabulary, const TensorMap& tensors);

/// Whether the folder's config.json is that of a bag of words. CheckpointError if it is one of the networks
/// that heed trained before they were models like others: they have to be trained again.
bool holds_bag_of_words(const std::filesystem::path& folder);

/// Such a folder, opened and checked. CheckpointError or FileError, saying which file and why, if it holds no
/// classifier, or files that do not belong together.
class ClassifierFolder {
 public:
  explicit ClassifierFolder(const std::filesystem::path& folder);

  ClassifierKind kind() const { return config_.kind; }
  const std::vector<std::string>& labels() const { return config_.labels; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  const SafetensorsFile& tensors() const { return tensors_; }
  /// model.safetensors with its path, for messages.
  const std::string& tensors_name() const { return tensors_name_; }

  /// CheckpointError unless it is of this kind.
  void require_kind(ClassifierKind kind) const;

  /// What read(choices, where) makes of the config; errors of JSON and settings become CheckpointErrors.
  template <class Read>
  auto choices(const Read& read) const {
    try {
      return read(config_.choices, config_name_);
    } catch (const nlohmann::json::exception& error) {
      throw CheckpointError(message(config_name_, ": is damaged: ", error.what()));
    } catch (const ConfigError& error) {
      throw CheckpointError(error.what());
    }
  }

 private:
  std::string config_name_, tensors_name_;
  ClassifierConfig config_;
  Vocabulary vocabulary_;
  SafetensorsFile tensors_;
};

}  // namespace heed
