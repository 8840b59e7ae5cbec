#pragma once
#include <optional>
#include <stdexcept>

#include "heed/model/architecture.h"

namespace heed {

/// An architecture, with the sizes and choices of one model of it. A value.
class ModelConfig {
 public:
  ModelConfig(const Architecture& architecture, std::any config)
      : architecture_(&architecture), config_(std::move(config)) {}
  /// A config struct whose architecture is found by architecture_of(config).
  template <ConfigStruct C>
  ModelConfig(const C& config) : ModelConfig(architecture_of(config), std::any(config)) {}

  const Architecture& architecture() const { return *architecture_; }
  /// The config struct of the architecture. std::logic_error for another.
  template <ConfigStruct C>
  const C& as() const {
    const C* config = std::any_cast<C>(&config_);
    if (!config) throw std::logic_error(message("config of ", architecture_->name, " asked for as another"));
    return *config;
  }

  /// Its own settings; they refer to this object.
  Settings settings() { return architecture_->settings(config_); }
  /// The value of its field of this name; nothing if it has none.
  template <class T>
  std::optional<T> value(std::string_view field) const {
    ModelConfig copy = *this;
    for (const Setting& setting : copy.settings())
      if (setting.name == field) return settings_detail::read<T>(setting.get(), {});
    return std::nullopt;
  }
  ModelSizes sizes() const { return architecture_->sizes(config_); }
  void fit(const Vocabularies& vocabularies) { architecture_->fit(config_, vocabularies); }
  /// "4+4 layers, width 128, hidden 256, 4 heads"
  std::string summary() const { return architecture_->summary(config_); }
  ModelFacts facts() const { return architecture_->facts(config_); }

  std::unique_ptr<Model> make(ParameterSource& source, ParameterStore::Purpose purpose,
                              const Placement& placement) const;

  friend void validate(const ModelConfig& config) { config.architecture_->validate(config.config_); }

 private:
  const Architecture* architecture_;
  std::any config_;
};

}  // namespace heed
