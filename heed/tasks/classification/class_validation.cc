#include "heed/tasks/classification/class_validation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "heed/metrics/accuracy_and_loss.h"
#include "heed/text_classifier/network/class_logits.h"

namespace heed {
namespace {

/// What a model says of a set: probabilities [targets, classes], and of each example the place of its first
/// target and of the one behind its last.
struct Predictions {
  std::vector<float> probabilities;
  std::vector<Index> targets;
  std::vector<std::size_t> ends{0};
  Index classes = 0;
};

Predictions predictions_of(const BatchLogits& logits, Index labels, Backend& backend, const Dataset& examples,
                           Index batch_tokens) {
  Predictions found;
  found.classes = labels;
  // Examples may be dear to make, as images are: their classes are taken where they pass by.
  const BatchLogits noted = [&](Pass& pass, const Batch& batch) {
    const Column& classes = batch.columns.back();
    found.targets.insert(found.targets.end(), classes.tokens.begin(), classes.tokens.end());
    for (const Index its : classes.lengths)
      found.ends.push_back(found.ends.back() + static_cast<std::size_t>(its));
    return logits(pass, batch);
  };
  found.probabilities = class_probabilities(noted, backend, examples, batch_tokens);
  return found;
}

std::vector<Measure> measures_of(std::span<const float> probabilities, std::span<const Index> targets,
                                 Index classes) {
  const bool sound = std::ranges::all_of(probabilities, [](float p) { return std::isfinite(p); });
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const AccuracyAndLoss found =
      sound ? accuracy_and_loss(probabilities, targets, classes) : AccuracyAndLoss{nan, nan};
  return {{.name = "accuracy", .title = "accuracy", .value = 100 * found.accuracy},
          {.name = "loss", .title = "loss", .value = found.loss, .better = Better::lower, .digits = 4}};
}

/// Of some of the examples.
std::vector<Measure> measures_of(const Predictions& all, std::span<const Index> examples) {
  std::vector<float> probabilities;
  std::vector<Index> targets;
  for (const Index example : examples)
    for (std::size_t i = all.ends[static_cast<std::size_t>(example)];
         i < all.ends[static_cast<std::size_t>(example) + 1]; ++i) {
      const auto of_target =
          std::span(all.probabilities)
              .subspan(i * static_cast<std::size_t>(all.classes), static_cast<std::size_t>(all.classes));
      probabilities.insert(probabilities.end(), of_target.begin(), of_target.end());
      targets.push_back(all.targets[i]);
    }
  return measures_of(probabilities, targets, all.classes);
}

/// Up to five groups of about as many examples, at least 20 each unless there are fewer in all. Examples of
/// one length stay together, so that a set always has the same groups.
std::vector<LengthBucket> by_length(const Predictions& predictions, const Dataset& examples) {
  constexpr Index most_groups = 5, fewest_examples = 20;
  const Index count = examples.size();
  std::vector<Index> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), Index{0});
  const auto length = [&](Index example) { return examples.rows(example, 0); };
  std::ranges::stable_sort(order, {}, length);
  const auto length_at = [&](Index place) { return length(order[static_cast<std::size_t>(place)]); };

  std::vector<LengthBucket> groups;
  const Index wanted = std::clamp<Index>(count / fewest_examples, 1, most_groups);
  for (Index part = 1, begin = 0; part <= wanted && begin < count; ++part) {
    Index end = count * part / wanted;
    if (end <= begin) continue;
    while (end < count && length_at(end) == length_at(end - 1)) ++end;
    const auto group =
        std::span(order).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    groups.push_back({.from = length_at(begin),
                      .to = length_at(end - 1),
                      .examples = end - begin,
                      .measures = measures_of(predictions, group)});
    begin = end;
  }
  return groups;
}

}  // namespace

ClassValidation validate_classes(const BatchLogits& logits, Index labels, Backend& backend,
                                 const Dataset& examples, Index batch_tokens, ClassGroups groups) {
  const Predictions found = predictions_of(logits, labels, backend, examples, batch_tokens);
  ClassValidation result;
  result.validation.measures = measures_of(found.probabilities, found.targets, found.classes);
  if (std::isnan(result.validation.measures.front().value)) return result;
  if (groups == ClassGroups::by_length) result.validation.by_length = by_length(found, examples);
  result.predicted = most_probable_classes(found.probabilities, found.classes);
  return result;
}

ClassValidation validate_classes(const Classifier& model, Backend& backend, const Dataset& examples,
                                 Index batch_tokens) {
  return validate_classes(batch_logits(model), model.sizes().outputs, backend, examples, batch_tokens);
}

}  // namespace heed
