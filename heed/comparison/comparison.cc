#include "heed/comparison/comparison.h"

#include <nlohmann/json.hpp>

#include "heed/base/script_json.h"
#include "heed/base/version.h"

namespace heed::web {
extern const std::string_view compare_html;  // web/compare.html, see cmake/heed_embed.cmake
}

namespace heed {

nlohmann::ordered_json comparison_json(const Comparison& comparison) {
  nlohmann::ordered_json json{{"schema", "heed-comparison"},
                              {"version", 1},
                              {"heed", version()},
                              {"command", comparison.command},
                              {"test_sentences", comparison.test_sentences},
                              {"models", nlohmann::ordered_json::array()}};
  for (const MeasuredModel& model : comparison.models) json["models"].push_back(as_json(model));
  return json;
}

std::string comparison_page(const Comparison& comparison) {
  return page_with_report(web::compare_html, comparison_json(comparison));
}

}  // namespace heed
