#include <gtest/gtest.h>

#include <cstdlib>

#include "heed/base/files.h"
#include "tests/metrics/golden_case.h"

namespace heed {
namespace {

/// The golden file, or another that tools/make_metric_golden.py made.
std::string golden_file() {
  if (const char* other = std::getenv("HEED_METRIC_GOLDEN")) return other;
  return HEED_SOURCE_DIR "/tests/golden/metrics/sacrebleu.json";
}

class Golden : public testing::TestWithParam<const char*> {};

TEST_P(Golden, metric_equals_sacrebleu_on_odd_text) {
  int count = 0;
  const Json golden = Json::parse(read_file(golden_file()));
  for (const Json& json : golden["cases"]) {
    if (json["metric"] != GetParam()) continue;
    SCOPED_TRACE(json.dump());
    check_golden(json, json["hypotheses"].get<std::vector<std::string>>(),
                 json["references"].get<References>());
    ++count;
  }
  EXPECT_GE(count, 40);
}

INSTANTIATE_TEST_SUITE_P(Metrics, Golden, testing::Values("bleu", "chrf", "ter"),
                         [](const auto& suite) { return std::string(suite.param); });

}  // namespace
}  // namespace heed
