#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace heed::api {

/// The prompt of a conversation for a language model that was not trained on any: what was said, each turn
/// with "User:" or "Assistant:" before it, as in a play, and whose turn it is. RequestError 400 for messages
/// that are none.
std::string chat_prompt(const nlohmann::json& messages);

/// What begins somebody else's turn, where an answer ends.
std::vector<std::string> chat_stops();

}  // namespace heed::api
