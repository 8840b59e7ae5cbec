#include "heed/tasks/text_classification/classification_validation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "heed/metrics/accuracy_and_loss.h"
#include "heed/text_classifier/network/class_probabilities.h"

namespace heed {
namespace {

std::vector<Measure> measures_of(std::span<const float> probabilities, std::span<const Index> classes,
                                 Index count) {
  const bool sound = std::ranges::all_of(probabilities, [](float p) { return std::isfinite(p); });
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const AccuracyAndLoss found =
      sound ? accuracy_and_loss(probabilities, classes, count) : AccuracyAndLoss{nan, nan};
  return {{.name = "accuracy", .title = "accuracy", .value = 100 * found.accuracy},
          {.name = "loss", .title = "loss", .value = found.loss, .better = Better::lower, .digits = 4}};
}

/// Up to five groups of about as many texts, at least 20 each unless there are fewer in all. Texts of one
/// length stay together, so that a set always has the same groups.
std::vector<LengthBucket> by_length(std::span<const float> probabilities, const ClassifiedTexts& set,
                                    Index classes) {
  constexpr Index most_groups = 5, fewest_texts = 20;
  const Index count = set.examples.size();
  std::vector<Index> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), Index{0});
  const auto length = [&](Index example) { return set.examples.rows(example, 0); };
  std::ranges::stable_sort(order, {}, length);
  const auto length_at = [&](Index place) { return length(order[static_cast<std::size_t>(place)]); };

  std::vector<LengthBucket> groups;
  const Index wanted = std::clamp<Index>(count / fewest_texts, 1, most_groups);
  for (Index part = 1, begin = 0; part <= wanted && begin < count; ++part) {
    Index end = count * part / wanted;
    if (end <= begin) continue;
    while (end < count && length_at(end) == length_at(end - 1)) ++end;
    std::vector<float> of_group;
    std::vector<Index> targets;
    for (Index place = begin; place < end; ++place) {
      const auto example = static_cast<std::size_t>(order[static_cast<std::size_t>(place)]);
      const auto its = probabilities.subspan(example * static_cast<std::size_t>(classes),
                                             static_cast<std::size_t>(classes));
      of_group.insert(of_group.end(), its.begin(), its.end());
      targets.push_back(set.classes[example]);
    }
    groups.push_back({.from = length_at(begin),
                      .to = length_at(end - 1),
                      .examples = end - begin,
                      .measures = measures_of(of_group, targets, classes)});
    begin = end;
  }
  return groups;
}

}  // namespace

Validation validate(const Classifier& model, Backend& backend, const std::vector<std::string>& labels,
                    const ClassifiedTexts& set, const ClassificationValidationOptions& options) {
  const Index classes = std::ssize(labels);
  const std::vector<float> probabilities =
      class_probabilities(model, backend, set.examples, options.batch_tokens);
  Validation result;
  result.measures = measures_of(probabilities, set.classes, classes);
  if (std::isnan(result.measures.front().value)) return result;
  result.by_length = by_length(probabilities, set, classes);
  const std::vector<Index> predicted = most_probable_classes(probabilities, classes);
  const auto label = [&](Index of_class) { return labels[static_cast<std::size_t>(of_class)]; };
  // Spread over the set, the same at each validation, so that one sees them get better.
  const std::size_t count = std::min(static_cast<std::size_t>(options.samples), predicted.size());
  for (std::size_t s = 0; s < count; ++s) {
    const std::size_t i = s * predicted.size() / count;
    result.samples.push_back(
        {{{"text", set.texts[i]}, {"label", label(set.classes[i])}, {"predicted", label(predicted[i])}}});
  }
  return result;
}

}  // namespace heed
