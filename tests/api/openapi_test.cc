#include "heed/api/openapi.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "heed/api/heed_api.h"
#include "heed/api/openai.h"
#include "heed/api/status_routes.h"
#include "heed/backend/cpu/cpu_backend.h"

namespace heed::api {
namespace {

TEST(OpenApi, describes_every_route) {
  const nlohmann::json document = nlohmann::json::parse(openapi_document());
  const NamedModels models({}, cpu_backend(), std::nullopt);
  TranslationQueue queue({});
  RecentTranslations recent(0);
  Measurements measurements;
  http::Router router;
  const OpenAI openai(models, queue, {});
  const HeedApi own(nullptr, models, queue, {});
  openai.add_routes(router);
  own.add_routes(router);
  add_health(router, {nullptr, queue, recent});
  add_metrics(router, measurements, {nullptr, queue, recent});
  add_openapi(router);
  for (const http::Route& route : router.routes()) {
    std::string method = route.method;
    std::ranges::transform(method, method.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    ASSERT_TRUE(document.at("paths").contains(route.pattern)) << route.pattern;
    EXPECT_TRUE(document["paths"][route.pattern].contains(method)) << method << " " << route.pattern;
  }
}

}  // namespace
}  // namespace heed::api
