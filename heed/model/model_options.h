#pragma once
#include <map>
#include <optional>
#include <string>

#include "heed/model/model_config.h"

namespace heed {

/// What somebody asks of a new model: an architecture of a family, a preset of it, and what is to differ from
/// that. What may differ is what the architectures' config structs list in fields().
class ModelOptions {
 public:
  explicit ModelOptions(std::string_view family = "encoder-decoder") : family_(family) {}

  std::optional<std::string> architecture, preset;

  /// Asks for a value of the config's field of this name.
  template <class T>
  ModelOptions& set(std::string_view name, const T& value) {
    overrides_.insert_or_assign(std::string(name), field_value(value));
    return *this;
  }
  /// Asks no longer.
  void unset(const std::string& name) { overrides_.erase(name); }

  std::string_view family() const { return family_; }
  /// What can be asked for: `architecture`, `preset` where there are any, and the fields of all architectures
  /// of the family but for vocabularies, which follow from the data. They refer to this object.
  Settings settings();

  /// The config of a model with these vocabularies. ConfigError for options that the architecture does not
  /// have, or that do not fit each other.
  ModelConfig config(const Vocabularies& vocabularies) const;

  /// A config with the dropout rates that are given in place of its own: they may differ from a run to the
  /// next.
  ModelConfig with_dropouts(ModelConfig config) const;
  /// What these options ask for where all that they leave open is as `config` has it; it is of the
  /// architecture that they name, if they name one.
  ModelConfig like(const ModelConfig& config) const;

 private:
  const Architecture& chosen() const;
  void apply(ModelConfig& config) const;

  std::string family_;
  std::map<std::string, FieldValue> overrides_;
};

/// Whether a field may change while a model is trained: its weights do not depend on it.
bool is_dropout(std::string_view field);

}  // namespace heed
