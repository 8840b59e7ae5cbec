#include "heed/serving/text_translation.h"

#include <thread>

#include "heed/markup/character_references.h"
#include "tests/serving/shelves.h"

namespace heed {
namespace {

using Texts = std::vector<std::string>;

using TheTextTranslation = WithTextTranslation;

TEST_F(TheTextTranslation, translates_each_sentence_as_the_model_does) {
  const auto found = translation_.translate(request({" The fox. Two dogs!\n\nnine  "}, "de", "en"));
  const Texts expected = by_itself(de_en_, {"The fox.", "Two dogs!", "nine"}, quick());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].text, " " + expected[0] + " " + expected[1] + "\n\n" + expected[2] + "  ");
  EXPECT_EQ(found[0].source, "de");
  EXPECT_EQ(found[0].pivot, "");
  EXPECT_TRUE(found[0].detected.empty());
}

TEST_F(TheTextTranslation, goes_through_a_third_language_where_no_model_leads_there_and_says_so) {
  const auto found = translation_.translate(request({"One two. Three"}, "de", "fr"));
  const Texts expected = by_itself(en_fr_, by_itself(de_en_, {"One two.", "Three"}, quick()), quick());
  EXPECT_EQ(found.at(0).text, expected[0] + " " + expected[1]);
  EXPECT_EQ(found.at(0).pivot, "en");
}

TEST_F(TheTextTranslation, detects_the_language_of_each_text_by_itself) {
  const auto found = translation_.translate(request({"the fox", "der Fuchs", "le fox", "?? fox"}, "", "fr"));
  EXPECT_EQ(found.at(0).text, by_itself(en_fr_, {"the fox"}, quick())[0]);
  EXPECT_EQ(found.at(0).source, "en");
  EXPECT_EQ(found.at(0).detected.at(0).confidence, 100);
  EXPECT_EQ(found.at(1).source, "de");
  EXPECT_EQ(found.at(1).pivot, "en");
  EXPECT_EQ(found.at(3).source, "en") << "nothing tells";
  EXPECT_TRUE(found.at(3).detected.empty());
}

TEST_F(TheTextTranslation, leaves_a_text_that_is_in_the_target_language) {
  const auto found = translation_.translate(request({"the fox.  Two", "der Fuchs"}, "", "en"));
  EXPECT_EQ(found.at(0).text, "the fox.  Two");
  EXPECT_EQ(found.at(1).text, by_itself(de_en_, {"der Fuchs"}, quick())[0]);
  EXPECT_EQ(translation_.translate(request({"x y"}, "en-GB", "en-US")).at(0).text, "x y");
}

TEST_F(TheTextTranslation, leaves_what_is_no_words) {
  const auto found = translation_.translate(request({"", " \n", "😀 12.5 %"}, "de", "en"));
  EXPECT_EQ(found.at(0).text, "");
  EXPECT_EQ(found.at(1).text, " \n");
  EXPECT_EQ(found.at(2).text, "😀 12.5 %");
}

TEST_F(TheTextTranslation, gives_alternatives_that_differ) {
  TextRequest asked = request({"one two three. four"}, "de", "en");
  asked.alternatives = 3;
  const auto found = translation_.translate(asked).at(0);
  EXPECT_GE(found.alternatives.size(), 1u);
  EXPECT_LE(found.alternatives.size(), 3u);
  for (const std::string& other : found.alternatives) {
    EXPECT_NE(other, found.text);
    EXPECT_EQ(std::count(found.alternatives.begin(), found.alternatives.end(), other), 1);
  }
}

TEST_F(TheTextTranslation, asks_no_model_twice_for_the_same_sentence) {
  const auto first = translation_.translate(request({"One two. Three"}, "de", "fr"));
  const auto misses = recent_.facts().misses;
  const auto again = translation_.translate(request({"Three\nOne two."}, "de", "fr"));
  EXPECT_EQ(recent_.facts().misses, misses);
  const Texts expected = by_itself(en_fr_, by_itself(de_en_, {"One two.", "Three"}, quick()), quick());
  EXPECT_EQ(again.at(0).text, expected[1] + "\n" + expected[0]);
}

