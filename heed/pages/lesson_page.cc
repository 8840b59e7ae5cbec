#include "heed/pages/lesson_page.h"

#include <nlohmann/json.hpp>

#include "heed/pages/script_json.h"

namespace heed::web {
extern const std::string_view learn_html;  // web/learn.html, see cmake/heed_embed.cmake
}

namespace heed {

std::string lesson_page(const nlohmann::json& lesson) { return page_with_report(web::learn_html, lesson); }

}  // namespace heed
