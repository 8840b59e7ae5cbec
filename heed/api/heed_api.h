#pragma once
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>

#include "heed/api/api_errors.h"
#include "heed/api/libretranslate.h"
#include "heed/http/router.h"
#include "heed/service/inspection.h"
#include "heed/serving/model_shelf.h"
#include "heed/serving/named_models.h"
#include "heed/serving/translation_queue.h"

namespace heed::api {

struct HeedApiOptions {
  TranslationLimits limits = {};
  DecodingConfig decoding = {};  // where a request says nothing else
  Index beam = 64;               // that a request may ask for, and n-best
  Index phrases = 100;           // terms, and suppressed phrases, of a request
};

/// heed's own API: lines translated with all that the search knows, texts classified and scored, and what a
/// model attends to while it reads. docs/serve.md describes it.
class HeedApi {
 public:
  /// All of them must outlive this and all requests. No shelf: no translator is served.
  HeedApi(ModelShelf* translators, const NamedModels& models, TranslationQueue& queue,
          const HeedApiOptions& options);

  /// Adds the handlers. It must outlive the router.
  void add_routes(http::Router& router) const;

 private:
  void translate(http::Request& request, const http::Reply& reply) const;
  void attention(http::Request& request, const http::Reply& reply) const;
  void classify(http::Request& request, const http::Reply& reply) const;
  void score(http::Request& request, const http::Reply& reply) const;

  LanguagePair direction(const std::string& source, const std::string& target) const;
  NamedModel named(const std::string& name, const char* task) const;
  void require_length(const http::Request& request, const std::vector<std::string>& texts) const;
  Patience patience(const http::Request& request) const;
  /// Has a worker make the answer.
  void run(const http::Request& request, const http::Reply& reply, std::size_t bytes,
           std::function<http::Response()> work) const;

  ModelShelf* translators_;
  const NamedModels& models_;
  TranslationQueue& queue_;
  HeedApiOptions options_;
};

}  // namespace heed::api
