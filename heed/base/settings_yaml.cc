#include "heed/base/settings_yaml.h"

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>

#include "heed/base/any_bytes.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"
#include "heed/base/settings_json.h"

namespace heed {
namespace {

std::string at(std::string_view where, const YAML::Mark& mark) {
  return mark.is_null() ? message("config ", where) : message("config ", where, ":", mark.line + 1);
}

FieldValue value_of(const YAML::Node& node) {
  switch (node.Type()) {
    case YAML::NodeType::Scalar:
      // The tag of a quoted scalar is "!": it is a text, whatever it looks like.
      if (node.Tag() == "!") return {bytes_of(node.Scalar())};
      return {FieldValue::Plain{bytes_of(node.Scalar())}};
    case YAML::NodeType::Sequence: {
      FieldValue::List list;
      for (const YAML::Node& item : node) list.push_back(value_of(item));
      return {std::move(list)};
    }
    case YAML::NodeType::Map:
      return {FieldValue::Mapping{}};
    default:
      return {};
  }
}

void set_group(const Settings& settings, const YAML::Node& node, std::string_view where,
               const std::string& prefix, const RenameNotice& notice) {
  if (node.IsNull()) return;  // an empty file, or a group with nothing under it
  if (!node.IsMap())
    throw ConfigError(message(at(where, node.Mark()), ": ", prefix.substr(0, prefix.rfind('.')),
                              prefix.empty() ? "" : ": ", "expected lines of 'key: value', found ",
                              shown(value_of(node))));
  GivenSettings given;
  for (const auto& entry : node) {
    const std::string place = at(where, entry.first.Mark());
    require<ConfigError>(entry.first.IsScalar(), place, ": a key must be a name");
    const std::string& key = entry.first.Scalar();
    const Setting& setting = find_setting(settings, key, place, prefix);
    given.add(setting, key, place, prefix);
    if (notice && key != setting.name)
      notice(message(place, ": ", prefix, key, " is now called ", prefix, setting.name));
    if (setting.kind == Setting::Kind::group)
      set_group(setting.members, entry.second, where, prefix + key + ".", notice);
    else
      setting.set(value_of(entry.second), message(place, ": ", prefix, key));
  }
}

void append(std::string& text, const Settings& settings, const std::string& indent) {
  for (const Setting& setting : settings) {
    if (!setting.help.empty()) text += indent + "# " + setting.help + "\n";
    text += indent + setting.name + ":";
    if (setting.kind == Setting::Kind::group) {
      text += "\n";
      append(text, setting.members, indent + "  ");
    } else {
      // JSON's values are YAML's too.
      const Settings alone{{.name = "value", .get = setting.get}};
      text += " " + text_of_json(to_json(alone)["value"]) + "\n";
    }
  }
}

}  // namespace

void set_from_yaml_file(const Settings& settings, const std::filesystem::path& file,
                        const RenameNotice& notice) {
  set_from_yaml_text(settings, read_file(file), file.string(), notice);
}

void set_from_yaml_text(const Settings& settings, const std::string& text, std::string_view where,
                        const RenameNotice& notice) {
  const YAML::Node root = [&] {
    try {
      return YAML::Load(text);
    } catch (const YAML::Exception& error) {
      throw ConfigError(message(at(where, error.mark), ": not valid YAML: ", error.msg));
    }
  }();
  set_group(settings, root, where, "", notice);
}

std::optional<std::string> text_in_yaml_file(const std::filesystem::path& file, const std::string& key) {
  try {
    const YAML::Node root = YAML::Load(read_file(file));
    if (!root.IsMap() || !root[key]) return std::nullopt;
    return as_text(value_of(root[key]));
  } catch (const YAML::Exception&) {
  } catch (const FileError&) {
  }
  return std::nullopt;
}

std::string yaml_text(const Settings& settings) {
  std::string text;
  append(text, settings, "");
  return text;
}

}  // namespace heed
