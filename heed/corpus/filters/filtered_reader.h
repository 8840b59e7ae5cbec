#pragma once
#include <memory>

#include "heed/corpus/filters/examined_block.h"
#include "heed/corpus/filters/filter_set.h"
#include "heed/corpus/parallel_corpus.h"

namespace heed {

/// The pairs of another reader that no filter drops, and counts of those that were.
class FilteredReader final : public PairReader {
 public:
  FilteredReader(std::unique_ptr<PairReader> reader, FilterSet filters);

  bool next(TextPair& pair) override;
  std::string where() const override { return where_; }

  /// Pairs read and kept so far, and what each filter dropped. Invalid and empty pairs are counted by their
  /// own names.
  const ReadReport& report() const { return report_; }

 private:
  std::unique_ptr<PairReader> reader_;
  FilterSet filters_;
  ExaminedBlock block_;
  std::size_t at_ = 0;
  bool begun_ = false;
  std::string where_;
  ReadReport report_;
};

/// Takes out of a corpus what the filters drop, and adds to its report how many that were. The filters begin
/// anew: give each corpus its own.
void apply_filters(FilterSet filters, ParallelCorpus& corpus);

}  // namespace heed
