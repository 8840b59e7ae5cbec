#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "heed/corpus/dialogues/dialogue.h"

namespace heed {

/// The turns of a list of messages as chats with language models have them: {"role": "user", "content":
/// "..."}, with a text or an array of parts that are texts. A "developer" is the system; of an assistant's
/// message "weight": 0 says that it is not learned. DataError that names the message for what is no such
/// list.
Dialogue dialogue_of_messages(const nlohmann::json& messages);

/// The same of a JSON text {"messages": [...]}, one line of a file. DataError for what is none.
Dialogue dialogue_of_json(std::string_view json);

/// The JSON text that dialogue_of_json reads.
std::string json_of_dialogue(const Dialogue& dialogue);

}  // namespace heed
