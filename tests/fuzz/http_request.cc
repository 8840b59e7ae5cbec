#include <cstdlib>
#include <string>

#include "heed/base/error.h"
#include "heed/http/request_parser.h"

namespace heed::http {
namespace {

/// What became of bytes that came in pieces of so many: a status, and the body if there is one.
std::string outcome(std::string_view bytes, std::size_t piece) {
  RequestParser parser({.header_bytes = 2000, .headers = 20, .body_bytes = 2000});
  std::string waiting;
  using State = RequestParser::State;
  while (!bytes.empty()) {
    waiting += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    while (parser.state() == State::head || parser.state() == State::body) {
      const State before = parser.state();
      const std::size_t done = parser.read(waiting);
      if (done > waiting.size()) std::abort();
      waiting.erase(0, done);
      if (done == 0 && parser.state() == before) break;
    }
  }
  if (parser.state() == State::refused) return "refused";
  if (parser.state() != State::complete) return "more";
  const Request request = parser.take();
  if (!request.path.starts_with('/') && request.path != "*") std::abort();
  return request.method + " " + request.path + "?" + request.query + "\n" + request.body;
}

}  // namespace
}  // namespace heed::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  // Where a request ends cannot depend on how the network cuts it.
  if (heed::http::outcome(text, 1) != heed::http::outcome(text, count + 1)) std::abort();
  return 0;
}
