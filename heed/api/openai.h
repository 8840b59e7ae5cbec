#pragma once
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "heed/api/translation_limits.h"
#include "heed/http/router.h"
#include "heed/serving/named_models.h"
#include "heed/serving/offered_model.h"
#include "heed/serving/translation_queue.h"

namespace heed::api {

struct OpenAIOptions {
  TranslationLimits limits = {.texts = 128};   // of prompts
  Index tokens = 4096;                         // that a request may ask for, of all its texts together
  Index stops = 16;                            // texts that end one
  std::chrono::milliseconds patience{20'000};  // until a worker must have begun
};

/// OpenAI's API (platform.openai.com/docs/api-reference), as far as language models go that go on with text:
/// models, completions and chat completions, whole or streamed. What it does not know it refuses.
class OpenAI {
 public:
  /// The models and the queue must outlive this and all requests. `translators`: listed among the models.
  OpenAI(const NamedModels& models, TranslationQueue& queue, std::vector<OfferedModel> translators,
         const OpenAIOptions& options = {});

  /// GET /v1/models.
  nlohmann::ordered_json models() const;

  /// Adds the handlers. It must outlive the router.
  void add_routes(http::Router& router) const;

 private:
  void complete(http::Request& request, const http::Reply& reply, bool chat) const;

  const NamedModels& models_;
  TranslationQueue& queue_;
  std::vector<OfferedModel> translators_;
  OpenAIOptions options_;
};

/// {"error": {"message", "type", "param", "code"}}, as OpenAI has errors.
http::Response openai_error(int status, std::string_view message);

}  // namespace heed::api
