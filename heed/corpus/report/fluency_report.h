#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "heed/corpus/report/data_reporter.h"
#include "heed/ngram/ngram_model.h"

namespace heed {

/// By what the fluency of one side is told.
struct FluencyModel {
  std::string name{};  // of the file it was read from
  std::optional<NgramModel> model{};
};

struct FluencyOptions {
  FluencyModel source{}, target{};
  bool learn = false;   // models of the corpus itself for sides that have none; otherwise they are left out
  Index examples = 10;  // of each side's least fluent sentences
};

/// Adds to a report on a corpus how fluent its sides are. Reads the corpus once more, and once more than that
/// if it has to learn a model. `progress` is told what is done to pairs, and how many it has been done to.
void report_fluency(DataReport& report, const NamedCorpus& corpus, const FluencyOptions& options,
                    const std::function<void(std::string_view done, Index pairs)>& progress);

}  // namespace heed
