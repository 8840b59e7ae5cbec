#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/metrics/bleu.h"
#include "heed/metrics/chrf.h"
#include "heed/metrics/ter.h"

namespace heed {
namespace {

using Json = nlohmann::json;

/// The golden file, or another that tools/make_metric_golden.py made.
std::string golden_file() {
  if (const char* other = std::getenv("HEED_METRIC_GOLDEN")) return other;
  return HEED_SOURCE_DIR "/tests/golden/metrics/sacrebleu.json";
}

BleuTokenization tokenization(const std::string& name) {
  if (name == "intl") return BleuTokenization::intl;
  return name == "none" ? BleuTokenization::none : BleuTokenization::mteval_13a;
}

BleuSmoothing smoothing(const std::string& name) {
  if (name == "none") return BleuSmoothing::none;
  if (name == "floor") return BleuSmoothing::floor;
  return name == "add-k" ? BleuSmoothing::add_k : BleuSmoothing::exponential;
}

BleuOptions bleu_options(const Json& json) {
  BleuOptions options{.tokenization = tokenization(json.value("tokenize", "13a")),
                      .smoothing = smoothing(json.value("smooth_method", "exp")),
                      .lowercase = json.value("lowercase", false),
                      .effective_order = json.value("effective_order", false),
                      .orders = json.value("max_ngram_order", 4)};
  if (json.contains("smooth_value")) options.smoothing_value = json["smooth_value"].get<double>();
  return options;
}

ChrfOptions chrf_options(const Json& json) {
  return {.character_order = json.value("char_order", 6),
          .word_order = json.value("word_order", 0),
          .beta = json.value("beta", 2),
          .lowercase = json.value("lowercase", false),
          .whitespace = json.value("whitespace", false),
          .epsilon_smoothing = json.value("eps_smoothing", false)};
}

TerOptions ter_options(const Json& json) {
  return {.case_sensitive = json.value("case_sensitive", false),
          .normalized = json.value("normalized", false),
          .no_punctuation = json.value("no_punct", false),
          .asian_support = json.value("asian_support", false)};
}

template <class Score>
void expect_equal(const Score& score, const Json& golden) {
  EXPECT_EQ(fmt::format("{:.10f}", score.score), fmt::format("{:.10f}", golden["score"].get<double>()));
  EXPECT_EQ(score.text(), golden["text"].get<std::string>());
  const std::string signature = score.signature();
  EXPECT_EQ(signature.substr(0, signature.rfind("|version:")), golden["signature"].get<std::string>());
}

/// The cases of one metric, all of which heed must score as sacreBLEU does; returns how many.
template <class Check>
int check_all(const std::string& metric, const Check& check) {
  int count = 0;
  const Json golden = Json::parse(read_file(golden_file()));
  for (const Json& json : golden["cases"]) {
    if (json["metric"] != metric) continue;
    SCOPED_TRACE(json.dump());
    const auto hypotheses = json["hypotheses"].get<std::vector<std::string>>();
    expect_equal(check(hypotheses, json["references"].get<References>(), json["options"]), json);
    ++count;
  }
  return count;
}

TEST(Golden, bleu_equals_sacrebleu_on_odd_text) {
  EXPECT_GE(check_all("bleu",
                      [](const auto& hypotheses, const auto& references, const Json& options) {
                        return bleu(hypotheses, references, bleu_options(options));
                      }),
            50);
}

TEST(Golden, chrf_equals_sacrebleu_on_odd_text) {
  EXPECT_GE(check_all("chrf",
                      [](const auto& hypotheses, const auto& references, const Json& options) {
                        return chrf(hypotheses, references, chrf_options(options));
                      }),
            25);
}

TEST(Golden, ter_equals_sacrebleu_on_odd_text) {
  EXPECT_GE(
      check_all("ter", [](const auto& hypotheses, const auto& references,
                          const Json& options) { return ter(hypotheses, references, ter_options(options)); }),
      25);
}

}  // namespace
}  // namespace heed
