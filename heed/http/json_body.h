#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

namespace heed::http {

/// Limits of what a request may say in JSON.
struct JsonLimits {
  std::size_t depth = 32;          // of arrays and objects in each other
  std::size_t values = 1'000'000;  // together
};

/// A JSON text (RFC 8259) from somebody who is not trusted. RequestError 400 for what is not JSON or not
/// UTF-8, for an object with two members of one name, which readers would understand differently, and for
/// what exceeds the limits.
nlohmann::json parse_json_body(std::string_view text, const JsonLimits& limits = {});

}  // namespace heed::http
