#include "heed/service/image_attention_report.h"

#include <algorithm>

#include "heed/base/quantities.h"
#include "heed/image_classifier/patches.h"
#include "heed/ops/softmax.h"

namespace heed {

ImageAttentionReport::Map attention_rollout(const std::vector<std::vector<ImageAttentionReport::Map>>& layers,
                                            Index rows) {
  const auto n = static_cast<std::size_t>(rows);
  std::vector<double> flow(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) flow[i * n + i] = 1;
  for (const auto& heads : layers) {
    std::vector<double> step(n * n, 0.0), next(n * n, 0.0);
    for (const auto& map : heads)
      for (std::size_t i = 0; i < step.size(); ++i)
        step[i] += 0.5 * static_cast<double>(map[i]) / static_cast<double>(heads.size());
    for (std::size_t i = 0; i < n; ++i) step[i * n + i] += 0.5;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < n; ++k)
        for (std::size_t j = 0; j < n; ++j) next[i * n + j] += step[i * n + k] * flow[k * n + j];
    flow = std::move(next);
  }
  return {flow.begin(), flow.end()};
}

ImageAttentionReport image_attention_report(const ImageLabeler& labeler, const Image& image,
                                            std::string name) {
  const ImageClassifier& model = labeler.model();
  const ImageInput input = model.input();
  Backend& backend = labeler.backend();
  ImageAttentionReport report;
  report.name = std::move(name);
  report.facts = model.config().facts();
  report.image = labeler.seen(image);
  report.grid = input.grid();
  report.facts.emplace_back("parameters", count_text(static_cast<double>(model.store().count())));

  std::vector<float> numbers;
  append_patches(report.image, input, numbers);
  const NumberBatch batch{Tensor({input.patches(), input.numbers()}), Segments::uniform(1, input.patches())};
  std::ranges::copy(numbers, batch.numbers.data());
  Pass pass = Pass::inference(backend);
  pass.observe_attention([&](std::string_view, const Tensor& weights) {
    const Tensor all = backend.to_host(weights);  // [1, heads, rows, rows]
    const Index heads = all.size(1), rows = all.size(2);
    report.class_token = rows > input.patches();
    auto& maps = report.layers.emplace_back();
    for (Index head = 0; head < heads; ++head) {
      const float* from = all.data() + head * rows * rows;
      maps.emplace_back(from, from + rows * rows);
    }
  });
  const std::vector<float> probabilities = backend.numbers(ops::softmax(model.logits(pass, batch)).value());
  for (std::size_t i = 0; i < probabilities.size(); ++i)
    report.labels.emplace_back(labeler.labels()[i], probabilities[i]);
  std::ranges::stable_sort(report.labels, std::ranges::greater(), &std::pair<std::string, float>::second);
  report.rollout = attention_rollout(report.layers, report.rows());
  return report;
}

}  // namespace heed
