#include "heed/classification/held_out_texts.h"

#include <algorithm>

#include "heed/classification/folds.h"

namespace heed {

HeldOutTexts hold_out_a_tenth(std::span<const LabeledText> texts, std::uint64_t seed) {
  constexpr Index parts = 10;
  require<DataError>(std::ssize(texts) >= parts, "of ", texts.size(),
                     " texts none can be held out to validate on; give ", parts, " or more, or --valid FILE");
  const std::vector<std::string> labels = labels_of(texts);
  const std::vector<Index> folds = stratified_folds(classes_of(texts, labels), parts, seed);
  const auto [held_out, kept] = parts_of(texts, std::span<const Index>(folds), 0);
  const std::vector<std::string> known = labels_of(kept);
  HeldOutTexts result{.kept = kept, .validation = {}};
  for (const auto& each : held_out)
    if (std::binary_search(known.begin(), known.end(), each.label)) result.validation.push_back(each);
  return result;
}

}  // namespace heed
