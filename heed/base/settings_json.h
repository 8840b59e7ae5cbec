#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "heed/base/settings.h"

namespace heed {

/// Settings as a JSON object in their own order, groups as objects inside it.
nlohmann::ordered_json to_json(const Settings& settings);
/// Sets what the JSON object names, by former names too, and leaves the rest. ConfigError, starting with
/// `where`, for unknown keys, settings given under two names and values that do not fit.
void set_from_json(const Settings& settings, const nlohmann::ordered_json& json, std::string_view where);

/// The same as indented text, for those who embed it nowhere.
std::string json_text(const Settings& settings);
void set_from_json_text(const Settings& settings, std::string_view text, std::string_view where);

/// An ordered_json, of which the caller has to include the definition.
template <ConfigStruct Config>
auto to_json(Config config) {
  return to_json(settings_of(config));
}

template <ConfigStruct Config>
Config from_json(const nlohmann::ordered_json& json, std::string_view where) {
  Config config;
  set_from_json(settings_of(config), json, where);
  return config;
}

}  // namespace heed
