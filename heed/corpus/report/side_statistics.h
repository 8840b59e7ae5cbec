#pragma once
#include <map>
#include <string>
#include <string_view>

#include "heed/corpus/filters/examined_pair.h"
#include "heed/corpus/report/data_report.h"

namespace heed {

/// One side of a corpus, counted as it goes by.
class SideStatistics {
 public:
  void add(std::string_view text, const TextProfile& profile);
  DataReport::Side side();

 private:
  void guess();

  struct Letters {
    Index letters = 0, texts = 0;
  };

  Index characters_ = 0, words_ = 0;
  CountingHistogram lengths_{4096};
  std::map<std::int32_t, Letters> scripts_;
  // Languages are told of passages, each of lines that follow each other. Every so many passages are looked
  // at, ever fewer as the corpus goes on, so that long corpora cost little more than short ones.
  std::string passage_;
  Index passages_ = 0, step_ = 1, guessed_ = 0;
  std::map<std::string, Index> languages_;
};

}  // namespace heed
