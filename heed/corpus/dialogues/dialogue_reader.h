#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "heed/corpus/dialogues/dialogue.h"

namespace heed {

/// What to do with a dialogue that cannot be read or has nothing to learn from.
enum class BadDialogues { refuse, skip };

/// What became of files of dialogues.
struct DialogueReport {
  Index dialogues = 0, turns = 0, responses = 0;  // responses: of the assistant, to learn
  Index invalid = 0;                              // dialogues left out
  std::string first_invalid;                      // FILE:LINE and why

  /// "3 dialogues of 24 turns, 12 of them responses", then what was left out.
  std::vector<std::string> lines() const;
};

/// The dialogues of files, plain or compressed: JSON lines, each {"messages": [...]} (dialogue_json.h), or
/// bAbI's dialogues (Bordes and Weston, 2017): lines of a number, what the user says, a tab and what the
/// assistant says; those without a tab are results of its query, together one turn of a tool. Numbers begin
/// again with each dialogue. The first line of a file says which it is. DataError, with file and line, for
/// anything else, for a turn without text and for a dialogue without a response.
std::vector<Dialogue> read_dialogues(std::span<const std::filesystem::path> files, BadDialogues bad,
                                     DialogueReport& report);

}  // namespace heed
