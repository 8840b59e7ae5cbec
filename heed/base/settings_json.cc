#include "heed/base/settings_json.h"

#include <nlohmann/json.hpp>

#include "heed/base/any_bytes.h"
#include "heed/base/json_text.h"

namespace heed {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const FieldValue& value) {
  struct {
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(bool truth) const { return truth; }
    Json operator()(Index number) const { return number; }
    Json operator()(double number) const { return number; }
    Json operator()(const std::string& text) const { return utf8_of(text); }
    Json operator()(const FieldValue::Plain& word) const { return utf8_of(word.text); }
    Json operator()(FieldValue::Mapping) const { return Json::object(); }
    Json operator()(const FieldValue::List& list) const {
      Json array = Json::array();
      for (const FieldValue& item : list) array.push_back(json_of(item));
      return array;
    }
  } convert;
  return std::visit(convert, value.value);
}

// No setting is a list of lists of lists; a hostile file nests until the stack ends.
constexpr int deepest_list = 16;

/// ConfigError for lists within lists beyond any use.
FieldValue value_of(const Json& json, std::string_view where, int depth = 0) {
  switch (json.type()) {
    case Json::value_t::null:
      return {};
    case Json::value_t::boolean:
      return {json.get<bool>()};
    case Json::value_t::number_integer:
      return {json.get<Index>()};
    case Json::value_t::number_unsigned:
      if (json.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<Index>::max()))
        return {json.get<Index>()};
      return {json.get<double>()};
    case Json::value_t::number_float:
      return {json.get<double>()};
    case Json::value_t::string:
      return {bytes_of(json.get<std::string>())};
    case Json::value_t::array: {
      require<ConfigError>(depth < deepest_list, where, ": lists within lists, more than ", deepest_list,
                           " deep; no setting is one");
      FieldValue::List list;
      for (const Json& item : json) list.push_back(value_of(item, where, depth + 1));
      return {std::move(list)};
    }
    default:
      return {FieldValue::Mapping{}};
  }
}

void set_group(const Settings& settings, const Json& json, std::string_view where,
               const std::string& prefix) {
  if (!json.is_object())
    throw ConfigError(message(where, ": ", prefix.substr(0, prefix.rfind('.')), prefix.empty() ? "" : ": ",
                              "expected keys with values, found ", shown(value_of(json, where))));
  GivenSettings given;
  for (const auto& [key, value] : json.items()) {
    const Setting& setting = find_setting(settings, key, where, prefix);
    given.add(setting, key, where, prefix);
    if (setting.kind == Setting::Kind::group) {
      set_group(setting.members, value, where, prefix + key + ".");
    } else {
      const std::string place = message(where, ": ", prefix, key);
      setting.set(value_of(value, place), place);
    }
  }
}

}  // namespace

nlohmann::ordered_json to_json(const Settings& settings) {
  Json json = Json::object();
  for (const Setting& setting : settings)
    json[setting.name] =
        setting.kind == Setting::Kind::group ? to_json(setting.members) : json_of(setting.get());
  return json;
}

void set_from_json(const Settings& settings, const nlohmann::ordered_json& json, std::string_view where) {
  set_group(settings, json, where, "");
}

std::string json_text(const Settings& settings) { return text_of_json(to_json(settings), 2) + "\n"; }

void set_from_json_text(const Settings& settings, std::string_view text, std::string_view where) {
  const Json json = [&] {
    try {
      return Json::parse(text);
    } catch (const Json::exception& error) {
      throw ConfigError(message(where, ": not valid JSON: ", error.what()));
    }
  }();
  set_from_json(settings, json, where);
}

}  // namespace heed
