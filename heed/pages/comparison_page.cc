#include "heed/pages/comparison_page.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "heed/pages/script_json.h"

namespace heed::web {
extern const std::string_view compare_html;  // web/compare.html, see cmake/heed_embed.cmake
}

namespace heed {

std::string comparison_page(const Comparison& comparison) {
  return page_with_report(web::compare_html, comparison_json(comparison));
}

}  // namespace heed
