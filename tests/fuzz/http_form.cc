#include "heed/http/query_string.h"

#include <cstdlib>
#include <string>

#include "heed/http/response.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const std::string text(reinterpret_cast<const char*>(bytes), count);
  try {
    for (const auto& [name, value] : heed::http::parse_query_string(text))
      if (name.size() + value.size() > count) std::abort();
  } catch (const heed::http::RequestError&) {
  }
  return 0;
}
