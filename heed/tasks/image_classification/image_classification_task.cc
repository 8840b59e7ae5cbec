#include "heed/tasks/image_classification/image_classification_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "heed/base/any_bytes.h"
#include "heed/base/quantities.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/data/dataset_fingerprint.h"
#include "heed/image_classifier/image_logits.h"
#include "heed/images/labeled/labels.h"
#include "heed/ops/cross_entropy.h"
#include "heed/tasks/classification/classification_defaults.h"
#include "heed/tasks/classification/split_of_run.h"
#include "heed/tasks/image_classification/image_validation.h"
#include "heed/text/unicode.h"
#include "heed/training/run_tokenizers.h"

namespace heed {
namespace {

class ImageObjective : public Objective {
 public:
  ImageObjective(const ImageClassifier& model, const std::vector<std::string>& labels,
                 const ImageExamples& validation, const SeenImages& training_images,
                 const TrainingConfig& training)
      : model_(model),
        labels_(labels),
        validation_(validation),
        training_images_(training_images),
        label_smoothing_(static_cast<float>(training.label_smoothing)),
        options_{.samples = training.samples, .batch_tokens = training.batch_tokens} {}

  Loss loss(Pass& pass, const Batch& batch) const override {
    const std::vector<Index>& classes = batch.columns.at(1).tokens;
    return {
        ops::cross_entropy(model_.logits(pass, number_batch(batch.columns.at(0))), classes, label_smoothing_),
        static_cast<double>(classes.size())};
  }
  std::string_view loss_unit() const override { return "image"; }
  Index tokens(const Batch& batch) const override { return batch.size() * model_.input().patches(); }
  std::vector<std::string_view> measures() const override { return {"accuracy", "loss"}; }
  // While all are still taken for one class, the loss alone tells whether anything is learned.
  std::string_view tie_breaker() const override { return "loss"; }
  Validation validate(Backend& backend) const override {
    return heed::validate(model_, backend, labels_, validation_, options_);
  }
  std::string validation_fingerprint() const override { return fingerprint(validation_); }
  std::vector<std::string> texts(const Batch& batch) const override {
    std::vector<std::string> names;
    for (const Index example : batch.examples) names.push_back(printable(training_images_.name(example)));
    return names;
  }

