#include "heed/sample/sample_locales.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "heed/base/error.h"

namespace heed {
namespace {

std::string refusal(const std::string& locale) {
  try {
    canonical_sample_locale("target_locale", locale);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

TEST(SampleLocales, are_sorted_and_include_the_common_ones) {
  const auto locales = sample_locales();
  EXPECT_TRUE(std::ranges::is_sorted(locales));
  EXPECT_GT(locales.size(), 500u);
  for (const char* common : {"ar", "de", "en", "hi", "ja", "pt_BR", "zh_Hant"})
    EXPECT_TRUE(std::ranges::binary_search(locales, common)) << common;
}

TEST(SampleLocales, are_known_in_other_spellings_too) {
  EXPECT_EQ(canonical_sample_locale("target_locale", "pt-br"), "pt_BR");
  EXPECT_EQ(canonical_sample_locale("target_locale", "ZH_hant"), "zh_Hant");
}

TEST(SampleLocales, unknown_ones_are_refused_with_suggestions) {
  EXPECT_NE(refusal("german").find("did you mean 'de'"), std::string::npos) << refusal("german");
  EXPECT_NE(refusal("pt_BT").find("'pt_BR'"), std::string::npos) << refusal("pt_BT");
  EXPECT_NE(refusal("xx").find("target_locale 'xx'"), std::string::npos) << refusal("xx");
  EXPECT_NE(refusal("xx").find("heed data locales"), std::string::npos) << refusal("xx");
  EXPECT_NE(refusal("").find("target_locale ''"), std::string::npos) << refusal("");
}

}  // namespace
}  // namespace heed
