#include "heed/corpus/report/data_reporter.h"

#include <algorithm>
#include <utility>

#include "heed/base/settings.h"
#include "heed/corpus/filters/examined_block.h"
#include "heed/corpus/filters/filter_set.h"
#include "heed/corpus/report/beginning.h"
#include "heed/corpus/report/held_out_watch.h"
#include "heed/corpus/report/ratio_histogram.h"
#include "heed/corpus/report/side_statistics.h"
#include "heed/io/line_reader.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

DataReport::Example example(const ExaminedBlock& block, std::size_t i, bool dropped) {
  return {.where = block.places[i],
          .dropped = dropped,
          .source = beginning(block.pairs[i].source),
          .target = beginning(block.pairs[i].target)};
}

/// A filter's line of the report, as it grows.
struct FilterCounts {
  DataReport::Filter filter;
  Reservoir<DataReport::Example> examples;
};

/// Everything that is counted while a corpus goes by.
class Reporter {
 public:
  Reporter(FilterSet filters, std::vector<HeldOutWatch> watches, const DataReportOptions& options)
      : filters_(std::move(filters)), watches_(std::move(watches)) {
    for (std::size_t i = 0; i < filters_.size(); ++i) {
      const FilterInfo info = filters_.info(i);
      counts_.push_back({{.name = std::string(info.name),
                          .title = std::string(info.title),
                          .advice = std::string(info.advice),
                          .action = filters_.action(i)},
                         {static_cast<std::size_t>(options.examples), options.seed, i}});
    }
  }

  void add(const ExaminedBlock& block) {
    if (report_.read == 0)
      filters_.learn(
          std::span(block.examined).first(std::min<std::size_t>(block.size(), FilterSet::beginning)));
    for (std::size_t i = 0; i < block.size(); ++i) {
      judge(block, i);
      if (block.examined[i].state == ExaminedPair::State::sound) count(block, i);
    }
  }

  DataReport take() {
    for (FilterCounts& entry : counts_) {
      entry.filter.examples = entry.examples.take();
      report_.filters.push_back(std::move(entry.filter));
    }
    for (HeldOutWatch& watch : watches_) report_.overlaps.push_back(watch.overlap());
    report_.source = source_.side();
    report_.target = target_.side();
    report_.ratios = ratios_.histogram();
    return std::move(report_);
  }

 private:
  void judge(const ExaminedBlock& block, std::size_t i) {
    const auto verdicts = filters_.judge(block.examined[i]);
    const auto drops = std::ranges::count(verdicts, Verdict::drop);
    ++report_.read;
    ++(drops > 0 ? report_.dropped : report_.kept);
    if (drops == 0 && std::ranges::count(verdicts, Verdict::flag) > 0) ++report_.flagged;
    for (std::size_t f = 0; f < verdicts.size(); ++f) {
      if (verdicts[f] == Verdict::keep) continue;
      const bool dropped = verdicts[f] == Verdict::drop;
      DataReport::Filter& filter = counts_[f].filter;
      ++(dropped ? filter.dropped : filter.flagged);
      if (dropped && drops == 1) ++filter.dropped_alone;
      counts_[f].examples.offer([&] { return example(block, i, dropped); });
    }
  }

  void count(const ExaminedBlock& block, std::size_t i) {
    const ExaminedPair& pair = block.examined[i];
    source_.add(block.pairs[i].source, pair.source.profile);
    target_.add(block.pairs[i].target, pair.target.profile);
    ratios_.add(pair.source.profile.characters, pair.target.profile.characters);
    for (HeldOutWatch& watch : watches_) watch.see(pair, [&] { return example(block, i, false); });
  }

  FilterSet filters_;
  std::vector<HeldOutWatch> watches_;
  std::vector<FilterCounts> counts_;
  SideStatistics source_, target_;
  RatioHistogram ratios_;
  DataReport report_;
};

}  // namespace

DataReport report_on(const NamedCorpus& corpus, const std::vector<NamedCorpus>& held_out,
                     const DataReportOptions& options, const std::function<void(Index)>& progress) {
  HeldOutPairs texts;
  std::vector<HeldOutWatch> watches;
  for (const NamedCorpus& set : held_out) {
    constexpr std::uint64_t first_stream = 1000;  // beyond those of the filters
    watches.emplace_back(set.name, static_cast<std::size_t>(options.examples), options.seed,
                         first_stream + watches.size());
    const auto reader = set.open();
    for (TextPair pair; reader->next(pair);) {
      const ExaminedPair examined = examine(pair);
      watches.back().hold_out(examined);
      texts.add(examined);
    }
  }
  Reporter reporter(FilterSet::reporting(options.filters, std::move(texts)), std::move(watches), options);
  const auto reader = corpus.open();
  Index read = 0;
  for (ExaminedBlock block = next_block(*reader); block.size() > 0; block = next_block(*reader)) {
    reporter.add(block);
    read += static_cast<Index>(block.size());
    progress(read);
  }
  DataReport report = reporter.take();
  report.title = corpus.name;
  FilterOptions filters = options.filters;
  for (const Setting& setting : settings_of(filters)) {
    FieldValue value = setting.get();
    const auto* text = std::get_if<std::string>(&value.value);
    report.settings.emplace_back(setting.name, text ? *text : shown(value));
  }
  return report;
}

DataReport::Alignment report_alignment(const std::filesystem::path& source,
                                       const std::filesystem::path& target) {
  constexpr Index lines_before = 3, lines_after = 4;
  DataReport::Alignment alignment{
      .source = source.string(), .target = target.string(), .drift = find_drift(source, target)};
  const Index first = alignment.drift.first_line();
  if (first == 0) return alignment;
  LineReader sources(source), targets(target);
  for (Index line = 1; line <= first + lines_after; ++line) {
    auto a = sources.next(), b = targets.next();
    if (!a && !b) break;
    if (line < first - lines_before) continue;
    alignment.around.push_back({line, beginning(a.value_or("")), beginning(b.value_or(""))});
  }
  return alignment;
}

}  // namespace heed
