#include "heed/corpus/dialogues/dialogue_json.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "heed/base/error.h"
#include "heed/base/json_text.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

using Json = nlohmann::json;

std::optional<Role> role_called(std::string_view name) {
  if (name == "developer") return Role::system;
  for (const auto& [known, role] : EnumNames<Role>::names)
    if (name == known) return role;
  return std::nullopt;
}

std::string content_of(const Json& said, const std::string& where) {
  const auto content = said.find("content");
  require<DataError>(content != said.end(), where, " has no 'content'");
  if (content->is_string()) return content->get<std::string>();
  require<DataError>(content->is_array(), where, ": its 'content' is neither a string nor an array of parts");
  std::string text;
  for (const Json& part : *content) {
    const bool is_text = part.is_object() && part.contains("type") && part["type"] == "text" &&
                         part.contains("text") && part["text"].is_string();
    require<DataError>(is_text, where, ": a part of it is no text; heed's language models read nothing else");
    text += part["text"].get<std::string>();
  }
  return text;
}

bool learned(const Json& said, const std::string& where) {
  const auto weight = said.find("weight");
  if (weight == said.end() || weight->is_null()) return true;
  require<DataError>(*weight == 0 || *weight == 1, where, ": its 'weight' is ", printable(weight->dump()),
                     "; it may be 0, so that the turn is not learned, or 1");
  return *weight == 1;
}

Turn turn_of(const Json& said, const std::string& where) {
  const bool has_role = said.is_object() && said.contains("role") && said["role"].is_string();
  require<DataError>(has_role, where, " has no 'role'");
  const std::string name = said["role"].get<std::string>();
  const std::optional<Role> role = role_called(name);
  require<DataError>(role.has_value(), where, ": the role ", printable(name),
                     " is not known; there are system, developer, user, assistant and tool");
  for (const char* call : {"tool_calls", "function_call"})
    require<DataError>(!said.contains(call) || said[call].is_null() || said[call].empty(), where, " has '",
                       call, "', but calls are not read; write them as text");
  return {.role = *role, .text = content_of(said, where), .learned = learned(said, where)};
}

}  // namespace

Dialogue dialogue_of_messages(const Json& messages) {
  require<DataError>(messages.is_array() && !messages.empty(), "'messages' is not an array of messages");
  Dialogue dialogue;
  for (const Json& said : messages)
    dialogue.push_back(turn_of(said, message("message ", dialogue.size() + 1)));
  return dialogue;
}

Dialogue dialogue_of_json(std::string_view json) {
  constexpr std::string_view expected = R"(expected a JSON object {"messages": [...]}: )";
  Json object;
  try {
    object = Json::parse(json);
  } catch (const Json::exception& error) {
    throw DataError(message(expected, error.what()));
  }
  require<DataError>(object.is_object() && object.contains("messages"), expected, "there are no 'messages'");
  return dialogue_of_messages(object["messages"]);
}

std::string json_of_dialogue(const Dialogue& dialogue) {
  nlohmann::ordered_json messages = nlohmann::ordered_json::array();
  for (const Turn& turn : dialogue) {
    messages.push_back({{"role", enum_name(turn.role)}, {"content", turn.text}});
    if (!turn.learned) messages.back()["weight"] = 0;
  }
  return text_of_json(nlohmann::ordered_json{{"messages", std::move(messages)}});
}

}  // namespace heed
