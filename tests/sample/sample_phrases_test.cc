#include "heed/sample/sample_phrases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "heed/sample/sample_text.h"

namespace heed {
namespace {

/// Draws from every form of every kind, and holds each source to one translation.
void expect_function(const char* source, const char* target) {
  std::map<std::string, std::string> known;
  Random random(/*seed=*/7);
  for (const SamplePhraseKind& kind : sample_phrases(icu::Locale(source), icu::Locale(target)))
    for (const auto& form : kind.forms)
      for (int i = 0; i < 200; ++i) {
        const SamplePhrase phrase = form(random);
        const std::string text = sample_text(phrase.source), translation = sample_text(phrase.target);
        const auto met = known.emplace(text, translation).first;
        ASSERT_EQ(translation, met->second)
            << source << " to " << target << ", " << kind.name << ": " << text;
      }
  EXPECT_GT(known.size(), 3'000u);
}

const SamplePhraseKind& kind_named(const std::vector<SamplePhraseKind>& kinds, const std::string& name) {
  return *std::ranges::find(kinds, name, &SamplePhraseKind::name);
}

TEST(SamplePhrases, have_one_translation_in_many_pairs_of_languages) {
  for (const auto& [source, target] : std::vector<std::pair<const char*, const char*>>{{"en", "de"},
                                                                                       {"de", "en"},
                                                                                       {"fr", "en"},
                                                                                       {"en", "es"},
                                                                                       {"es", "pt_BR"},
                                                                                       {"pt_BR", "ar"},
                                                                                       {"ar", "hi"},
                                                                                       {"hi", "ja"},
                                                                                       {"ja", "zh_Hant"},
                                                                                       {"zh_Hant", "ko"},
                                                                                       {"ko", "th"},
                                                                                       {"th", "ru"},
                                                                                       {"ru", "uk"},
                                                                                       {"tr", "en"}})
    expect_function(source, target);
}

TEST(SamplePhrases, include_all_kinds_in_english_and_german) {
  const auto kinds = sample_phrases(icu::Locale("en"), icu::Locale("de"));
  EXPECT_EQ(kinds.size(), 23u);
  for (const SamplePhraseKind& kind : kinds) EXPECT_GT(kind.forms.size(), 0u) << kind.name;
}

TEST(SamplePhrases, translate_amounts_and_measures_as_people_do) {
  const auto kinds = sample_phrases(icu::Locale("en"), icu::Locale("de"));
  std::map<std::string, std::string> known;
  Random random(/*seed=*/7);
  for (const char* name : {"measure", "money in words", "money"})
    for (const auto& form : kind_named(kinds, name).forms)
      for (int i = 0; i < 3'000; ++i) {
        const SamplePhrase phrase = form(random);
        known.emplace(sample_text(phrase.source), sample_text(phrase.target));
      }
  EXPECT_EQ(known["5 kilometers per hour"], "5 Kilometer pro Stunde");
  EXPECT_EQ(known["12 euros"], "12 Euro");
  EXPECT_EQ(known["$7.00"], "7,00 $");
}

TEST(SamplePhrases, leave_out_what_a_language_has_no_data_for) {
  const auto kinds = sample_phrases(icu::Locale("en"), icu::Locale("luo"));
  EXPECT_TRUE(kind_named(kinds, "relative time").forms.empty());
  EXPECT_EQ(kind_named(kinds, "relative time").left_out, 16);
  EXPECT_FALSE(kind_named(kinds, "date").forms.empty());
}

TEST(SamplePhrases, leave_out_a_form_that_would_make_a_source_ambiguous) {
  // "mille neuf cents" is both the number and the year in French; English says them differently.
  const auto kinds = sample_phrases(icu::Locale("fr"), icu::Locale("en"));
  EXPECT_EQ(kind_named(kinds, "year in words").forms.size(), 0u);
  EXPECT_EQ(kind_named(kinds, "year in words").left_out, 1);
  EXPECT_EQ(kind_named(kinds, "number in words").forms.size(), 1u);
}

}  // namespace
}  // namespace heed
