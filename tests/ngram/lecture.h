#pragma once
#include <string_view>
#include <utility>
#include <vector>

#include "heed/ngram/ngram_counter.h"

namespace heed {

using Weighted = std::vector<std::pair<std::string_view, double>>;

// The sentences of the lecture that the road to attention follows.
inline const Weighted directories{
    {"show me my directories please", .2}, {"show me my files please", .3}, {"show me my photos please", .5}};
inline const Weighted battery{{"check whether the battery ran down please", .4},
                              {"check whether the program ran please", .6}};
inline const Weighted logs{{"check the program log and find out whether it ran please", 1},
                           {"check the battery log and find out whether it ran down please", 1}};

inline CountedNgrams counted(const Weighted& sentences, Index order,
                             SentenceMarks marks = SentenceMarks::none) {
  NgramCounter counter(order, marks);
  for (const auto& [text, weight] : sentences) counter.add(text, weight);
  return std::move(counter).finish();
}

}  // namespace heed
