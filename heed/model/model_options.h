#pragma once
#include <map>
#include <optional>
#include <string>

#include "heed/model/model_config.h"

namespace heed {

/// What somebody asks of a new model: an architecture of a family, a preset of it, and what is to differ from
/// that. What may differ is what the architectures' config structs list in fields(). A preset is less than a
/// default that was set, and that less than what is asked for.
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

  /// The value of a setting unless another is asked for; nothing to architectures that lack it. It is not
  /// asked for: a model that is trained further keeps its own. ConfigError for a value that does not fit.
  template <class T>
  ModelOptions& set_default(std::string_view name, const T& value) {
    return set_default_value(name, field_value(value));
  }

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
  /// The config of a model of this family that is made from one of another: the architecture that has the
  /// same name here, all fields that both have as there, the others as they are by default. ConfigError if
  /// the family has no such architecture.
  ModelConfig over(const ModelConfig& other) const;
  /// What these options ask for where all that they leave open is as `config` has it; it is of the
  /// architecture that they name, if they name one.
  ModelConfig like(const ModelConfig& config) const;

 private:
  ModelOptions& set_default_value(std::string_view name, const FieldValue& value);
  const FieldValue* default_of(std::string_view name) const;
  const Architecture& chosen() const;
  std::optional<std::string> chosen_preset() const;
  void apply(ModelConfig& config) const;

  std::string family_;
  std::map<std::string, FieldValue, std::less<>> overrides_, defaults_;
};

/// Whether a field may change while a model is trained: its weights do not depend on it.
bool is_dropout(std::string_view field);

}  // namespace heed
