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

}  // namespace heed
