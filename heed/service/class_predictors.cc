#include "heed/service/task_predictors.h"

#include <algorithm>

#include "heed/images/read_image.h"
#include "heed/service/image_labeler.h"
#include "heed/service/open_classifier.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// Takes the likeliest label and the probability of each.
Prediction prediction_of_classes(std::span<const float> probabilities,
                                 const std::vector<std::string>& labels) {
  const auto best = static_cast<std::size_t>(std::ranges::max_element(probabilities) - probabilities.begin());
  nlohmann::ordered_json by_label = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < labels.size(); ++i) by_label[labels[i]] = probabilities[i];
  return {labels[best], {{"label", labels[best]}, {"probabilities", by_label}}};
}

class ClassPredictor : public Predictor {
 public:
  ClassPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions&)
      : classifier_(open_classifier(folder, backend)) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    for (std::size_t i = 0; i < lines.size(); ++i) require_utf8(lines[i], message("line ", first + i + 1));
    if (lines.empty()) return {};
    const std::vector<std::string_view> texts(lines.begin(), lines.end());
    const std::vector<float> probabilities = (*classifier_)(texts);  // [texts, labels]
    const std::vector<std::string>& labels = classifier_->labels();
    std::vector<Prediction> all;
    for (std::size_t text = 0; text < lines.size(); ++text)
      all.push_back(prediction_of_classes(
          std::span(probabilities).subspan(text * labels.size(), labels.size()), labels));
    return all;
  }

 private:
  std::unique_ptr<TextClassifier> classifier_;
};

class ImagePredictor : public Predictor {
 public:
  ImagePredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions&)
      : labeler_(folder, backend) {}

  Input input() const override { return Input::file; }
  std::vector<std::string> files(const std::filesystem::path& named) const override {
    if (!std::filesystem::is_directory(named)) return {named.string()};
    std::vector<std::string> all;
    for (const auto& file : image_files(named)) all.push_back(file.string());
    require<DataError>(!all.empty(), named.string(), ": holds no PNG or JPEG files");
    return all;
  }
  std::vector<Prediction> operator()(std::span<const std::string> names,
                                     std::uint64_t /*first*/) const override {
    std::vector<Image> images;
    for (const std::string& name : names) images.push_back(labeler_.seen(read_image(name)));
    const std::vector<float> probabilities = labeler_(images);  // [images, labels]
    const std::vector<std::string>& labels = labeler_.labels();
    std::vector<Prediction> all;
    for (std::size_t i = 0; i < names.size(); ++i)
      all.push_back(
          prediction_of_classes(std::span(probabilities).subspan(i * labels.size(), labels.size()), labels));
    return all;
  }
  Index lines_at_once() const override { return 32; }

 private:
  ImageLabeler labeler_;
};

}  // namespace

std::unique_ptr<Predictor> text_class_predictor(const std::filesystem::path& folder, Backend& backend,
                                                const PredictorOptions& options) {
  return std::make_unique<ClassPredictor>(folder, backend, options);
}

std::unique_ptr<Predictor> image_class_predictor(const std::filesystem::path& folder, Backend& backend,
                                                 const PredictorOptions& options) {
  return std::make_unique<ImagePredictor>(folder, backend, options);
}

}  // namespace heed
