#pragma once
#include <filesystem>

#include "heed/base/fields.h"
#include "heed/model/model_options.h"

namespace heed {

/// What training starts from.
struct StartOptions {
  std::filesystem::path from;

  static constexpr std::string_view title = "Start";
  static constexpr auto fields() {
    return std::tuple(field(
        "from", &StartOptions::from,
        "folder of a model to fine-tune on other data, or for a task that can start from it: its weights, "
        "sizes and tokenizer are taken over"));
  }
};

/// The config of a model that is trained further: the model's, with another dropout where that is asked for.
/// ConfigError, beginning with `where`, if options ask for other sizes than it has.
ModelConfig config_of_further(const ModelConfig& model, const ModelOptions& options,
                              const std::string& where);

/// The config of a model for another task than that of the model that it starts from, and of another family:
/// what both have is as that model has it, what is new as options ask for. `vocabularies` are those of the
/// data. ConfigError, beginning with `where`, as of config_of_further.
ModelConfig config_of_other_family(const ModelConfig& model, const ModelOptions& options,
                                   const Vocabularies& vocabularies, const std::string& where);

/// A run that goes on has its own weights. ConfigError if it is asked to start from another model than it
/// began with; that one may be gone by now. `options` is the file of the run's options.
void require_same_start(const std::filesystem::path& options, const StartOptions& asked,
                        const std::string& where);

/// ConfigError: a model that is trained further keeps its sizes and its tokenizer.
[[noreturn]] void refuse_change_of_model(const std::string& where, const std::string& name,
                                         const std::string& model, const std::string& asked);

/// The same for the settings of a part that a model is trained further with, such as its tokenizer: those
/// that differ from their defaults were asked for.
void require_settings_of_model(const Settings& model, const Settings& options, const Settings& defaults,
                               const std::string& where);

}  // namespace heed
