#include "heed/metrics/ter.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "heed/base/parallel.h"
#include "heed/metrics/characters.h"
#include "heed/metrics/ngrams.h"
#include "heed/metrics/shift_search.h"
#include "heed/metrics/signature.h"

namespace heed {
namespace {

struct TerStatistics {
  Index edits = 0;
  double reference_length = 0;
};

// sacreBLEU tokenizes references twice, which shows with `normalized`: "&amp;lt;" ends as "<", and a
// possessive before an odd space is split the second time.
std::string tokenize_reference(const std::string& reference, const TerOptions& options) {
  return tokenize_tercom(tokenize_tercom(reference, options), options);
}

TerStatistics count_edits(const std::string& hypothesis, const References& references, std::size_t segment,
                          const TerOptions& options) {
  std::vector<std::string> texts{tokenize_tercom(hypothesis, options)};
  for (const auto& stream : references) texts.push_back(tokenize_reference(stream[segment], options));
  std::vector<std::vector<std::string_view>> split;
  for (const std::string& text : texts) split.push_back(words(text));
  const auto tokens = number_words(split);

  Index edits = std::numeric_limits<Index>::max(), length = 0;
  for (const auto& reference : std::span(tokens).subspan(1)) {
    edits = std::min(edits, translation_edits(tokens[0], reference));
    length += static_cast<Index>(reference.size());
  }
  return {edits, static_cast<double>(length) / static_cast<double>(references.size())};
}

double rate(Index edits, double reference_length) {
  if (reference_length > 0) return static_cast<double>(edits) / reference_length;
  return edits > 0 ? 1 : 0;
}

}  // namespace

TerScore ter(std::span<const std::string> hypotheses, const References& references,
             const TerOptions& options) {
  check_segments("ter", hypotheses, references);
  std::vector<TerStatistics> segments(hypotheses.size());
  parallel_for(static_cast<Index>(hypotheses.size()), 16, [&](Index begin, Index end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
      segments[i] = count_edits(hypotheses[i], references, i, options);
  });
  TerScore score{.options = options, .reference_count = static_cast<Index>(references.size())};
  for (const TerStatistics& segment : segments) {
    score.edits += segment.edits;
    score.reference_length += segment.reference_length;
  }
  score.score = 100 * rate(score.edits, score.reference_length);
  return score;
}

std::string TerScore::text(int decimals) const {
  return fmt::format("{} = {:.{}f}", name(), score, decimals);
}

std::string TerScore::signature() const {
  return make_signature({{"nrefs", std::to_string(reference_count)},
                         {"case", options.case_sensitive ? "mixed" : "lc"},
                         {"tok", "tercom"},
                         {"norm", options.normalized ? "yes" : "no"},
                         {"punct", options.no_punctuation ? "no" : "yes"},
                         {"asian", options.asian_support ? "yes" : "no"}});
}

}  // namespace heed
