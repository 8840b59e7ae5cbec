#include "heed/api/chat_template.h"

#include "heed/api/api_errors.h"
#include "heed/corpus/dialogues/dialogue_json.h"

namespace heed::api {

Dialogue conversation_of(const nlohmann::json& messages) {
  try {
    return dialogue_of_messages(messages);
  } catch (const DataError& error) {
    refuse(error.what());
  }
}

std::string chat_prompt(const Dialogue& conversation) {
  std::string prompt;
  for (const Turn& turn : conversation) switch (turn.role) {
      case Role::system:
      case Role::tool:
        prompt += turn.text + "\n\n";
        break;
      case Role::user:
        prompt += "User: " + turn.text + "\n";
        break;
      case Role::assistant:
        prompt += "Assistant: " + turn.text + "\n";
        break;
    }
  return prompt + "Assistant:";
}

std::vector<std::string> chat_stops() { return {"\nUser:", "\nAssistant:"}; }

}  // namespace heed::api
