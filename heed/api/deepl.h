#pragma once
#include <atomic>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "heed/api/libretranslate.h"

namespace heed::api {

struct DeepLOptions {
  TranslationLimits limits = {.texts = 50};  // as DeepL has it
  DecodingConfig decoding = {};
};

/// DeepL's API, version 2 (developers.deepl.com): what its clients need to translate texts. Glossaries,
/// documents and styles of writing are refused.
class DeepL {
 public:
  /// The translation must outlive this and all requests.
  DeepL(const TextTranslation& translation, const DeepLOptions& options);

  /// POST /v2/translate. `key_limit`: characters that the client's key allows, if it says so.
  void translate(const nlohmann::json& parameters, const Patience& patience, const Answer& answer,
                 std::optional<Index> key_limit = std::nullopt) const;
  /// GET /v2/languages?type=source or target.
  nlohmann::ordered_json languages(const nlohmann::json& parameters) const;
  /// GET /v2/usage: characters since the start.
  nlohmann::ordered_json usage() const;

  /// Adds the handlers of all of these. It must outlive the router.
  void add_routes(http::Router& router) const;

 private:
  TextRequest request_of(const nlohmann::json& parameters, Index most_characters) const;

  const TextTranslation& translation_;
  const DeepLOptions options_;
  mutable std::atomic<std::uint64_t> characters_ = 0;
};

/// {"message": "..."}, as DeepL has errors.
http::Response deepl_error(int status, std::string_view message);

}  // namespace heed::api