 private:
  const ImageClassifier& model_;
  const std::vector<std::string>& labels_;
  const ImageExamples& validation_;
  const SeenImages& training_images_;
  float label_smoothing_;
  ImageValidationOptions options_;
};

/// What the images are by their labels and names: as texts are held out, so are they.
std::vector<LabeledText> names_of(std::span<const LabeledImage> images) {
  std::vector<LabeledText> names;
  for (const LabeledImage& each : images) names.push_back({each.label, utf8_of(each.image.name())});
  return names;
}

/// Images to learn from, and to validate on.
struct ImageSplit {
  std::vector<LabeledImage> training, validation;
};

ImageSplit split_images(const RunFolder& folder, std::vector<LabeledImage> images, std::uint64_t seed,
                        double share) {
  const auto least = static_cast<Index>(std::lround(1 / share));
  require<DataError>(std::ssize(images) >= least, "of ", images.size(),
                     " images none can be held out to validate on; give ", least,
                     " or more, or validation images (valid_images)");
  const auto [training, validation] = split_of_run(folder, names_of(images), seed, share);
  std::map<std::string, const LabeledImage*, std::less<>> by_name;
  for (const LabeledImage& each : images) by_name.emplace(utf8_of(each.image.name()), &each);
  ImageSplit split;
  for (const LabeledText& each : training)
    split.training.push_back({each.label, by_name.at(each.text)->image});
  for (const LabeledText& each : validation) {
    const auto found = by_name.find(each.text);
    require<DataError>(
        found != by_name.end(), "the run is validated on the image ", bytes_of(each.text),
        ", which is not among the training images any more; put it back, or train in another folder");
    split.validation.push_back({each.label, found->second->image});
  }
  return split;
}

/// The labels of images to learn from.
std::vector<std::string> known_labels(std::span<const LabeledImage> images) {
  std::vector<std::string> labels = labels_of(names_of(images));
  require<DataError>(labels.size() != 1, "all ", images.size(), " images have the label '",
                     printable(labels.front()), "'; there is nothing to tell apart");
  return labels;
}

/// What a new model is to see: of images that are all squares of one size, those as they are. Some of them,
/// spread over all, tell, as reading every one takes long.
ImageInput input_of(std::span<const LabeledImage> images) {
  constexpr std::size_t looked_at = 100;
  constexpr Index largest = 64;
  ImageInput input{.channels = 1};
  const std::size_t step = std::max<std::size_t>(1, images.size() / looked_at);
  bool alike = true;
  for (std::size_t i = 0; i < images.size(); i += step) {
    const Image image = images[i].image.read();
    if (image.channels == 3) input.channels = 3;
    if (i == 0) input.size = image.width;
    alike = alike && image.width == input.size && image.height == input.size;
  }
  if (!alike || input.size > largest) input.size = 0;
  return input;
}

DataCounts counts_of(std::string name, std::span<const Index> classes, std::span<const std::string> labels) {
  DataCounts counts{std::move(name), {{"read", std::ssize(classes)}}};
  for (std::size_t i = 0; i < labels.size(); ++i)
    counts.counts.emplace_back(printable(labels[i]), std::ranges::count(classes, static_cast<Index>(i)));
  return counts;
}

std::vector<StoredImage> stored(std::span<const LabeledImage> images) {
  std::vector<StoredImage> all;
  for (const LabeledImage& each : images) all.push_back(each.image);
  return all;
}

}  // namespace

Settings ImageClassificationTask::settings() {
  return settings_of(options_.images, options_.preparation, options_.augmentation);
}

void ImageClassificationTask::set_defaults(TrainingConfig& training, ModelOptions& /*model*/) const {
  set_classification_defaults(training);
  training.epochs = 100;
  training.batch_tokens = 4096;
  training.learning_rate = 1e-3;
  training.schedule = ScheduleKind::cosine;
  training.warmup = 200;
  training.weight_decay = 0.05;
  training.patience = 15;
  training.samples = 6;
  training.precision = TrainingPrecision::automatic;
}

void ImageClassificationTask::check_data() {
  require<ConfigError>(!options_.images.train_images.empty(),
                       "there is nothing to learn from; name images with train_images");
  parse_bytes(options_.images.image_memory, "image_memory");
}

Vocabularies ImageClassificationTask::expected_vocabularies() const { return {.outputs = 2}; }

Vocabularies ImageClassificationTask::vocabularies(const TaskRun& run) {
  const auto note = [&](const std::string& text) { run.observer.note(text); };
  training_ = read_labeled_images(options_.images.train_images, note);
  require<DataError>(!training_.empty(), "training: there are no images to learn from");
  if (options_.images.valid_images.empty()) {
    auto [training, validation] =
        split_images(run.folder, std::move(training_), run.training.seed, options_.images.validation_share);
    training_ = std::move(training);
    validation_ = std::move(validation);
  } else {
    validation_ = read_labeled_images(options_.images.valid_images, note);
  }
  if (!run.resumed) keep_validation(run.folder, names_of(validation_));
  if (run.taken_over().empty()) {
    classes_ = {known_labels(training_), options_.preparation};
  } else {
    classes_ = load_image_classes(run.taken_over());
    ImagePreparation usual;
    require_taken_over(run, settings_of(classes_.preparation), settings_of(options_.preparation),
                       settings_of(usual), "how a model sees images");
    options_.preparation = classes_.preparation;
  }
  if (!run.resumed) classes_.save(run.folder.path());
  return {.outputs = std::ssize(classes_.labels),
          .images =
              run.taken_over().empty() ? input_of(training_) : load_config(run.taken_over()).sizes().images};
}

TaskData ImageClassificationTask::read(const TaskRun& run, const ModelSizes& sizes) {
  require<DataError>(!validation_.empty(), "training: there are no images to validate on");
  const std::size_t memory = parse_bytes(options_.images.image_memory, "image_memory");
  const auto seen = [&](std::vector<LabeledImage>& images) {
    auto all =
        std::make_shared<const SeenImages>(stored(images), sizes.images, classes_.preparation.fit, memory);
    images.clear();
    return all;
  };
  const std::vector<Index> classes = classes_of(training_, classes_.labels),
                           validation_classes = classes_of(validation_, classes_.labels);
  std::optional<ImageVariation> variation;
  if (options_.augmentation.any()) variation = {options_.augmentation, run.training.seed};
  training_examples_ = std::make_shared<const ImageExamples>(seen(training_), classes, variation);
  validation_examples_ = std::make_shared<const ImageExamples>(seen(validation_), validation_classes);
  run.observer.note(fmt::format("images: {} to learn from, {} classes; {} to validate on",
                                training_examples_->size(), classes_.labels.size(),
                                validation_examples_->size()));
  return {.examples = training_examples_,
          .bucket = 1,  // all are of one length
          .counts = {counts_of("training", classes, classes_.labels),
                     counts_of("validation", validation_classes, classes_.labels)}};
}

std::unique_ptr<Objective> ImageClassificationTask::objective(const Model& model,
                                                              const TrainingConfig& training) const {
  return std::make_unique<ImageObjective>(require_family<ImageClassifier>(model, image_classification),
                                          classes_.labels, *validation_examples_,
                                          training_examples_->images(), training);
}

std::string ImageClassificationTask::card_text() const {
  std::string labels;
  for (const std::string& label : classes_.labels)
    labels += message(labels.empty() ? "" : ", ", "`", printable(label), "`");
  return fmt::format("Accuracy is in percent of {} images. Trained on {} images of {} classes: {}. ",
                     validation_examples_->size(), training_examples_->size(), classes_.labels.size(),
                     labels);
}

}  // namespace heed
