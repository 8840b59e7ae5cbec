#include <gtest/gtest.h>

#include <cstdlib>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "tests/metrics/golden_case.h"

namespace heed {
namespace {

/// A golden file, or another that tools/make_metric_golden.py made.
std::string golden_file(const std::string& name) {
  if (const char* other = std::getenv("HEED_METRIC_GOLDEN")) return other;
  return HEED_SOURCE_DIR "/tests/golden/metrics/" + name;
}

/// Compares all that a golden file says of a metric; how much that is.
int check_all(const std::string& file, const std::string& metric) {
  int count = 0;
  const Json golden = Json::parse(read_file(file));
  for (const Json& json : golden["cases"]) {
    if (json["metric"] != metric) continue;
    SCOPED_TRACE(json.dump());
    check_golden(json, json["hypotheses"].get<std::vector<std::string>>(),
                 json["references"].get<References>());
    ++count;
  }
  return count;
}

class Golden : public testing::TestWithParam<const char*> {};

TEST_P(Golden, metric_equals_sacrebleu_on_odd_text) {
  EXPECT_GE(check_all(golden_file("sacrebleu.json"), GetParam()), 40);
}

TEST(GoldenOfCharacters, bleu_equals_sacrebleu_where_characters_are_words) {
  EXPECT_GE(check_all(golden_file("characters.json"), "bleu"), 40);
}

class GoldenOfMecab : public testing::TestWithParam<const char*> {};

TEST_P(GoldenOfMecab, bleu_equals_sacrebleu) {
  const BleuTokenization tokenization = enum_named<BleuTokenization>(message(GetParam(), "-mecab")).value();
  try {
    require_tokenization(tokenization);
  } catch (const ConfigError& error) {
    GTEST_SKIP() << error.what();
  }
  EXPECT_GE(check_all(golden_file(message("mecab_", GetParam(), ".json")), "bleu"), 40);
}

INSTANTIATE_TEST_SUITE_P(Metrics, GoldenOfMecab, testing::Values("ja", "ko"),
                         [](const auto& suite) { return std::string(suite.param); });

INSTANTIATE_TEST_SUITE_P(Metrics, Golden, testing::Values("bleu", "chrf", "ter"),
                         [](const auto& suite) { return std::string(suite.param); });

}  // namespace
}  // namespace heed
