#pragma once
#include <filesystem>

#include "heed/base/fields.h"
#include "heed/model/model_options.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// What training starts from.
struct StartOptions {
  std::filesystem::path from;

  static constexpr std::string_view title = "Start";
  static constexpr auto fields() {
    return std::tuple(field(
        "from", &StartOptions::from,
        "folder of a model to fine-tune on other text: its weights, sizes and tokenizer are taken over"));
  }
};

/// The config of a model that is trained further: the model's, with another dropout where that is asked for.
/// ConfigError, beginning with `where`, if options ask for other sizes than it has.
ModelConfig config_of_further(const ModelConfig& model, const ModelOptions& options,
                              const std::string& where);

/// ConfigError, beginning with `where`, if options ask for another tokenizer than the model's.
void require_tokenizer_of(const TokenizerConfig& model, const TokenizerConfig& options,
                          const std::string& where);

}  // namespace heed
