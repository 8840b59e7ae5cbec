#pragma once
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "heed/metrics/bleu.h"
#include "heed/metrics/chrf.h"
#include "heed/metrics/ter.h"

namespace heed {

// Reads what tools/make_metric_golden.py writes.
using Json = nlohmann::json;

inline BleuTokenization tokenization(const std::string& name) {
  return enum_named<BleuTokenization>(name).value();
}

inline BleuSmoothing smoothing(const std::string& name) {
  if (name == "none") return BleuSmoothing::none;
  if (name == "floor") return BleuSmoothing::floor;
  return name == "add-k" ? BleuSmoothing::add_k : BleuSmoothing::exponential;
}

inline BleuOptions bleu_options(const Json& json) {
  BleuOptions options{.tokenization = tokenization(json.value("tokenize", "13a")),
                      .smoothing = smoothing(json.value("smooth_method", "exp")),
                      .lowercase = json.value("lowercase", false),
                      .effective_order = json.value("effective_order", false),
                      .orders = json.value("max_ngram_order", 4)};
  if (json.contains("smooth_value")) options.smoothing_value = json["smooth_value"].get<double>();
  return options;
}

inline ChrfOptions chrf_options(const Json& json) {
  return {.character_order = json.value("char_order", 6),
          .word_order = json.value("word_order", 0),
          .beta = json.value("beta", 2),
          .lowercase = json.value("lowercase", false),
          .whitespace = json.value("whitespace", false),
          .epsilon_smoothing = json.value("eps_smoothing", false)};
}

inline TerOptions ter_options(const Json& json) {
  return {.case_sensitive = json.value("case_sensitive", false),
          .normalized = json.value("normalized", false),
          .no_punctuation = json.value("no_punct", false),
          .asian_support = json.value("asian_support", false)};
}

/// Equal to ten decimals, and to the last letter of line and signature.
template <class Score>
void expect_equal(const Score& score, const Json& golden) {
  EXPECT_EQ(fmt::format("{:.10f}", score.score), fmt::format("{:.10f}", golden["score"].get<double>()));
  EXPECT_EQ(score.text(), golden["text"].get<std::string>());
  const std::string signature = score.signature();
  EXPECT_EQ(signature.substr(0, signature.rfind("|version:")), golden["signature"].get<std::string>());
}

/// Scores as sacreBLEU did for the golden answer, and compares.
inline void check_golden(const Json& golden, const std::vector<std::string>& hypotheses,
                         const References& references) {
  const Json& options = golden["options"];
  if (golden["metric"] == "bleu") expect_equal(bleu(hypotheses, references, bleu_options(options)), golden);
  if (golden["metric"] == "chrf") expect_equal(chrf(hypotheses, references, chrf_options(options)), golden);
  if (golden["metric"] == "ter") expect_equal(ter(hypotheses, references, ter_options(options)), golden);
}

}  // namespace heed
