#pragma once
#include <any>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heed/base/settings.h"
#include "heed/model/image_input.h"
#include "heed/nn/parameters.h"

namespace heed {

class Model;

/// What every model has, whatever it is made of.
struct ModelSizes {
  Index inputs = 0;            // input vocabulary
  Index outputs = 0;           // output vocabulary, or classes
  Index width = 0;             // of a token's vector
  Index longest_sequence = 0;  // in tokens, BOS or EOS included
  ImageInput images = {};      // as it sees them, if it sees any
  bool reads_bos = false;      // what it reads begins with BOS, as BERT's input with [CLS]
};

/// What a model's sizes must be for its data.
struct Vocabularies {
  Index inputs = 0, outputs = 0;
  bool joint = false;  // inputs and outputs are tokens of one vocabulary
  Index context = 0;   // tokens of the longest sequence that a decoder-only model is to see; 0: as it likes
  ImageInput images = {};  // that a model is to see; what is 0 is as it likes
};

/// The choices of a model with their names, for people: "heads" and "4", say.
using ModelFacts = std::vector<std::pair<std::string, std::string>>;

/// What makes a kind of model known to heed: one entry of architectures(). A config struct C with one
/// fields() list holds its sizes and choices; everything else finds them through the entry.
struct Architecture {
  /// What the model can do: the name of its abstract class, such as "encoder-decoder".
  std::string_view family;
  /// Its name in config.json and on the command line, unique in its family: "transformer".
  std::string_view name;
  /// For people: "encoder-decoder Transformer".
  std::string_view kind;
  /// Names of sizes to start from, smallest first; the first is the default. Empty: there is one default.
  std::vector<std::string_view> presets;

  /// The config of a preset, or of the defaults for an empty name. ConfigError for other names.
  std::any (*defaults)(const Architecture&, std::string_view preset);
  Settings (*settings)(std::any& config);
  ModelSizes (*sizes)(const std::any& config);
  void (*fit)(std::any& config, const Vocabularies&);
  /// ConfigError if the numbers do not fit each other.
  void (*validate)(const std::any& config);
  std::string (*summary)(const std::any& config);
  ModelFacts (*facts)(const std::any& config);
  std::unique_ptr<Model> (*make)(const std::any& config, ParameterSource&, ParameterStore::Purpose,
                                 const Placement&);
};

/// All that heed knows, by family; the first of a family is its default.
std::span<const Architecture* const> architectures();
/// ConfigError, listing those of the family, for a name that is not known.
const Architecture& find_architecture(std::string_view family, std::string_view name);

/// The config struct in an entry's config.
template <ConfigStruct C>
const C& config_in(const std::any& config) {
  return *std::any_cast<C>(&config);
}

/// The entry of a config struct C (with fields(), sizes(), fit(), summary(), facts() and validate(C)) and the
/// model M that is made of it. `defaults` gives the config of a preset.
template <ConfigStruct C, class M>
Architecture architecture_entry(std::string_view family, std::string_view name, std::string_view kind,
                                std::vector<std::string_view> presets,
                                std::any (*defaults)(const Architecture&, std::string_view preset)) {
  return {
      .family = family,
      .name = name,
      .kind = kind,
      .presets = std::move(presets),
      .defaults = defaults,
      .settings = [](std::any& config) { return settings_of(*std::any_cast<C>(&config)); },
      .sizes = [](const std::any& config) { return config_in<C>(config).sizes(); },
      .fit = [](std::any& config, const Vocabularies& v) { std::any_cast<C>(&config)->fit(v); },
      .validate = [](const std::any& config) { validate(config_in<C>(config)); },
      .summary = [](const std::any& config) { return config_in<C>(config).summary(); },
      .facts = [](const std::any& config) { return config_in<C>(config).facts(); },
      .make = [](const std::any& config, ParameterSource& source, ParameterStore::Purpose purpose,
                 const Placement& placement) -> std::unique_ptr<Model> {
        return std::make_unique<M>(config_in<C>(config), source, purpose, placement);
      },
  };
}

}  // namespace heed
