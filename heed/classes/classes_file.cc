#include "heed/classes/classes_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "heed/base/crc32.h"
#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"
#include "heed/base/settings_json.h"

namespace heed {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view classes_file = "classes.json";
constexpr int format_version = 1;

std::string checksum_of(const Json& labels, const Json& preparation) {
  return message(crc32(text_of_json(labels) + text_of_json(preparation)));
}

std::vector<std::string> parse(const Json& json, const Settings& prepared, const std::string& where) {
  const int version = json.at("format_version").get<int>();
  require<CheckpointError>(version == format_version, where, ": format version ", version,
                           ", but this program reads version ", format_version,
                           "; was it written by a newer heed?");
  const Json &labels = json.at("labels"), &preparation = json.at("preparation");
  require<CheckpointError>(json.at("checksum") == checksum_of(labels, preparation), where,
                           ": its checksum differs; was it damaged, or changed by hand?");
  auto all = labels.get<std::vector<std::string>>();
  set_from_json(prepared, preparation, where);
  const auto unordered = std::ranges::adjacent_find(all, std::ranges::greater_equal());
  require<CheckpointError>(all.size() >= 2 && unordered == all.end(), where,
                           ": expected two labels or more in the order of their bytes");
  return all;
}

}  // namespace

void save_classes(const std::filesystem::path& folder, const std::vector<std::string>& labels,
                  const Settings& preparation) {
  Json json{{"format_version", format_version}};
  json["labels"] = labels;
  json["preparation"] = to_json(preparation);
  json["checksum"] = checksum_of(json["labels"], json["preparation"]);
  write_file(folder / classes_file, text_of_json(json, 2) + "\n");
}

std::vector<std::string> load_classes(const std::filesystem::path& folder, const Settings& preparation) {
  const std::string where = (folder / classes_file).string();
  require<FileError>(std::filesystem::exists(folder / classes_file), where,
                     ": is missing, so that nobody knows what the classes are called; was the model's whole "
                     "folder copied?");
  try {
    return parse(Json::parse(read_file(folder / classes_file)), preparation, where);
  } catch (const nlohmann::json::exception& error) {
    throw CheckpointError(message(where, ": is damaged: ", error.what()));
  } catch (const ConfigError& error) {
    throw CheckpointError(error.what());
  }
}

void require_labels_of_model(const std::filesystem::path& folder, const std::vector<std::string>& labels,
                             Index classes_of_model) {
  require<CheckpointError>(std::ssize(labels) == classes_of_model, (folder / classes_file).string(), ": has ",
                           labels.size(), " labels, but the model beside it has ", classes_of_model,
                           " classes; copy the whole folder again");
}

}  // namespace heed
