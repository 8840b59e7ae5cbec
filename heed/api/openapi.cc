#include "heed/api/openapi.h"

namespace heed::web {
extern const std::string_view openapi_json;  // see cmake/heed_embed.cmake
}

namespace heed::api {

std::string_view openapi_document() { return web::openapi_json; }

void add_openapi(http::Router& router) {
  for (const char* pattern : {"/openapi.json", "/spec"})
    router.add({.method = "GET",
                .pattern = pattern,
                .handler = http::answering([](http::Request&) {
                  return http::Response{.content_type = "application/json",
                                        .body = std::string(openapi_document())};
                }),
                .runs = http::Runs::on_io_thread,
                .access = http::Access::open});
}

}  // namespace heed::api
