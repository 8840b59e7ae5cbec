#include "heed/corpus/filters/filtered_reader.h"

#include <algorithm>
#include <utility>

#include "heed/text/unicode.h"

namespace heed {
namespace {

/// Gives each filter its line in the report, to be counted in.
void begin_report(const FilterSet& filters, ReadReport& report) {
  for (std::size_t i = 2; i < filters.size(); ++i)
    report.filtered.push_back({message(filters.info(i).title, " (filter_", filters.info(i).name, ")"), 0});
}

/// Whether the pair stays. If not, the first filter that drops it counts it.
bool keep_or_count(FilterSet& filters, const ExaminedPair& examined, const TextPair& pair,
                   ReadReport& report) {
  const auto verdicts = filters.judge(examined);
  const auto dropped = std::ranges::find(verdicts, Verdict::drop);
  if (dropped == verdicts.end()) return true;
  const auto filter = static_cast<std::size_t>(dropped - verdicts.begin());
  if (examined.state == ExaminedPair::State::invalid)
    ++report.invalid;
  else if (examined.state == ExaminedPair::State::empty)
    ++(is_blank(pair.source) ? report.empty_source : report.empty_target);
  else
    ++report.filtered[filter - 2].count;
  return false;
}

}  // namespace

FilteredReader::FilteredReader(std::unique_ptr<PairReader> reader, FilterSet filters)
    : reader_(std::move(reader)), filters_(std::move(filters)) {
  begin_report(filters_, report_);
}

bool FilteredReader::next(TextPair& pair) {
  for (;;) {
    if (at_ == block_.size()) {
      block_ = next_block(*reader_);
      at_ = 0;
      if (block_.size() == 0) return false;
      if (!std::exchange(begun_, true))
        filters_.learn(
            std::span(block_.examined).first(std::min<std::size_t>(block_.size(), FilterSet::beginning)));
    }
    const std::size_t i = at_++;
    ++report_.read;
    if (!keep_or_count(filters_, block_.examined[i], block_.pairs[i], report_)) {
      if (report_.invalid == 1 && report_.first_invalid.empty()) report_.first_invalid = block_.places[i];
      continue;
    }
    ++report_.kept;
    where_ = std::move(block_.places[i]);
    pair = std::move(block_.pairs[i]);
    return true;
  }
}

void apply_filters(FilterSet filters, ParallelCorpus& corpus) {
  require<Error>(corpus.report.filtered.empty(), "filters: the corpus was filtered before");
  begin_report(filters, corpus.report);
  constexpr std::size_t block_size = 8192;
  std::vector<TextPair> kept;
  for (std::size_t start = 0; start < corpus.pairs.size(); start += block_size) {
    ExaminedBlock block;
    const auto first = corpus.pairs.begin() + static_cast<std::ptrdiff_t>(start);
    const std::size_t size = std::min(block_size, corpus.pairs.size() - start);
    block.pairs.assign(std::make_move_iterator(first),
                       std::make_move_iterator(first + static_cast<std::ptrdiff_t>(size)));
    examine_all(block);
    if (start == 0)
      filters.learn(std::span(block.examined).first(std::min<std::size_t>(size, FilterSet::beginning)));
    for (std::size_t i = 0; i < size; ++i)
      if (keep_or_count(filters, block.examined[i], block.pairs[i], corpus.report))
        kept.push_back(std::move(block.pairs[i]));
  }
  corpus.pairs = std::move(kept);
  corpus.report.kept = static_cast<Index>(corpus.pairs.size());
}

}  // namespace heed
