#include "heed/api/chat_template.h"

#include "heed/api/api_errors.h"
#include "heed/http/response.h"
#include "heed/text/unicode.h"

namespace heed::api {
namespace {

std::string content_of(const nlohmann::json& message_said) {
  const auto content = message_said.find("content");
  if (content == message_said.end()) refuse("a message has no 'content'");
  if (content->is_string()) return content->get<std::string>();
  if (!content->is_array()) refuse("the 'content' of a message is neither a string nor an array of parts");
  std::string text;
  for (const nlohmann::json& part : *content) {
    if (!part.is_object() || part.value("type", "") != "text" || !part.contains("text") ||
        !part["text"].is_string())
      refuse("a part of a message is no text; heed's language models read nothing else");
    text += part["text"].get<std::string>();
  }
  return text;
}

}  // namespace

std::string chat_prompt(const nlohmann::json& messages) {
  if (!messages.is_array() || messages.empty()) refuse("'messages' is not an array of messages");
  std::string prompt;
  for (const nlohmann::json& said : messages) {
    if (!said.is_object() || !said.contains("role") || !said["role"].is_string())
      refuse("a message has no 'role'");
    const std::string role = said["role"].get<std::string>(), content = content_of(said);
    if (role == "system" || role == "developer")
      prompt += content + "\n\n";
    else if (role == "user")
      prompt += "User: " + content + "\n";
    else if (role == "assistant")
      prompt += "Assistant: " + content + "\n";
    else
      refuse(message("the role ", printable(role),
                     " is not known; there are system, developer, user and assistant"));
  }
  return prompt + "Assistant:";
}

std::vector<std::string> chat_stops() { return {"\nUser:", "\nAssistant:"}; }

}  // namespace heed::api
