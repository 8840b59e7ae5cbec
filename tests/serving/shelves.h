#pragma once
#include "heed/serving/text_translation.h"
#include "tests/service/translators.h"

namespace heed {

/// Translators with random weights that differ, in folders of their own.
class WithModels : public WithTranslator {
 protected:
  OfferedModel model(const std::string& source, const std::string& target, std::uint64_t seed) const {
    const std::filesystem::path folder = folder_ / (source + "-" + target);
    save(folder, sizes(), TokenizerKind::unigram, seed);
    return {folder, {source, target}};
  }

  /// What a model itself makes of texts.
  static std::vector<std::string> by_itself(const OfferedModel& model, const std::vector<std::string>& texts,
                                            const DecodingConfig& decoding) {
    return Translator(model.folder, cpu_backend()).best_translations(texts, decoding);
  }

  static DecodingConfig quick() {
    DecodingConfig config;
    config.beam = 2, config.maximum_extra_length = 6;
    return config;
  }
};

/// Takes a text that begins with "??" for one in no language, one with "Fuchs" for German, all else for
/// English.
class Pretender : public LanguageDetector {
 public:
  std::vector<DetectedLanguage> detect(std::string_view text, std::span<const std::string>) const override {
    if (text.starts_with("??")) return {};
    if (text.starts_with("!!")) return {{"ja", 90}, {"en", 5}};
    if (text.find("Fuchs") != std::string_view::npos) return {{"de", 80}, {"en", 20}};
    return {{"en", 100}};
  }
};

/// Models from German to English and from there to French, and all that serves them.
class WithTextTranslation : public WithModels {
 protected:
  static TextRequest request(std::vector<std::string> texts, const std::string& source,
                             const std::string& target) {
    TextRequest request;
    request.texts = std::move(texts), request.source = source, request.target = target;
    request.decoding = quick();
    return request;
  }

  const OfferedModel de_en_ = model("de", "en", 1), en_fr_ = model("en", "fr", 2);
  ModelShelf models_{{de_en_, en_fr_}, cpu_backend()};
  RecentTranslations recent_{1 << 20};
  Pretender detector_;
  TranslationQueue queue_{{.workers = 2, .rounds = {.tokens_of_order = 50}}};
  TextTranslation translation_{models_, queue_, recent_, detector_};
};

}  // namespace heed
