#include "heed/service/task_predictors.h"

#include "heed/service/translator.h"

namespace heed {
namespace {

/// Translations, or summaries: `result` is what they are called.
class TranslationPredictor : public Predictor {
 public:
  TranslationPredictor(const std::filesystem::path& folder, Backend& backend, std::string result,
                       DecodingConfig config)
      : translator_(folder, backend), result_(std::move(result)), config_(std::move(config)) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<std::uint64_t> numbers(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) numbers[i] = first + i;
    std::vector<Prediction> all;
    for (const TranslatedLine& line :
         translator_.translate(lines, translator_.with_batch_size(config_), numbers)) {
      const Translation& best = line.translations.front();
      all.push_back({best.text,
                     {{result_, best.text},
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
  std::string result_;
  DecodingConfig config_;
};

}  // namespace

std::unique_ptr<Predictor> translation_predictor(const std::filesystem::path& folder, Backend& backend,
                                                 const PredictorOptions& /*options*/) {
  return std::make_unique<TranslationPredictor>(folder, backend, "translation", DecodingConfig{});
}

std::unique_ptr<Predictor> summary_predictor(const std::filesystem::path& folder, Backend& backend,
                                             const PredictorOptions& /*options*/) {
  return std::make_unique<TranslationPredictor>(folder, backend, "summary", summarizing());
}

}  // namespace heed
