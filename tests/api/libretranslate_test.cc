#include "heed/api/libretranslate.h"

#include "tests/api/translation_api.h"
#include "tests/http/captured_exchange.h"

namespace heed::api {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using Texts = std::vector<std::string>;

class TheLibreTranslateApi : public TranslationApiTest<LibreTranslate, LibreTranslateOptions> {
 protected:
  TheLibreTranslateApi()
      : TranslationApiTest({.limits = {.characters = 60, .texts = 5, .alternatives = 3}}) {}
};

TEST_F(TheLibreTranslateApi, translates_a_text) {
  EXPECT_EQ(answer({{"q", "one two"}, {"source", "de"}, {"target", "en"}}),
            (ordered_json{{"translatedText", translated("one two")}}));
}

TEST_F(TheLibreTranslateApi, translates_an_array_with_a_language_for_each_text) {
  const ordered_json found =
      answer({{"q", {"der Fuchs", "the fox"}}, {"source", "auto"}, {"target", "en"}, {"api_key", nullptr}});
  EXPECT_EQ(found["translatedText"], (ordered_json{translated("der Fuchs"), "the fox"}));
  EXPECT_EQ(found["detectedLanguage"], (ordered_json{{{"confidence", 80.0}, {"language", "de"}},
                                                     {{"confidence", 100.0}, {"language", "en"}}}));
  EXPECT_FALSE(found.contains("alternatives"));
}

TEST_F(TheLibreTranslateApi, says_the_language_of_a_text_and_what_it_went_through) {
  const ordered_json found = answer({{"q", "der Fuchs"}, {"source", "AUTO"}, {"target", "fr"}});
  EXPECT_EQ(found["detectedLanguage"], (ordered_json{{"confidence", 80.0}, {"language", "de"}}));
  EXPECT_EQ(found["pivotLanguage"], "en");
}

TEST_F(TheLibreTranslateApi, gives_alternatives_as_forms_ask_for_them) {
  const ordered_json found =
      answer({{"q", "one two three"}, {"source", "de"}, {"target", "en"}, {"alternatives", "2"}});
  EXPECT_TRUE(found["alternatives"].is_array());
  EXPECT_LE(found["alternatives"].size(), 2u);
  EXPECT_EQ(
      answer({{"q", {"one", "two"}}, {"source", "de"}, {"target", "en"}, {"alternatives", 1}})["alternatives"]
          .size(),
      2u);
}

TEST_F(TheLibreTranslateApi, translates_html) {
  const ordered_json found =
      answer({{"q", "<p>fox</p>"}, {"source", "de"}, {"target", "en"}, {"format", "html"}});
  const std::string text = found["translatedText"];
  EXPECT_TRUE(text.starts_with("<p>") && text.ends_with("</p>")) << text;
}

TEST_F(TheLibreTranslateApi, refuses_as_its_clients_know_it) {
  const json whole{{"q", "fox"}, {"source", "de"}, {"target", "en"}};
  const auto with = [&](const char* name, const json& value) {
    json changed = whole;
    changed[name] = value;
    return changed;
  };
  for (const char* name : {"q", "source", "target"}) {
    json missing = whole;
    missing.erase(name);
    EXPECT_EQ(refusal(missing), message("400 Invalid request: missing ", name, " parameter"));
    EXPECT_EQ(refusal(with(name, "")), message("400 Invalid request: missing ", name, " parameter"));
  }
  EXPECT_EQ(refusal(with("q", json::array())), "400 Invalid request: missing q parameter");
  EXPECT_EQ(refusal(with("q", 3)),
            "400 Invalid request: q parameter is not a string, nor an array of strings");
  EXPECT_EQ(refusal(with("source", "xx")), "400 xx is not supported");
  EXPECT_EQ(refusal(with("target", "../x")), "400 ../x is not supported");
  EXPECT_EQ(refusal(with("target", "de")),
            message("answered: ", ordered_json{{"translatedText", "fox"}}.dump()));
  EXPECT_EQ(refusal({{"q", "fox"}, {"source", "fr"}, {"target", "de"}}),
            "400 German (de) is not available as a target language from French (fr)");
  EXPECT_EQ(refusal(with("format", "pdf")), "400 pdf format is not supported");
  EXPECT_EQ(refusal(with("alternatives", "many")),
            "400 Invalid request: alternatives parameter is not a number");
  EXPECT_EQ(refusal(with("alternatives", 4)), "400 Invalid request: alternatives parameter must be <= 3");
  EXPECT_EQ(refusal(with("q", std::string(61, 'x'))),
            "400 Invalid request: request (61) exceeds text limit (60)");
  EXPECT_EQ(refusal(with("q", "vier"), 3), "400 Invalid request: request (4) exceeds text limit (3)")
      << "a key has a limit of its own";
  EXPECT_EQ(refusal(with("q", Texts(6, "x"))), "400 Invalid request: request (6) exceeds text limit (5)");
  EXPECT_TRUE(refusal(with("q", "\xFF")).starts_with("400 Invalid request: q: byte 1 is not UTF-8"));
}

TEST_F(TheLibreTranslateApi, detects_languages) {
  EXPECT_EQ(api_.detect({{"q", "der Fuchs"}}), (ordered_json{{{"confidence", 80.0}, {"language", "de"}},
                                                             {{"confidence", 20.0}, {"language", "en"}}}));
  EXPECT_EQ(api_.detect({{"q", "??"}}), (ordered_json{{{"confidence", 0.0}, {"language", "en"}}}));
  EXPECT_THROW(api_.detect(json::object()), http::RequestError);
}

TEST_F(TheLibreTranslateApi, lists_languages_by_their_names_and_what_they_lead_to) {
  EXPECT_EQ(api_.languages("en"),
            (ordered_json{{{"code", "de"}, {"name", "German"}, {"targets", {"de", "en", "fr"}}},
                          {{"code", "en"}, {"name", "English"}, {"targets", {"en", "fr"}}},
                          {{"code", "fr"}, {"name", "French"}, {"targets", {"fr"}}}}));
  EXPECT_EQ(api_.languages("de")[0]["name"], "Deutsch");
}

TEST_F(TheLibreTranslateApi, tells_pages_its_settings) {
  const ordered_json settings = api_.settings();
  EXPECT_EQ(settings["charLimit"], 60);
  EXPECT_EQ(settings["keyRequired"], false);
  EXPECT_EQ(settings["language"]["source"]["code"], "auto");
  EXPECT_EQ(settings["language"]["target"], (ordered_json{{"code", "en"}, {"name", "English"}}));
  EXPECT_EQ(LibreTranslate(translation_, {}).settings()["charLimit"], -1);
}

TEST_F(TheLibreTranslateApi, knows_the_codes_of_its_own) {
  const OfferedModel pt = model("pt-BR", "zh-Hans", 3);
  ModelShelf models({pt}, cpu_backend());
  TextTranslation translation(models, queue_, recent_, detector_);
  const LibreTranslate api(translation, options_);
  for (const auto& [source, target] : std::vector<std::pair<const char*, const char*>>{
           {"pt", "zh"}, {"pb", "zh-hans"}, {"PT-br", "ZH-Hans"}}) {
    std::promise<ordered_json> promise;
    api.translate({{"q", "fox"}, {"source", source}, {"target", target}}, {},
                  [&](ordered_json answer, std::exception_ptr) { promise.set_value(std::move(answer)); });
    EXPECT_EQ(promise.get_future().get()["translatedText"], by_itself(pt, {"fox"}, quick())[0]) << source;
  }
  EXPECT_THROW(api.translate({{"q", "fox"}, {"source", "pt"}, {"target", "zt"}}, {}, {}), http::RequestError);
}

/// Keeps what a handler sends.
TEST_F(TheLibreTranslateApi, answers_an_order_that_is_refused_with_the_time_to_try_again) {
  const auto kept = std::make_shared<http::CapturedExchange>();
  http::Request request;
  request.id = 7, request.route = "/translate";
  const Answer answer = replying(request, http::Reply(kept), http::plain_error);
  answer({}, std::make_exception_ptr(QueueFull("too much waits already", std::chrono::seconds(4))));
  const http::Response sent = kept->response();
  EXPECT_EQ(sent.status, 503);
  EXPECT_EQ(ordered_json::parse(sent.body), (ordered_json{{"error", "too much waits already"}}));
  ASSERT_EQ(sent.headers.size(), 1u);
  EXPECT_EQ(sent.headers[0].name, "Retry-After");
  EXPECT_EQ(sent.headers[0].value, "4");
}

TEST_F(TheLibreTranslateApi, tells_nobody_but_the_log_what_went_wrong_inside) {
  const auto kept = std::make_shared<http::CapturedExchange>();
  http::Request request;
  request.id = 7;
  replying(request, http::Reply(kept), http::plain_error)(
      {}, std::make_exception_ptr(FileError("/secret/model: gone")));
  const http::Response sent = kept->response();
  EXPECT_EQ(sent.status, 500);
  EXPECT_EQ(sent.body.find("secret"), std::string::npos);
  EXPECT_NE(sent.body.find("request 7"), std::string::npos);
}

}  // namespace
}  // namespace heed::api
