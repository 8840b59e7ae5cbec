#include "heed/pages/serve_page.h"

#include <cstdint>
#include <random>
#include <vector>

#include "heed/base/base64.h"

namespace heed::web {
extern const std::string_view serve_html;  // web/serve.html, see cmake/heed_embed.cmake
}

namespace heed {

std::string serve_page(std::string_view nonce) {
  constexpr std::string_view marker = "{{nonce}}";
  std::string page;
  std::string_view rest = web::serve_html;
  for (std::size_t at; (at = rest.find(marker)) != std::string_view::npos;
       rest.remove_prefix(at + marker.size())) {
    page += rest.substr(0, at);
    page += nonce;
  }
  page += rest;
  return page;
}

std::string serve_page_policy(std::string_view nonce) {
  const std::string own = "'nonce-" + std::string(nonce) + "'";
  return "default-src 'none'; script-src " + own + "; style-src " + own +
         "; connect-src 'self'; img-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

std::string random_nonce() {
  std::random_device random;  // of the system
  std::vector<std::uint8_t> bytes;
  for (int i = 0; i < 4; ++i)
    for (unsigned word = random(), byte = 0; byte < 4; ++byte, word >>= 8)
      bytes.push_back(static_cast<std::uint8_t>(word & 0xff));
  return base64(bytes);
}

}  // namespace heed
