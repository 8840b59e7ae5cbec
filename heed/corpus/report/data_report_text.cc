#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "heed/corpus/report/data_report.h"
#include "heed/text/unicode.h"

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

/// A histogram as one line of bars.
std::string bars(const Histogram& histogram) {
  constexpr std::array levels{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const Index most = *std::ranges::max_element(histogram.counts);
  std::string text;
  for (const Index count : histogram.counts)
    text += levels[static_cast<std::size_t>((count * 8 + most - 1) / std::max<Index>(most, 1))];
  return text;
}

std::string perplexity_text(double perplexity) {
  if (std::isinf(perplexity)) return "infinite";
  if (perplexity >= 1e6) return fmt::format("{:.1e}", perplexity);
  return perplexity < 1000 ? fmt::format("{:.1f}", perplexity) : fmt::format("{:.0f}", perplexity);
}

std::string fluency_text(std::string_view side, const DataReport::Fluency& f) {
  const std::string by = f.model.empty() ? "models of the corpus' halves" : f.model;
  if (f.sentences == 0)
    return fmt::format("fluency of the {}: too few different sentences to tell by {}\n", side, by);
  std::string text = fmt::format(
      "fluency of the {} by {}: perplexity {}, {} without unknown words ({:.1f} %)\n", side, by,
      perplexity_text(f.perplexity), perplexity_text(f.perplexity_of_known), percent(f.unknown, f.words));
  if (f.impossible > 0)
    text += fmt::format("{:>14} words and ends of sentences are impossible by the model\n", f.impossible);
  const Histogram& h = f.log10_perplexities;
  if (!h.counts.empty())
    text += fmt::format("  sentences from perplexity 10^{:.0f} to 10^{:.0f}: |{}| median {}, 99 % up to {}\n",
                        h.edges.front(), h.edges.back(), bars(h), perplexity_text(std::pow(10, h.median)),
                        perplexity_text(std::pow(10, h.most_of_99)));
  for (const DataReport::Fluency::Sentence& s : f.least_fluent)
    text += fmt::format("{:>14}  {}: {}\n", perplexity_text(std::pow(10, s.log10_perplexity)), s.where,
                        printable(s.text, 100));
  return text;
}

}  // namespace

std::string data_report_text(const DataReport& report) {
  std::string text = fmt::format("{}: {} pairs read, {} kept ({} of them flagged), {} dropped ({:.2f} %)\n",
                                 report.title, report.read, report.kept, report.flagged, report.dropped,
                                 percent(report.dropped, report.read));
  text += fmt::format("source: {}\ntarget: {}\n", main_language(report.source), main_language(report.target));
  for (const std::string& line : report.reading.notes) text += line + '\n';
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
  if (report.source.fluency) text += fluency_text("source", *report.source.fluency);
  if (report.target.fluency) text += fluency_text("target", *report.target.fluency);
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
