#include "heed/comparison/comparison.h"

#include <nlohmann/json.hpp>

#include "heed/base/version.h"

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

}  // namespace heed
