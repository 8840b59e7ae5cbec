#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "heed/corpus/dialogues/dialogue.h"

namespace heed::api {

/// The turns of a client's messages. RequestError 400 for messages that are none.
Dialogue conversation_of(const nlohmann::json& messages);

/// The prompt of a conversation for a language model that was not trained on any: what was said, each turn
/// with "User:" or "Assistant:" before it, as in a play, and whose turn it is.
std::string chat_prompt(const Dialogue& conversation);

/// What begins somebody else's turn, where an answer ends.
std::vector<std::string> chat_stops();

}  // namespace heed::api
