#include <fmt/format.h>

#include <algorithm>

#include "heed/comparison/comparison.h"

namespace heed {
namespace {

using Row = std::vector<std::string>;

/// Columns as wide as they need to be, the first to the left, the others to the right.
std::string aligned(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], row[i].size());
    }
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      text += i == 0 ? fmt::format("{:<{}}", row[i], widths[i]) : fmt::format("  {:>{}}", row[i], widths[i]);
    text += '\n';
  }
  return text;
}

std::string overview(const Comparison& all) {
  std::vector<Row> rows{{"model", "parameters", "updates", "minutes", "tokens/s", "BLEU", "shuffled", "loss",
                         "shuffled", "unmoved"}};
  for (const MeasuredModel& m : all.models) {
    const double same = m.shuffled.changed > 0 ? 100.0 * static_cast<double>(m.shuffled.same) /
                                                     static_cast<double>(m.shuffled.changed)
                                               : 100;
    rows.push_back({std::string(title_of(m.model)),
                    fmt::format("{:.2f} M", static_cast<double>(m.parameters) / 1e6),
                    std::to_string(m.updates), fmt::format("{:.1f}", m.seconds / 60),
                    fmt::format("{:.0f}", m.tokens_per_second), fmt::format("{:.2f}", m.bleu),
                    fmt::format("{:.2f}", m.shuffled.bleu), fmt::format("{:.3f}", m.loss),
                    fmt::format("{:.3f}", m.shuffled.loss), fmt::format("{:.1f} %", same)});
  }
  return aligned(rows) +
         "tokens/s: target tokens, median over updates; loss: nats a target token; shuffled: the words of "
         "every "
         "source\nin random order; unmoved: sentences that are translated then as before\n";
}

std::string lengths(const Comparison& all) {
  std::vector<Row> rows{{"BLEU by source tokens"}};
  for (const TranslationBucket& group : all.models.front().by_length)
    rows.front().push_back(fmt::format("{} to {}", group.from, group.to));
  for (const MeasuredModel& m : all.models) {
    rows.push_back({std::string(title_of(m.model))});
    for (const TranslationBucket& group : m.by_length)
      rows.back().push_back(fmt::format("{:.2f}", group.bleu));
  }
  return aligned(rows);
}

/// Distances worth a column: doubled each time, as far as the gradient is known.
std::vector<std::size_t> shown_distances(std::size_t count) {
  std::vector<std::size_t> distances;
  for (std::size_t d = 1; d < count; d *= 2) distances.push_back(d);
  if (count > 1 && distances.back() != count - 1) distances.push_back(count - 1);
  return distances;
}

std::string gradients(const Comparison& all, std::string_view title, GradientReach MeasuredModel::*when) {
  const GradientReach& first = all.models.front().*when;
  const auto distances = shown_distances(first.target.size());
  std::vector<Row> rows{{std::string(title)}};
  for (const std::size_t d : distances) rows.front().push_back(std::to_string(d));
  for (const MeasuredModel& m : all.models) {
    const std::vector<double>& norms = (m.*when).target;
    rows.push_back({std::string(title_of(m.model))});
    for (const std::size_t d : distances) rows.back().push_back(fmt::format("{:.2g}", norms[d] / norms[0]));
  }
  return aligned(rows);
}

}  // namespace

std::string comparison_text(const Comparison& comparison) {
  const GradientReach& reach = comparison.models.front().trained;
  return fmt::format(
      "{}\n{}\n{}\n{}of the loss of target token {}, by the target words so many steps before the newest, "
      "whose norm is 1;\nmean over {} sentences\n",
      overview(comparison), lengths(comparison),
      gradients(comparison, "gradient, untrained", &MeasuredModel::untrained),
      gradients(comparison, "gradient, trained", &MeasuredModel::trained), reach.step, reach.sentences);
}

}  // namespace heed
