#pragma once
#include <string_view>

#include "heed/http/router.h"

namespace heed::api {

/// docs/openapi.json: what is answered, for programs and people.
std::string_view openapi_document();

/// GET /openapi.json, and /spec, where LibreTranslate has its own.
void add_openapi(http::Router& router);

}  // namespace heed::api