TEST_F(TheTextTranslation, says_what_no_model_translates) {
  EXPECT_THROW(translation_.translate(request({"fox"}, "fr", "en")), NoSuchDirection);
  EXPECT_THROW(translation_.translate(request({"fox"}, "de", "ja")), NoSuchDirection);
  EXPECT_THROW(translation_.translate(request({"!! certainly Japanese"}, "", "fr")), NoSuchDirection);
  EXPECT_THROW(translation_.translate(request({"fox", "\xFF"}, "de", "en")), DataError);
}

TEST_F(TheTextTranslation, hands_on_what_the_queue_says) {
  TextRequest late = request({"fox", "dog"}, "de", "fr");
  late.patience.deadline = ServingClock::now() - std::chrono::seconds(1);
  EXPECT_THROW(translation_.translate(late), DeadlinePassed);
  TextRequest gone = request({"fox"}, "de", "en");
  std::stop_source client;
  client.request_stop();
  gone.patience.gone = client.get_token();
  EXPECT_THROW(translation_.translate(gone), RequestCancelled);
}

TEST_F(TheTextTranslation, says_why_a_model_cannot_be_loaded) {
  std::filesystem::remove(en_fr_.folder / "config.json");
  EXPECT_THROW(translation_.translate(request({"fox"}, "de", "fr")), Error);
  EXPECT_NO_THROW(translation_.translate(request({"fox"}, "de", "en")));
}

TEST_F(TheTextTranslation, translates_markup_between_its_tags) {
  TextRequest asked = request({"<p>one  two</p>\n<p>nine</p><br>", "<i>fox</i>"}, "de", "en");
  asked.format = TextFormat::html;
  const auto found = translation_.translate(asked);
  const Texts expected = by_itself(de_en_, {"one two", "nine"}, quick());
  EXPECT_EQ(found.at(0).text,
            "<p>" + escaped_markup(expected[0]) + "</p>\n<p>" + escaped_markup(expected[1]) + "</p><br>");
  EXPECT_EQ(found.at(1).text.substr(0, 3), "<i>");
}

TEST_F(TheTextTranslation, keeps_addresses_numbers_and_what_markup_says) {
  const Texts kept{"https://x.org/a", "{name}", "😀", "1,234"};
  for (const char* target : {"en", "fr"}) {
    const auto found = translation_.translate(
        request({"fox https://x.org/a two {name} nine 😀 dog 1,234 seven"}, "de", target));
    for (const std::string& part : kept)
      EXPECT_NE(found.at(0).text.find(part), std::string::npos) << found.at(0).text;
    TextRequest asked = request({"fox <code>f(x)</code> two <b translate=no>Jagd</b>"}, "de", target);
    asked.format = TextFormat::html;
    const std::string html = translation_.translate(asked).at(0).text;
    for (const char* part : {"<code>f(x)</code>", "<b translate=no>Jagd</b>"})
      EXPECT_NE(html.find(part), std::string::npos) << html;
  }
  TextRequest freely = request({"fox 1,234"}, "de", "en");
  freely.protect = false;
  EXPECT_EQ(translation_.translate(freely).at(0).text, by_itself(de_en_, {"fox 1,234"}, quick())[0]);
}

TEST_F(TheTextTranslation, answers_many_at_once_with_what_each_would_have_alone) {
  std::vector<std::thread> callers;
  const Texts sentences{words(3), words(9), words(14), words(1), words(6)};
  const Texts to_en = by_itself(de_en_, sentences, quick()), to_fr = by_itself(en_fr_, to_en, quick());
  for (std::size_t caller = 0; caller < 6; ++caller)
    callers.emplace_back([&, caller] {
      for (std::size_t turn = 0; turn < 10; ++turn) {
        const std::size_t a = (caller + turn) % 5, b = (caller * 3 + turn) % 5;
        const bool pivot = turn % 2 == 1;
        const auto found = translation_.translate(
            request({sentences[a] + "\n" + sentences[b], sentences[b]}, "de", pivot ? "fr" : "en"));
        const Texts& expected = pivot ? to_fr : to_en;
        EXPECT_EQ(found.at(0).text, expected[a] + "\n" + expected[b]);
        EXPECT_EQ(found.at(1).text, expected[b]);
      }
    });
  for (std::thread& caller : callers) caller.join();
}

}  // namespace
}  // namespace heed
