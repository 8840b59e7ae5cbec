#include <fmt/format.h>

#include "heed/data/report/data_report.h"

namespace heed {
namespace {

double percent(Index part, Index whole) {
  return whole > 0 ? 100 * static_cast<double>(part) / static_cast<double>(whole) : 0;
}

std::string main_language(const DataReport::Side& side) {
  Index all = 0;
  for (const DataReport::Language& language : side.languages) all += language.passages;
  if (side.scripts.empty()) return "no letters";
  std::string text = fmt::format("{} script", side.scripts[0].name);
  if (all > 0 && !side.languages[0].code.empty())
    text += fmt::format(", looks like '{}' ({:.0f} % of {} passages)", side.languages[0].code,
                        percent(side.languages[0].passages, all), all);
  return text;
}

}  // namespace

std::string data_report_text(const DataReport& report) {
  std::string text = fmt::format("{}: {} pairs read, {} kept ({} of them flagged), {} dropped ({:.2f} %)\n",
                                 report.title, report.read, report.kept, report.flagged, report.dropped,
                                 percent(report.dropped, report.read));
  text += fmt::format("source: {}\ntarget: {}\n", main_language(report.source), main_language(report.target));
  for (const std::string& line : report.reading.skip_lines()) text += line + '\n';
  for (const DataReport::Filter& filter : report.filters) {
    if (filter.dropped + filter.flagged == 0) continue;
    text += fmt::format("{:>14} dropped{:>10} flagged  {}\n", filter.dropped, filter.flagged,
                        fmt::format("{} (filter_{})", filter.title, filter.name));
  }
  for (const DataReport::Overlap& overlap : report.overlaps)
    text +=
        fmt::format("{}: of {} pairs, {} are in training ({:.2f} %), {} more by their source alone\n",
                    overlap.name, overlap.pairs, overlap.seen_pairs,
                    percent(overlap.seen_pairs, overlap.pairs), overlap.seen_sources - overlap.seen_pairs);
  if (report.alignment) {
    const DataReport::Alignment& a = *report.alignment;
    if (a.drift.source_lines != a.drift.target_lines)
      text += fmt::format("{} has {} lines, {} has {}: they do not belong together line by line\n", a.source,
                          a.drift.source_lines, a.target, a.drift.target_lines);
    if (a.drift.first_line() > 0) text += fmt::format("{}\n", a.drift.text(a.source, a.target));
  }
  return text;
}

}  // namespace heed
