#include "heed/pages/attention_page.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "heed/base/error.h"
#include "heed/pages/quantized.h"
#include "heed/pages/script_json.h"

namespace heed::web {
extern const std::string_view attention_html;  // web/attention.html, see cmake/heed_embed.cmake
}

namespace heed {
namespace {

using nlohmann::json;

Index count(const auto& sequence) { return static_cast<Index>(sequence.size()); }

/// One kind of attention: its name in messages, its maps, and what the tokens say their sizes must be.
struct Kind {
  std::string_view name;
  const AttentionReport::Maps& maps;
  Index queries, keys;
};

void require_sound(const Kind& kind, std::size_t layer, std::size_t head) {
  const AttentionReport::Map& map = kind.maps[layer][head];
  const std::string name = message("attention page: ", kind.name, ", layer ", layer + 1, ", head ", head + 1);
  require<ShapeError>(map.queries == kind.queries && map.keys == kind.keys, name, ": a map of ", map.queries,
                      " queries and ", map.keys, " keys meets ", kind.queries, " and ", kind.keys,
                      " tokens; give every token, begin and end marks too, a row or column");
  require<ShapeError>(count(map.weights) == map.queries * map.keys, name, ": ", map.weights.size(),
                      " weights for ", map.queries, " queries and ", map.keys, " keys; give queries * keys");
  // Written so that a NaN fails; the slack is for rows that softmax in low precision leaves a little off.
  const auto share = [](float weight) { return weight >= 0 && weight <= 1.01f; };
  const auto odd = std::find_if_not(map.weights.begin(), map.weights.end(), share);
  require<DataError>(odd == map.weights.end(), name,
                     ": holds a weight that is not between 0 and 1; did training diverge?");
}

json attention(const Kind& kind, double& largest_error) {
  json layers = json::array();
  for (std::size_t layer = 0; layer < kind.maps.size(); ++layer) {
    json heads = json::array();
    for (std::size_t head = 0; head < kind.maps[layer].size(); ++head) {
      require_sound(kind, layer, head);
      const AttentionReport::Map& map = kind.maps[layer][head];
      Quantized weights = quantized<std::uint8_t>(map.weights, 255);
      largest_error = std::max(largest_error, weights.largest_error);
      heads.push_back({{"queries", map.queries},
                       {"keys", map.keys},
                       {"scale", weights.scale},
                       {"weights", std::move(weights.values)}});
    }
    layers.push_back(std::move(heads));
  }
  return layers;
}

json positional_encoding(const AttentionReport& report) {
  const std::vector<float>& values = report.positional_encoding;
  require<ShapeError>(count(values) == report.positions * report.width,
                      "attention page: positional encoding: ", values.size(), " values for ",
                      report.positions, " positions of width ", report.width,
                      "; give positions * width, or 0 of all three");
  if (values.empty()) return nullptr;
  require<DataError>(std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); }),
                     "attention page: positional encoding: holds a value that is not finite");
  Quantized bytes = quantized<std::int8_t>(values, 127);
  return {{"positions", report.positions},
          {"width", report.width},
          {"scale", bytes.scale},
          {"values", std::move(bytes.values)}};
}

json as_json(const AttentionReport& report) {
  const Index source = count(report.source_tokens), target = count(report.target_tokens);
  require<ShapeError>(count(report.target_inputs) == target, "attention page: ", report.target_inputs.size(),
                      " target inputs meet ", target,
                      " target tokens; the inputs are the begin mark, then all tokens but the last");
  const std::size_t scores = report.token_log_probabilities.size();
  require<ShapeError>(scores == 0 || scores == report.target_tokens.size(), "attention page: ", scores,
                      " log-probabilities meet ", target, " target tokens; give one a token, or none");
  double largest_error = 0;
  json attentions = {
      {"encoder", attention({"encoder self-attention", report.encoder, source, source}, largest_error)},
      {"decoder", attention({"decoder self-attention", report.decoder, target, target}, largest_error)},
      {"cross", attention({"encoder-decoder attention", report.cross, target, source}, largest_error)}};
  json facts = json::array();
  for (const auto& [name, value] : report.facts) facts.push_back({name, value});
  return {{"title", report.title},
          {"facts", std::move(facts)},
          {"source_title", report.source_title},
          {"translation_title", report.translation_title},
          {"source_text", report.source_text},
          {"translation", report.translation},
          {"source_tokens", report.source_tokens},
          {"target_tokens", report.target_tokens},
          {"target_inputs", report.target_inputs},
          {"attention", std::move(attentions)},
          {"largest_error", largest_error},
          {"positional_encoding", positional_encoding(report)},
          {"token_log_probabilities", report.token_log_probabilities}};
}

}  // namespace

std::string attention_page(const AttentionReport& report) {
  return page_with_report(web::attention_html, as_json(report));
}

}  // namespace heed
