#include "heed/metrics/rouge.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/metrics/porter_stemmer.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

nlohmann::json golden() {
  return nlohmann::json::parse(read_file(HEED_SOURCE_DIR "/tests/golden/metrics/rouge.json"));
}

void expect_scores(const RougeScores& scores, const nlohmann::json& expected) {
  EXPECT_NEAR(scores.rouge_1, expected["rouge1"].get<double>(), 1e-9);
  EXPECT_NEAR(scores.rouge_2, expected["rouge2"].get<double>(), 1e-9);
  EXPECT_NEAR(scores.rouge_l, expected["rougeL"].get<double>(), 1e-9);
}

TEST(Rouge, equals_rouge_score) {
  const auto cases = golden()["cases"];
  EXPECT_GE(cases.size(), 100u);
  for (const auto& json : cases) {
    SCOPED_TRACE(json.dump());
    const auto hypotheses = json["hypotheses"].get<std::vector<std::string>>();
    const auto references = json["references"].get<References>();
    expect_scores(rouge(hypotheses, references), json["plain"]);
    expect_scores(rouge(hypotheses, references, {.stem = true}), json["stemmed"]);
  }
}

TEST(PorterStem, equals_that_of_nltk) {
  const auto stems = golden()["stems"];
  EXPECT_GE(stems.size(), 3000u);
  for (const auto& [word, stem] : stems.items())
    EXPECT_EQ(porter_stem(word), stem.get<std::string>()) << word;
}

TEST(Rouge, counts_common_words_pairs_and_the_longest_common_subsequence) {
  // 3 of 4 and 3 of 3 words; pairs "a b" of 3 and 2; in the same order: a b c.
  const RougeScores scores = rouge(std::vector<std::string>{"a b x C."}, {{"a b, c"}});
  EXPECT_NEAR(scores.rouge_1, 100 * 6.0 / 7, 1e-9);
  EXPECT_NEAR(scores.rouge_2, 100 * 2.0 / 5, 1e-9);
  EXPECT_NEAR(scores.rouge_l, 100 * 6.0 / 7, 1e-9);
}

TEST(Rouge, of_nothing_is_0_and_of_no_segments_an_error) {
  EXPECT_EQ(rouge(std::vector<std::string>{""}, {{"a"}}).rouge_1, 0);
  EXPECT_EQ(rouge(std::vector<std::string>{"日本"}, {{"日本"}}).rouge_l, 0);  // no word that it knows
  EXPECT_THROW(rouge({}, {{}}), DataError);
  EXPECT_THROW(rouge(std::vector<std::string>{"a"}, {{"a", "b"}}), DataError);
}

TEST(Rouge, says_in_its_signature_what_it_depends_on) {
  EXPECT_TRUE(rouge(std::vector<std::string>{"a"}, {{"a"}}, {.stem = true})
                  .signature()
                  .starts_with("nrefs:1|stem:porter"));
}

}  // namespace
}  // namespace heed
