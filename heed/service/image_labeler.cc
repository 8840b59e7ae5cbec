#include "heed/service/image_labeler.h"

#include <algorithm>

#include "heed/checkpoint/model_folder.h"
#include "heed/classes/classes_file.h"
#include "heed/image_classifier/patches.h"
#include "heed/images/labeled/labels.h"
#include "heed/metrics/accuracy_and_loss.h"
#include "heed/ops/softmax.h"

namespace heed {

ImageLabeler::ImageLabeler(const std::filesystem::path& folder, Backend& backend) : backend_(&backend) {
  const std::string task = load_task(folder);
  require<CheckpointError>(task == image_classification, folder.string(), ": holds a model for ", task,
                           ", but this takes one for ", image_classification);
  model_ = load_model_as<ImageClassifier>(folder, ParameterStore::Purpose::inference,
                                          Placement::prepacked(backend));
  classes_ = load_image_classes(folder);
  require_labels_of_model(folder, classes_.labels, model_->sizes().outputs);
}

Image ImageLabeler::seen(const Image& image) const {
  return seen_image(image, model_->input(), classes_.preparation.fit);
}

std::vector<float> ImageLabeler::operator()(std::span<const Image> images) const {
  if (images.empty()) return {};
  const ImageInput input = model_->input();
  std::vector<float> numbers;
  for (const Image& image : images) append_patches(image, input, numbers);
  const auto count = static_cast<Index>(images.size());
  const NumberBatch batch{Tensor({count * input.patches(), input.numbers()}),
                          Segments::uniform(count, input.patches())};
  std::ranges::copy(numbers, batch.numbers.data());
  Pass pass = Pass::inference(*backend_);
  return backend_->numbers(ops::softmax(model_->logits(pass, batch)).value());
}

ConfusionMatrix evaluate(const ImageLabeler& labeler, std::span<const LabeledImage> images) {
  constexpr std::size_t at_once = 64;
  ConfusionMatrix matrix(labeler.labels());
  const std::vector<Index> truth = classes_of(images, labeler.labels());
  for (std::size_t first = 0; first < images.size(); first += at_once) {
    std::vector<Image> seen;
    for (const LabeledImage& each : images.subspan(first, std::min(at_once, images.size() - first)))
      seen.push_back(labeler.seen(each.image.read()));
    const std::vector<Index> found = most_probable_classes(labeler(seen), std::ssize(labeler.labels()));
    for (std::size_t i = 0; i < found.size(); ++i) matrix.add(truth[first + i], found[i]);
  }
  return matrix;
}

}  // namespace heed
