#include "heed/corpus/labeled/validation_split.h"

#include <algorithm>
#include <cmath>

#include "heed/base/error.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/corpus/labeled/stratified_folds.h"

namespace heed {

ValidationSplit validation_split(std::span<const LabeledText> texts, std::uint64_t seed, double share) {
  const auto parts = static_cast<Index>(std::lround(1 / share));
  require<DataError>(std::ssize(texts) >= parts, "of ", texts.size(),
                     " texts none can be held out to validate on; give ", parts,
                     " or more, or texts to validate on (valid_texts)");
  const std::vector<Index> folds = stratified_folds(classes_of(texts, labels_of(texts)), parts, seed);
  auto [held_out, training] = split_by_fold(texts, std::span<const Index>(folds), 0);
  const std::vector<std::string> known = labels_of(training);
  std::erase_if(held_out, [&](const LabeledText& each) {
    return !std::binary_search(known.begin(), known.end(), each.label);
  });
  return {std::move(training), std::move(held_out)};
}

}  // namespace heed
