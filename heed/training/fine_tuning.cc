#include "heed/training/fine_tuning.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/base/settings.h"
#include "heed/base/settings_yaml.h"

namespace heed {
namespace {

/// A path as it is told apart from others, wherever it leads to by now.
std::filesystem::path plain(const std::filesystem::path& path) {
  std::error_code error;
  const auto found = std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  return error ? path.lexically_normal() : found / "";  // "model" is "model/"
}

}  // namespace

void require_same_start(const std::filesystem::path& options, const StartOptions& asked,
                        const std::string& where) {
  const auto before = text_in_yaml_file(options, "from");
  if (!before || asked.from.empty() || plain(*before) == plain(asked.from)) return;
  throw ConfigError(message(where, ": the run began with ", before->empty() ? "a new model" : *before,
                            ", now --from ", asked.from.string(),
                            " is asked for, but a run that goes on has its own weights: omit --from, or "
                            "train in another folder"));
}

void refuse_change_of_model(const std::string& where, const std::string& name, const std::string& model,
                            const std::string& asked) {
  throw ConfigError(
      message(where, ": the model has ", name, " ", model, ", but ", asked,
              " is asked for; a model that is trained further keeps its sizes and its tokenizer: "
              "omit it, or train a new model without --from"));
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

ModelConfig config_of_other_family(const ModelConfig& model, const ModelOptions& options,
                                   const Vocabularies& vocabularies, const std::string& where) {
  ModelConfig config = options.over(model), asked = options.like(config), its = model;
  const std::string_view is = config.architecture().name, asks = asked.architecture().name;
  if (is != asks) refuse_change_of_model(where, "architecture", std::string(is), std::string(asks));
  const Settings has = config.settings(), wanted = asked.settings(), taken = its.settings();
  for (std::size_t i = 0; i < has.size(); ++i) {
    const std::string now = shown(has[i].get()), then = shown(wanted[i].get());
    if (now == then) continue;
    const bool taken_over = std::ranges::find(taken, has[i].name, &Setting::name) != taken.end();
    if (taken_over && !is_dropout(has[i].name)) refuse_change_of_model(where, has[i].name, now, then);
    has[i].set(wanted[i].get(), has[i].name);
  }
  require<ConfigError>(vocabularies.inputs == model.sizes().inputs, where, ": the model has a vocabulary of ",
                       model.sizes().inputs, ", but its tokenizer one of ", vocabularies.inputs,
                       "; copy the whole folder again");
  config.fit(vocabularies);
  validate(config);
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
