#include "heed/text/joiner_rules.h"

#include <gtest/gtest.h>

#include "heed/text/character_map.h"
#include "heed/text/sentencepiece_check.h"
#include "heed/text/sentencepiece_tokenizer.h"

namespace heed {
namespace {

const std::string persian = "می\u200Cخواهم کتاب\u200Cها را ببینم";

/// A tokenizer of sentences, some of them with joiners.
TrainedSubwords trained(const std::string& normalization, bool joiners) {
  std::vector<std::string> texts;
  for (int i = 0; i < 50; ++i) {
    texts.push_back((joiners ? persian : std::string("می خواهم کتاب ها را ببینم")) + " " + std::to_string(i));
    texts.push_back("ﬁne ｗｉｄｅ text\u200Bhere\u3000now " + std::to_string(i));
    if (joiners) texts.push_back("क्\u200Dष and 👨\u200D👩\u200D👧");
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  return train_subwords(
      views, {.vocabulary_size = 400, .character_coverage = 1, .normalization = normalization, .threads = 1});
}

TEST(JoinerRules, hold_joiners_where_there_are_some) {
  EXPECT_TRUE(holds_joiner(persian));
  EXPECT_TRUE(holds_joiner("x\u200D"));
  EXPECT_FALSE(holds_joiner("x\u200B\u2009 “quoted” \xE2\x80"));
}

TEST(JoinerRules, keep_the_joiners_of_a_tokenizer_trained_with_them_under_any_normalization) {
  for (const std::string normalization : {"nmt_nfkc", "nfkc", "nmt_nfkc_cf", "nfkc_cf", "identity"}) {
    const auto [tokenizer, report] = trained(normalization, true);
    EXPECT_EQ(report.with_joiners, 100);
    for (const std::string& text : {persian, std::string("क्\u200Dष"), std::string("👨\u200D👩\u200D👧")})
      EXPECT_EQ(tokenizer->decode(tokenizer->encode(text)), text) << normalization;
    EXPECT_NE(tokenizer->encode("می\u200Cخواهم"), tokenizer->encode("می خواهم")) << normalization;
  }
}

TEST(JoinerRules, change_nothing_else) {
  const auto with = trained("nmt_nfkc", true).tokenizer, without = trained("nmt_nfkc", false).tokenizer;
  const std::string model = with->serialized();
  EXPECT_TRUE(is_sound_character_map(normalization_rules(model)));
  for (const std::string& text : {std::string("ﬁne ｗｉｄｅ"), std::string("a\u200Bb\u200Ec\uFEFFd\u3000e"),
                                  std::string("½ ℃ ™ e\u0301")})
    EXPECT_EQ(with->decode(with->encode(text)), without->decode(without->encode(text))) << text;
  EXPECT_EQ(without->decode(without->encode("می\u200Cخواهم")), "می خواهم") << "what was not met is not kept";
}

}  // namespace
}  // namespace heed
