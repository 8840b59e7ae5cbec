#include "heed/pages/image_attention_page.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "heed/base/error.h"
#include "heed/images/png.h"
#include "heed/pages/quantized.h"
#include "heed/pages/script_json.h"

namespace heed::web {
extern const std::string_view image_attention_html;  // web/image_attention.html, see cmake/heed_embed.cmake
}

namespace heed {
namespace {

using nlohmann::json;

json map_json(const ImageAttentionReport::Map& map, Index rows) {
  require<ShapeError>(std::ssize(map) == rows * rows, "image attention page: a map of ", map.size(),
                      " weights for ", rows, " rows; give rows * rows");
  // Written so that a NaN fails; the slack is for rows that softmax in low precision leaves a little off.
  for (const float weight : map)
    require<DataError>(weight >= 0 && weight <= 1.01f,
                       "image attention page: a weight that is not between 0 and 1; did training diverge?");
  Quantized weights = quantized<std::uint8_t>(map, 255);
  return {{"scale", weights.scale}, {"weights", std::move(weights.values)}};
}

std::string picture(const Image& image) {
  if (image.samples.empty()) return {};
  const std::string png = encode_png(image);
  return base64(std::span(reinterpret_cast<const std::uint8_t*>(png.data()), png.size()));
}

}  // namespace

std::string image_attention_page(const ImageAttentionReport& report) {
  json facts = json::array(), labels = json::array(), layers = json::array();
  for (const auto& [name, value] : report.facts) facts.push_back({name, value});
  for (const auto& [label, probability] : report.labels) labels.push_back({label, probability});
  for (const auto& heads : report.layers) {
    json maps = json::array();
    for (const auto& map : heads) maps.push_back(map_json(map, report.rows()));
    layers.push_back(std::move(maps));
  }
  return page_with_report(
      web::image_attention_html,
      {{"name", report.name},
       {"facts", std::move(facts)},
       {"labels", std::move(labels)},
       {"png", picture(report.image)},
       {"grid", report.grid},
       {"class_token", report.class_token},
       {"layers", std::move(layers)},
       {"rollout", report.rollout.empty() ? json() : map_json(report.rollout, report.rows())}});
}

}  // namespace heed
