#include "heed/training/former_log.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "heed/base/json_lines_log.h"

namespace heed {
namespace {

using nlohmann::json;

void rename(json& fields, const char* former, const char* name) {
  const auto found = fields.find(former);
  if (found == fields.end() || fields.contains(name)) return;
  fields[name] = *found;
  fields.erase(former);
}

/// All numbers but the event's own, and what is null since it was none, become its measures.
void nest_measures(json& fields) {
  static const std::set<std::string, std::less<>> own{"update", "epoch",    "stale",       "seconds",
                                                      "from",   "examples", "run_seconds", "to"};
  json measures = json::object();
  for (const auto& [name, value] : fields.items())
    if ((value.is_number() || value.is_null()) && !own.contains(name)) measures[name] = value;
  for (const auto& [name, value] : measures.items()) fields.erase(name);
  fields["measures"] = std::move(measures);
}

void make_update_current(json& event, std::string_view task) {
  const auto number = [&](const char* name) {
    const auto found = event.find(name);
    return found != event.end() && found->is_number() ? found->get<double>() : 0;
  };
  if (event.contains("source_tokens")) event["rows"] = number("source_tokens") + number("target_tokens");
  event.erase("source_tokens");
  rename(event, "target_tokens", "tokens");
  rename(event, "sentences", "examples");
  if (!event.contains("tokens")) return;
  event["loss_count"] = event["tokens"];
  // A text has a row for each token, and one for its class.
  if (task == "text-classification") event["tokens"] = number("rows") - number("examples");
}

void make_begin_current(json& event, std::string_view task) {
  event["loss_unit"] = task == "text-classification" ? "text" : "token";
  if (event.contains("tokens")) return;
  json tokens = json::object();
  for (const char* side : {"source", "target"}) {
    const auto former = event.find(std::string(side) + "_tokens");
    if (former == event.end()) continue;
    tokens[side] = *former;
    event.erase(former);
  }
  if (!tokens.empty()) event["tokens"] = std::move(tokens);
}

}  // namespace

bool is_known_log_version(const json& version) {
  return version.is_number_integer() && version >= 1 && version <= JsonLinesLog::version;
}

void make_current(json& event, std::string_view task) {
  const json kind = event.value("event", json());
  if (kind == "update") make_update_current(event, task);
  if (kind == "begin") make_begin_current(event, task);
  if (kind == "end" && event.value("reason", json()) != json("interrupted")) nest_measures(event);
  if (kind != "validation") return;
  nest_measures(event);
  const auto groups = event.find("by_length");
  if (groups == event.end() || !groups->is_array()) return;
  for (json& group : *groups)
    if (group.is_object()) {
      rename(group, "sentences", "examples");
      nest_measures(group);
    }
}

}  // namespace heed
