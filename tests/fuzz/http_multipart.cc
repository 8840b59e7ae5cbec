#include "heed/http/multipart.h"

#include <cstdlib>
#include <string>

#include "heed/http/response.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const std::string text(reinterpret_cast<const char*>(bytes), count);
  try {
    std::size_t bytes_of_parts = 0;
    for (const auto& part : heed::http::parse_multipart(text, "B")) bytes_of_parts += part.content.size();
    if (bytes_of_parts > count) std::abort();
    heed::http::multipart_boundary(text);
  } catch (const heed::http::RequestError&) {
  }
  return 0;
}
