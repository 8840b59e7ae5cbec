#include "heed/training/fine_tuning.h"

#include "heed/base/error.h"
#include "heed/base/settings.h"

namespace heed {

void refuse_change_of_model(const std::string& where, const std::string& name, const std::string& model,
                            const std::string& asked) {
  throw ConfigError(
      message(where, ": the model has ", name, " ", model, ", but ", asked,
              " is asked for; a model that is trained further keeps its sizes and its tokenizer: "
              "leave it away, or train a new model without --from"));
}

ModelConfig config_of_further(const ModelConfig& model, const ModelOptions& options,
                              const std::string& where) {
  ModelConfig config = options.with_dropouts(model), asked = options.like(config);
  const std::string_view is = config.architecture().name, asks = asked.architecture().name;
  if (is != asks) refuse_change_of_model(where, "architecture", std::string(is), std::string(asks));
  const Settings has = config.settings(), wanted = asked.settings();
  for (std::size_t i = 0; i < has.size(); ++i) {
    const std::string now = shown(has[i].get()), then = shown(wanted[i].get());
    if (now != then) refuse_change_of_model(where, has[i].name, now, then);
  }
  return config;
}

void require_settings_of_model(const Settings& model, const Settings& options, const Settings& defaults,
                               const std::string& where) {
  for (std::size_t i = 0; i < model.size(); ++i) {
    const std::string is = shown(model[i].get()), asks = shown(options[i].get());
    if (asks != shown(defaults[i].get()) && asks != is)
      refuse_change_of_model(where, model[i].name, is, asks);
  }
}

}  // namespace heed
