#include "heed/tasks/translation/length_buckets.h"

#include <algorithm>
#include <numeric>

#include "heed/base/error.h"
#include "heed/metrics/chrf.h"

namespace heed {

std::vector<TranslationBucket> scores_by_length(std::span<const Index> source_lengths,
                                                std::span<const std::string> translations,
                                                std::span<const std::string> references,
                                                const BleuOptions& options) {
  require<DataError>(source_lengths.size() == translations.size() && translations.size() == references.size(),
                     "scores by length: ", source_lengths.size(), " sources, ", translations.size(),
                     " translations and ", references.size(), " references; give one of each a sentence");
  constexpr Index most_groups = 5, fewest_sentences = 20;
  const Index count = std::ssize(source_lengths);
  std::vector<std::size_t> order(source_lengths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return source_lengths[a] < source_lengths[b]; });
  const auto length = [&](Index i) { return source_lengths[order[static_cast<std::size_t>(i)]]; };

  std::vector<TranslationBucket> groups;
  const Index wanted = std::clamp<Index>(count / fewest_sentences, 1, most_groups);
  for (Index part = 1, begin = 0; part <= wanted && begin < count; ++part) {
    Index end = count * part / wanted;
    if (end <= begin) continue;
    while (end < count && length(end) == length(end - 1)) ++end;
    std::vector<std::string> hypotheses, expected;
    for (Index i = begin; i < end; ++i) {
      hypotheses.push_back(translations[order[static_cast<std::size_t>(i)]]);
      expected.push_back(references[order[static_cast<std::size_t>(i)]]);
    }
    groups.push_back({.from = length(begin),
                      .to = length(end - 1),
                      .sentences = end - begin,
                      .bleu = bleu(hypotheses, {expected}, options).score,
                      .chrf = chrf(hypotheses, {expected}).score});
    begin = end;
  }
  return groups;
}

}  // namespace heed
