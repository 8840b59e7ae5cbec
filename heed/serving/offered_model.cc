#include "heed/serving/offered_model.h"

#include <optional>

#include "heed/base/error.h"
#include "heed/checkpoint/model_languages.h"
#include "heed/text/language_codes.h"

namespace heed {
namespace {

/// The two codes in en-de or pt-BR:en; nothing where the text is no such thing.
std::optional<LanguagePair> pair_named(std::string_view text) {
  const std::size_t cut = text.find(':') != std::string_view::npos ? text.find(':') : text.find('-');
  if (cut == std::string_view::npos) return std::nullopt;
  const std::string_view source = text.substr(0, cut), target = text.substr(cut + 1);
  if (!is_language_code(source) || !is_language_code(target)) return std::nullopt;
  return LanguagePair{std::string(source), std::string(target)};
}

}  // namespace

OfferedModel offered_model(std::string_view name) {
  const std::size_t equals = name.find('=');
  if (equals != std::string_view::npos)
    if (auto languages = pair_named(name.substr(0, equals)))
      return {std::filesystem::path(name.substr(equals + 1)), *std::move(languages)};
  const std::filesystem::path folder(name);
  const ModelLanguages said = load_model_languages(folder);
  require<ConfigError>(said.known(), folder.string(),
                       ": the folder does not say its languages; name them: en-de=", folder.string());
  return {folder, {said.source, said.target}};
}

}  // namespace heed
