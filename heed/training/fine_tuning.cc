#include "heed/training/fine_tuning.h"

#include "heed/base/error.h"
#include "heed/base/settings.h"

namespace heed {
namespace {

[[noreturn]] void refuse(const std::string& where, const std::string& name, const std::string& model,
                         const std::string& asked) {
  throw ConfigError(
      message(where, ": the model has ", name, " ", model, ", but ", asked,
              " is asked for; a model that is trained further keeps its sizes and its tokenizer: "
              "leave it away, or train a new model without --from"));
}

}  // namespace

ModelConfig config_of_further(const ModelConfig& model, const ModelOptions& options,
                              const std::string& where) {
  ModelConfig config = options.with_dropouts(model), asked = options.like(config);
  if (architecture_of(config) != architecture_of(asked))
    refuse(where, "architecture", std::string(enum_name(architecture_of(config))),
           std::string(enum_name(architecture_of(asked))));
  const Settings has = settings_of(config), wanted = settings_of(asked);
  for (std::size_t i = 0; i < has.size(); ++i) {
    const std::string is = shown(has[i].get()), asks = shown(wanted[i].get());
    if (is != asks) refuse(where, has[i].name, is, asks);
  }
  return config;
}

void require_tokenizer_of(const TokenizerConfig& model, const TokenizerConfig& options,
                          const std::string& where) {
  TokenizerConfig has = model, asked = options, usual;
  const Settings of_model = settings_of(has), wanted = settings_of(asked), defaults = settings_of(usual);
  for (std::size_t i = 0; i < of_model.size(); ++i) {
    const std::string is = shown(of_model[i].get()), asks = shown(wanted[i].get());
    if (asks != shown(defaults[i].get()) && asks != is) refuse(where, of_model[i].name, is, asks);
  }
}

}  // namespace heed
