#pragma once
#include <map>
#include <string>

#include "heed/lesson/skips/votes.h"
#include "heed/ngram/words.h"
#include "tests/ngram/lecture.h"

namespace heed {

/// The lecture's second-order model with skips.
inline SkipTable table_of(const Weighted& sentences, Index reach = 0) {
  SkipTable table(reach);
  for (const auto& [text, weight] : sentences) table.add(text, weight);
  table.settle();
  return table;
}

inline std::vector<WordId> ids_of(const SkipTable& table, std::string_view text) {
  std::vector<WordId> ids;
  for (const std::string_view word : words_of(text)) ids.push_back(table.vocabulary().find_or_unknown(word));
  return ids;
}

inline WordPair pair_of(const SkipTable& table, std::string_view text) {
  const std::vector<WordId> ids = ids_of(table, text);
  return {ids.at(0), ids.at(1)};
}

using Shares = std::map<std::string, double>;

inline Shares named(const SkipTable& table, std::span<const Successor> successors) {
  Shares shares;
  for (const auto& [word, weight] : successors) shares[std::string(table.vocabulary().word(word))] = weight;
  return shares;
}

inline const char* const program_so_far = "check the program log and find out whether it ran";
inline const char* const battery_so_far = "check the battery log and find out whether it ran";

}  // namespace heed
