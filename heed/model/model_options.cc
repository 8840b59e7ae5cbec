#include "heed/model/model_options.h"

#include <algorithm>

namespace heed {
namespace {

/// Follows from the data, so that nobody is asked.
bool follows_from_data(std::string_view field) {
  return field.ends_with("vocabulary") || field == "classes" || field == "channels";
}

std::vector<const Architecture*> of_family(std::string_view family) {
  std::vector<const Architecture*> all;
  for (const Architecture* architecture : architectures())
    if (architecture->family == family) all.push_back(architecture);
  return all;
}

ModelConfig defaults_of(const Architecture& architecture, const std::optional<std::string>& preset) {
  require<ConfigError>(!preset || !architecture.presets.empty(), "preset ", preset.value_or(""),
                       " is for other architectures: ", architecture.name, " has none; leave it out");
  return {architecture, architecture.defaults(architecture, preset.value_or(""))};
}

/// "the architectures rnn, lstm": those of the family whose configs have a field of this name.
std::string architectures_with(std::string_view family, std::string_view field) {
  std::vector<std::string> having;
  for (const Architecture* architecture : of_family(family)) {
    ModelConfig config = defaults_of(*architecture, std::nullopt);
    const Settings settings = config.settings();
    if (std::ranges::find(settings, field, &Setting::name) != settings.end())
      having.emplace_back(architecture->name);
  }
  if (having.empty()) return "models of other families";
  return message(having.size() == 1 ? "the architecture " : "the architectures ",
                 settings_detail::listed(having, ", "));
}

/// A setting of a text that is one of some names, or none.
Setting choice(std::string name, std::string help, const std::vector<std::string>& names,
               std::optional<std::string>& value) {
  const std::string expected = message("one of ", settings_detail::listed(names, ", "), ", or none");
  return {.name = std::move(name),
          .heading = "Model",
          .help = std::move(help),
          .expected = expected,
          .symbol = settings_detail::listed(names, "|"),
          .choices = names,
          .usual = field_value(names.front()),
          .get = [&value] { return field_value(value); },
          .set =
              [&value, names, expected](const FieldValue& from, std::string_view where) {
                if (is_none(from)) return value.reset();
                const auto text = as_text(from);
                if (!text || std::ranges::find(names, *text) == names.end())
                  settings_detail::refuse(where, expected, from);
                value = *text;
              }};
}

}  // namespace

bool is_dropout(std::string_view field) { return field.ends_with("dropout"); }

Settings ModelOptions::settings() {
  Settings all;
  std::vector<std::string> names, presets;
  const auto family = of_family(family_);
  for (const Architecture* known : family) {
    names.emplace_back(known->name);
    for (const std::string_view sizes : known->presets)
      if (std::ranges::find(presets, sizes) == presets.end()) presets.emplace_back(sizes);
  }
  all.push_back(choice("architecture", "what the model is made of", names, architecture));
  if (!presets.empty()) all.push_back(choice("preset", "sizes to start from", presets, preset));
  for (const Architecture* known : family) {
    ModelConfig config = defaults_of(*known, std::nullopt);
    for (const Setting& field : config.settings()) {
      const bool listed = std::ranges::any_of(all, [&](const Setting& s) { return s.name == field.name; });
      if (listed || follows_from_data(field.name)) continue;
      // The value is held as it is given, once a config of the architecture has accepted it.
      all.push_back({.name = field.name,
                     .heading = "Model",
                     .help = field.help,
                     .expected = field.expected,
                     .symbol = field.symbol,
                     .choices = field.choices,
                     .former = field.former,
                     .kind = field.kind,
                     .free_text = field.free_text,
                     .get =
                         [this, name = field.name] {
                           const auto found = overrides_.find(name);
                           return found == overrides_.end() ? FieldValue{} : found->second;
                         },
                     .set =
                         [this, known, name = field.name](const FieldValue& from, std::string_view where) {
                           ModelConfig tried = defaults_of(*known, std::nullopt);
                           const Settings its = tried.settings();
                           const Setting& setting = find_setting(its, name, where);
                           if (is_none(from) && !setting.is_choice(from)) return unset(name);
                           setting.set(from, where);
                           overrides_.insert_or_assign(name, setting.get());
                         }});
    }
  }
  for (Setting& setting : all)
    if (const FieldValue* value = default_of(setting.name)) setting.usual = *value;
  return all;
}

ModelOptions& ModelOptions::set_default_value(std::string_view name, const FieldValue& value) {
  ModelOptions tried(family_);
  find_setting(tried.settings(), name, "default").set(value, name);
  defaults_.insert_or_assign(std::string(name), value);
  return *this;
}

const FieldValue* ModelOptions::default_of(std::string_view name) const {
  const auto found = defaults_.find(name);
  return found == defaults_.end() ? nullptr : &found->second;
}

const Architecture& ModelOptions::chosen() const {
  if (architecture) return find_architecture(family_, *architecture);
  const FieldValue* usual = default_of("architecture");
  return usual ? find_architecture(family_, *as_text(*usual)) : *of_family(family_).front();
}

std::optional<std::string> ModelOptions::chosen_preset() const {
  const FieldValue* usual = default_of("preset");
  if (preset || !usual) return preset;
  const auto name = as_text(*usual);
  const std::vector<std::string_view>& known = chosen().presets;
  return std::ranges::find(known, *name) == known.end() ? std::nullopt : name;
}

void ModelOptions::apply(ModelConfig& config) const {
  const Settings settings = config.settings();
  for (const auto& [name, value] : overrides_) {
    const auto found = std::ranges::find(settings, name, &Setting::name);
    require<ConfigError>(found != settings.end(), name, " is for ", architectures_with(family_, name),
                         "; a model of architecture ", config.architecture().name, " has none: leave it out");
    found->set(value, name);
  }
}

ModelConfig ModelOptions::config(const Vocabularies& vocabularies) const {
  ModelConfig config = defaults_of(chosen(), chosen_preset());
  config.fit(vocabularies);
  for (const Setting& setting : config.settings())
    if (const FieldValue* usual = default_of(setting.name)) setting.set(*usual, setting.name);
  apply(config);
  validate(config);
  return config;
}

ModelConfig ModelOptions::with_dropouts(ModelConfig config) const {
  for (const Setting& setting : config.settings()) {
    const auto given = overrides_.find(setting.name);
    if (is_dropout(setting.name) && given != overrides_.end()) setting.set(given->second, setting.name);
  }
  return config;
}

ModelConfig ModelOptions::over(const ModelConfig& other) const {
  ModelConfig config = defaults_of(find_architecture(family_, other.architecture().name), std::nullopt),
              from = other;
  const Settings has = from.settings();
  for (const Setting& setting : config.settings()) {
    const auto same = std::ranges::find(has, setting.name, &Setting::name);
    if (same != has.end())
      setting.set(same->get(), setting.name);
    else if (const FieldValue* usual = default_of(setting.name))
      setting.set(*usual, setting.name);
  }
  return config;
}

ModelConfig ModelOptions::like(const ModelConfig& config) const {
  ModelConfig asked = config;
  const bool other = architecture && *architecture != config.architecture().name;
  if (other) asked = defaults_of(chosen(), std::nullopt);
  if (preset) {
    // A preset says nothing of vocabularies, kinds and dropouts: only sizes are its own.
    ModelConfig sizes = defaults_of(asked.architecture(), preset);
    const Settings from = sizes.settings(), to = asked.settings();
    for (std::size_t i = 0; i < to.size(); ++i)
      if (as_index(from[i].get()) && !follows_from_data(to[i].name) && to[i].name != "maximum_positions")
        to[i].set(from[i].get(), to[i].name);
  }
  apply(asked);
  return asked;
}

}  // namespace heed
