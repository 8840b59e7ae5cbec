#include "heed/language_detection/language_detector.h"

#include <gtest/gtest.h>

#include <thread>

namespace heed {
namespace {

const std::string english = "All human beings are born free and equal in dignity and rights.";
const std::string german = "Alle Menschen sind frei und gleich an Würde und Rechten geboren.";
const std::string french = "Tous les êtres humains naissent libres et égaux en dignité et en droits.";
const std::string hebrew = "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.";
const std::string japanese =
    "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。";

std::string best(std::string_view text, std::vector<std::string> expected = {}) {
  const auto found = compact_language_detector()->detect(text, expected);
  return found.empty() ? "" : found.front().language;
}

TEST(LanguageDetector, knows_the_language_of_a_sentence) {
  EXPECT_EQ(best(english), "en");
  EXPECT_EQ(best(german), "de");
  EXPECT_EQ(best(french), "fr");
  EXPECT_EQ(best(hebrew), "he");
  EXPECT_EQ(best(japanese), "ja");
}

TEST(LanguageDetector, is_sure_of_a_sentence_and_less_so_of_a_word) {
  const auto detector = compact_language_detector();
  const double sentence = detector->detect(german).at(0).confidence;
  EXPECT_GT(sentence, 90);
  EXPECT_LE(sentence, 100);
  for (const char* word : {"Hallo", "ok", "der"})
    for (const DetectedLanguage& found : detector->detect(word)) EXPECT_LT(found.confidence, 50) << word;
}

TEST(LanguageDetector, tells_all_languages_of_a_text) {
  const auto found = compact_language_detector()->detect(english + " " + english + " " + english + "\n" +
                                                         german + " " + german);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].language, "en");
  EXPECT_EQ(found[1].language, "de");
  EXPECT_GT(found[0].confidence, found[1].confidence);
  EXPECT_LE(found[0].confidence + found[1].confidence, 100);
}

TEST(LanguageDetector, takes_the_languages_that_are_expected_into_account) {
  // A word of Norwegian and Danish alike.
  EXPECT_EQ(best("jeg hedder", {"da"}), "da");
  EXPECT_EQ(best("animal", {"es"}), "es");
  EXPECT_EQ(best("animal", {"fr"}), "fr");
}

TEST(LanguageDetector, finds_nothing_where_there_is_no_language) {
  const auto detector = compact_language_detector();
  for (const std::string text : {"", " \n", "123 456", "😀😀", "\xFF\xFE", "?!"})
    EXPECT_TRUE(detector->detect(text).empty()) << text;
}

TEST(LanguageDetector, reads_up_to_a_byte_that_is_not_utf8) {
  EXPECT_EQ(best(german + "\xFF" + german), "de");
}

TEST(LanguageDetector, answers_many_threads) {
  const auto detector = compact_language_detector();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(detector->detect(t % 2 ? german : french).at(0).language, t % 2 ? "de" : "fr");
      }
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace heed
