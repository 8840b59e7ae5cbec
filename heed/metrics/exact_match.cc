#include "heed/metrics/exact_match.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/metrics/characters.h"
#include "heed/metrics/signature.h"
#include "heed/text/lowercased.h"

namespace heed {
namespace {

bool same(std::string_view left, std::string_view right, const ExactMatchOptions& options) {
  left = without_trailing_space(left);
  right = without_trailing_space(right);
  return left == right || (options.lowercase && lowercased(left) == lowercased(right));
}

}  // namespace

ExactMatchScore exact_match(std::span<const std::string> hypotheses, const References& references,
                            const ExactMatchOptions& options) {
  check_segments("exact match", hypotheses, references);
  ExactMatchScore score{.segments = static_cast<Index>(hypotheses.size()),
                        .options = options,
                        .reference_count = static_cast<Index>(references.size())};
  for (std::size_t i = 0; i < hypotheses.size(); ++i)
    score.matches += std::ranges::any_of(
        references, [&](const auto& stream) { return same(hypotheses[i], stream[i], options); });
  score.score = 100 * static_cast<double>(score.matches) / static_cast<double>(score.segments);
  return score;
}

std::string ExactMatchScore::details() const { return fmt::format("({} of {})", matches, segments); }

std::string ExactMatchScore::text(int decimals) const {
  return fmt::format("{} = {:.{}f} {}", name(), score, decimals, details());
}

std::string ExactMatchScore::signature() const {
  return make_signature(
      {{"nrefs", std::to_string(reference_count)}, {"case", options.lowercase ? "lc" : "mixed"}});
}

}  // namespace heed
