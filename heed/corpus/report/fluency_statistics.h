#pragma once
#include <functional>
#include <string>
#include <vector>

#include "heed/corpus/report/data_report.h"
#include "heed/corpus/report/fluency_histogram.h"
#include "heed/ngram/fluency.h"

namespace heed {

/// The scores of one side's sentences, as they go by.
class FluencyStatistics {
 public:
  /// Shows so many sentences, the least fluent ones.
  explicit FluencyStatistics(Index examples) : examples_(static_cast<std::size_t>(examples)) {}

  /// Of sentences that repeat, the first is shown.
  void add(const FluencyScore& score, const std::string& text, const std::string& other_side,
           const std::function<std::string()>& where);
  /// All but what the model is called.
  DataReport::Fluency take();

 private:
  struct Held {
    DataReport::Fluency::Sentence sentence;
    std::size_t hash;  // of its text
  };

  std::size_t examples_;
  FluencyScore all_;
  FluencyHistogram histogram_;
  std::vector<Held> least_fluent_;  // the least fluent first
};

}  // namespace heed
