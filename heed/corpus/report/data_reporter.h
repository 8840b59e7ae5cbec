#pragma once
#include <functional>
#include <memory>

#include "heed/corpus/pair_reader.h"
#include "heed/corpus/report/data_report.h"

namespace heed {

/// A corpus by its name, and how to read it.
struct NamedCorpus {
  std::string name;
  std::function<std::unique_ptr<PairReader>()> open;
};

struct DataReportOptions {
  FilterOptions filters{};
  Index examples = 10;     // of each filter
  std::uint64_t seed = 1;  // chooses them
};

/// Reads the corpus once and each held-out set once. Memory: a few hashes for each distinct pair, and no
/// texts but those of examples. `progress` is told the pairs read so far.
DataReport report_on(const NamedCorpus& corpus, const std::vector<NamedCorpus>& held_out,
                     const DataReportOptions& options, const std::function<void(Index)>& progress);

/// Reads both files, once more around the place if they drift apart.
DataReport::Alignment report_alignment(const std::filesystem::path& source,
                                       const std::filesystem::path& target);

}  // namespace heed
