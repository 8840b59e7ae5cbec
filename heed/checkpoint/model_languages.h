#pragma once
#include <filesystem>
#include <string>

#include "heed/base/fields.h"

namespace heed {

/// What a translator's folder says of its languages: languages.json.
struct ModelLanguages {
  std::string source, target;

  static constexpr auto fields() {
    using L = ModelLanguages;
    return std::tuple(field("source", &L::source, "language code of what it translates, such as en or pt-BR"),
                      field("target", &L::target, "language code of what it writes"));
  }

  bool known() const { return !source.empty() && !target.empty(); }
};

void save_model_languages(const std::filesystem::path& folder, ModelLanguages languages);
/// Not known if the folder says nothing. CheckpointError if the file is damaged.
ModelLanguages load_model_languages(const std::filesystem::path& folder);

}  // namespace heed
