#include "heed/api/deepl.h"

#include "tests/api/translation_api.h"

namespace heed::api {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

class TheDeepLApi : public TranslationApiTest<DeepL, DeepLOptions> {
 protected:
  TheDeepLApi() : TranslationApiTest({.limits = {.characters = 60, .texts = 3}}) {}
};

TEST_F(TheDeepLApi, translates_texts_and_counts_what_its_client_asks_for) {
  const ordered_json found = answer({{"text", {"der Fuchs", "zwei"}},
                                     {"source_lang", "DE"},
                                     {"target_lang", "EN-GB"},
                                     {"show_billed_characters", true}});
  EXPECT_EQ(
      found,
      (ordered_json{
          {"translations",
           {{{"detected_source_language", "DE"}, {"text", translated("der Fuchs")}, {"billed_characters", 9}},
            {{"detected_source_language", "DE"}, {"text", translated("zwei")}, {"billed_characters", 4}}}}}));
  EXPECT_EQ(api_.usage()["character_count"], 13);
}

TEST_F(TheDeepLApi, detects_languages_and_takes_a_single_text) {
  const ordered_json found = answer({{"text", "der Fuchs"}, {"target_lang", "en-us"}});
  EXPECT_EQ(found["translations"][0],
            (ordered_json{{"detected_source_language", "DE"}, {"text", translated("der Fuchs")}}));
}

TEST_F(TheDeepLApi, cuts_text_as_asked) {
  const auto text = [&](const json& split) {
    return answer({{"text", "one\ntwo"},
                   {"source_lang", "DE"},
                   {"target_lang", "EN"},
                   {"split_sentences", split}})["translations"][0]["text"]
        .get<std::string>();
  };
  EXPECT_EQ(text("1"), translated("one") + "\n" + translated("two"));
  EXPECT_EQ(text("nonewlines"), translated("one two"));
  EXPECT_EQ(text("0"), translated("one two"));
}

TEST_F(TheDeepLApi, handles_tags) {
  const ordered_json found = answer({{"text", "<doc><p>fox</p></doc>"},
                                     {"source_lang", "DE"},
                                     {"target_lang", "EN"},
                                     {"tag_handling", "xml"}});
  const std::string text = found["translations"][0]["text"];
  EXPECT_TRUE(text.starts_with("<doc><p>") && text.ends_with("</p></doc>")) << text;
}

TEST_F(TheDeepLApi, refuses_as_its_client_knows_it) {
  EXPECT_EQ(refusal({{"target_lang", "EN"}}), "400 Parameter 'text' not specified.");
  EXPECT_EQ(refusal({{"text", "x"}}), "400 Parameter 'target_lang' not specified.");
  EXPECT_EQ(refusal({{"text", "x"}, {"target_lang", "JA"}}), "400 Value for 'target_lang' not supported.");
  EXPECT_EQ(refusal({{"text", "x"}, {"source_lang", "FR"}, {"target_lang", "EN"}}),
            "400 Value for 'source_lang' not supported.");
  EXPECT_EQ(refusal({{"text", {"a", "b", "c", "d"}}, {"target_lang", "EN"}}),
            "413 Too many texts in request.");
  EXPECT_EQ(refusal({{"text", std::string(61, 'x')}, {"target_lang", "EN"}}),
            "413 Request size of 61 characters exceeds the limit of 60.");
  const json short_text{{"text", "der Fuchs"}, {"target_lang", "EN"}};
  EXPECT_EQ(refusal(short_text, 8), "413 Request size of 9 characters exceeds the limit of 8.")
      << "a key has a limit of its own";
  for (const char* name : {"ignore_tags", "splitting_tags", "non_splitting_tags"}) {
    json tagged = short_text;
    tagged[name] = {"x"};
    EXPECT_EQ(refusal(tagged), message("400 '", name, "' is not supported."));
  }
  EXPECT_EQ(refusal({{"text", "x"}, {"target_lang", "EN"}, {"glossary_id", "1"}}),
            "404 There is no glossary with this 'glossary_id'.");
  EXPECT_EQ(refusal({{"text", "x"}, {"target_lang", "EN"}, {"formality", "less"}}),
            "400 'formality' is not supported for given 'target_lang'.");
  EXPECT_EQ(refusal({{"text", "x"}, {"target_lang", "EN"}, {"tag_handling", "tex"}}),
            "400 Value for 'tag_handling' not supported.");
  EXPECT_EQ(ordered_json::parse(deepl_error(456, "Quota exceeded").body),
            (ordered_json{{"message", "Quota exceeded"}}));
}

TEST_F(TheDeepLApi, lists_languages_of_either_side) {
  EXPECT_EQ(api_.languages(json::object()), (ordered_json{{{"language", "DE"}, {"name", "German"}},
                                                          {{"language", "EN"}, {"name", "English"}}}));
  EXPECT_EQ(api_.languages({{"type", "target"}}),
            (ordered_json{{{"language", "EN"}, {"name", "English"}, {"supports_formality", false}},
                          {{"language", "FR"}, {"name", "French"}, {"supports_formality", false}}}));
  EXPECT_THROW(api_.languages({{"type", "both"}}), http::RequestError);
}

}  // namespace
}  // namespace heed::api
