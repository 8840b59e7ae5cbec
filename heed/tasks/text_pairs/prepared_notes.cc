#include "heed/tasks/text_pairs/prepared_notes.h"

#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/base/json_text.h"

namespace heed {
namespace {

using Json = nlohmann::json;

Json json_of(const ReadReport& report) {
  Json json;
  for (const auto& [name, count] : ReadReport::counts()) json[std::string(name)] = report.*count;
  for (const auto& [name, place] : ReadReport::places()) json[std::string(name)] = report.*place;
  json["filtered"] = Json::array();
  for (const auto& [why, count] : report.filtered) json["filtered"].push_back({why, count});
  json["target_languages"] = report.target_languages;
  json["notes"] = report.notes;
  json["statuses"] = Json::array();
  for (const auto& [name, count] : report.statuses) json["statuses"].push_back({name, count});
  return json;
}

ReadReport report_of(const Json& json) {
  ReadReport report;
  for (const auto& [name, count] : ReadReport::counts())
    report.*count = json.at(std::string(name)).get<Index>();
  for (const auto& [name, place] : ReadReport::places())
    report.*place = json.at(std::string(name)).get<std::string>();
  for (const Json& filter : json.at("filtered"))
    report.filtered.push_back({filter.at(0).get<std::string>(), filter.at(1).get<Index>()});
  report.notes = json.at("notes").get<std::vector<std::string>>();
  report.target_languages = json.at("target_languages").get<std::vector<std::string>>();
  for (const Json& status : json.at("statuses"))
    report.statuses.push_back({status.at(0).get<std::string>(), status.at(1).get<Index>()});
  return report;
}

}  // namespace

std::string text_of(const PreparedNotes& notes) {
  Json pairs = Json::array();
  for (const auto& [source, target] : notes.validation.pairs) pairs.push_back({source, target});
  const Json json{{"training", json_of(notes.training)},
                  {"validation", json_of(notes.validation.report)},
                  {"validation_pairs", std::move(pairs)},
                  {"ends", notes.ends}};
  return text_of_json(json);
}

PreparedNotes prepared_notes(std::string_view text, std::string_view where) {
  try {
    const Json json = Json::parse(text);
    PreparedNotes notes{.training = report_of(json.at("training")),
                        .validation = {.pairs = {}, .report = report_of(json.at("validation"))},
                        .ends = json.at("ends").get<std::vector<Index>>()};
    for (const Json& pair : json.at("validation_pairs"))
      notes.validation.pairs.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
    return notes;
  } catch (const Json::exception& error) {
    throw DataError(message(where, ": is damaged: ", error.what()));
  }
}

}  // namespace heed
