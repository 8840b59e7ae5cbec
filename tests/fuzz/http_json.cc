#include "heed/http/json_body.h"

#include <cstdlib>
#include <string>

#include "heed/http/response.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const std::string text(reinterpret_cast<const char*>(bytes), count);
  try {
    // What is read is what the library reads without limits.
    if (heed::http::parse_json_body(text) != nlohmann::json::parse(text)) std::abort();
  } catch (const heed::http::RequestError&) {
  }
  return 0;
}
