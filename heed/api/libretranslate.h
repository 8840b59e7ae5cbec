#pragma once
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "heed/api/api_errors.h"
#include "heed/api/translation_limits.h"
#include "heed/http/router.h"
#include "heed/serving/text_translation.h"

namespace heed::api {

struct LibreTranslateOptions {
  TranslationLimits limits = {};
  DecodingConfig decoding = {};
  bool keys_required = false;  // as /frontend/settings says; who is let in is the server's to know
  std::chrono::milliseconds typing_pause{500};  // after which the page of LibreTranslate translates
};

/// LibreTranslate's API (libretranslate.com/docs): what its many clients send, and the answers that they
/// read. Unlike there, the texts of an array are translated as one batch, and each text's language is
/// detected by itself. Suggestions and files are refused as a server without them does.
class LibreTranslate {
 public:
  /// The translation must outlive this and all requests.
  LibreTranslate(const TextTranslation& translation, const LibreTranslateOptions& options);

  /// POST /translate.
  void translate(const nlohmann::json& parameters, const Patience& patience, const Answer& answer,
                 std::optional<Index> key_limit = std::nullopt) const;
  /// POST /detect.
  nlohmann::ordered_json detect(const nlohmann::json& parameters) const;
  /// GET /languages, named in a language.
  nlohmann::ordered_json languages(std::string_view in) const;
  /// GET /frontend/settings.
  nlohmann::ordered_json settings() const;

  /// Adds the handlers of all of these. It must outlive the router.
  void add_routes(http::Router& router) const;

 private:
  std::string known_language(const std::string& code) const;
  TextRequest request_of(const nlohmann::json& parameters, Index most_characters) const;

  const TextTranslation& translation_;
  const LibreTranslateOptions options_;
};

}  // namespace heed::api
