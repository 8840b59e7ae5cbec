#include "heed/service/open_predictor.h"

#include <algorithm>
#include <array>

#include "heed/checkpoint/model_folder.h"
#include "heed/images/read_image.h"
#include "heed/service/generator.h"
#include "heed/service/image_labeler.h"
#include "heed/service/open_classifier.h"
#include "heed/service/translator.h"
#include "heed/text/unicode.h"
#include "heed/text_classifier/classifier_folder.h"
#include "heed/text_classifier/network/text_classes.h"

namespace heed {
namespace {

class TranslationPredictor : public Predictor {
 public:
  TranslationPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions&)
      : translator_(folder, backend) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<std::uint64_t> numbers(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) numbers[i] = first + i;
    std::vector<Prediction> all;
    for (const TranslatedLine& line :
         translator_.translate(lines, translator_.with_batch_size({}), numbers)) {
      const Translation& best = line.translations.front();
      all.push_back({best.text,
                     {{"translation", best.text},
                      {"score", best.score},
                      {"log_probability", best.log_probability},
                      {"complete", best.complete},
                      {"tokens", best.tokens},
                      {"token_log_probability", best.token_log_probability}}});
    }
    return all;
  }
  Index threads_for(Index lines, Index available) const override {
    return lines == 1 ? translator_.threads_for_one(available) : available;
  }

 private:
  Translator translator_;
};

/// The text with ends of line as \n and \r, and a backslash as two.
std::string escaped(std::string_view text) {
  std::string line;
  for (const char byte : text) {
    if (byte == '\n')
      line += "\\n";
    else if (byte == '\r')
      line += "\\r";
    else if (byte == '\\')
      line += "\\\\";
    else
      line += byte;
  }
  return line;
}

class GenerationPredictor : public Predictor {
 public:
  GenerationPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions& options)
      : generator_(folder, backend), config_({.max_tokens = options.max_tokens}) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<Prediction> all;
    for (const std::string& line : lines) {
      const GeneratedText text = text_after(line, first + all.size());
      all.push_back({escaped(text.text),
                     {{"text", text.text},
                      {"finish_reason", enum_name(text.finish_reason)},
                      {"log_probability", text.log_probability},
                      {"tokens", text.tokens},
                      {"token_log_probability", text.token_log_probability}}});
    }
    return all;
  }
  /// Each text takes long and is written alone.
  Index lines_at_once() const override { return 1; }
  Index threads_for(Index /*lines*/, Index available) const override {
    return generator_.threads_for_one(available);
  }

 private:
  GeneratedText text_after(const std::string& line, std::uint64_t number) const {
    const std::string where = message("line ", number + 1);
    require_utf8(line, where);
    try {
      return generator_.generate(line, config_, number).front();
    } catch (const ConfigError& error) {  // it is longer than the context
      throw DataError(message(where, ": ", error.what()));
    }
  }

  Generator generator_;
  GenerationConfig config_;
};

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

using Open = std::unique_ptr<Predictor> (*)(const std::filesystem::path&, Backend&, const PredictorOptions&);

template <class P>
std::unique_ptr<Predictor> open(const std::filesystem::path& folder, Backend& backend,
                                const PredictorOptions& options) {
  return std::make_unique<P>(folder, backend, options);
}

struct Entry {
  std::string_view task;
  Open open;
};

constexpr std::array entries{
    Entry{"translation", open<TranslationPredictor>},
    Entry{"text-generation", open<GenerationPredictor>},
    Entry{text_classification, open<ClassPredictor>},
    Entry{image_classification, open<ImagePredictor>},
};

}  // namespace

std::string task_of_model(const std::filesystem::path& folder) {
  return holds_bag_of_words(folder) ? std::string(text_classification) : load_task(folder);
}

std::unique_ptr<Predictor> open_predictor(const std::filesystem::path& folder, Backend& backend,
                                          const PredictorOptions& options) {
  const std::string task = task_of_model(folder);
  std::string known;
  for (const Entry& entry : entries) {
    if (entry.task == task) return entry.open(folder, backend, options);
    known += message(known.empty() ? "" : ", ", entry.task);
  }
  throw CheckpointError(message(folder.string(), ": holds a model for ", task,
                                ", but this heed predicts with models for ", known, " only"));
}

}  // namespace heed
