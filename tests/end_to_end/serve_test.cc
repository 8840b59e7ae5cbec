#include <algorithm>
#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/end_to_end/heed_program.h"
#include "tests/support/http_client.h"

namespace heed {
namespace {

using namespace std::string_literals;

using nlohmann::json;

/// The real program, asked by real connections.
class HeedServe : public HeedProgram {
 protected:
  /// Starts it with these models and flags, and waits until it listens.
  void serve(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "serve");
    for (const char* argument : {"--port", "0", "--workers", "2", "--threads", "1"})
      arguments.emplace_back(argument);
    program_ = std::make_unique<RunningProgram>(folder_, arguments);
    const std::string said = "serving at http://127.0.0.1:";
    ASSERT_TRUE(program_->has_said(said)) << content("running.err");
    const std::string err = content("running.err");
    port_ = static_cast<std::uint16_t>(std::atoi(err.c_str() + err.find(said) + said.size()));
  }
  HttpAnswer post(const std::string& path, const json& body, const std::string& headers = "") const {
    return http_answer(port_, "POST", path, body.dump(), "Content-Type: application/json\r\n" + headers);
  }
  json answer(const std::string& path, const json& body) const {
    const HttpAnswer found = post(path, body);
    EXPECT_EQ(found.status, 200) << path << ": " << found.body;
    return json::parse(found.body);
  }
  HttpAnswer get(const std::string& path) const { return http_answer(port_, "GET", path); }
  Outcome end() {
    program_->signal(SIGTERM);
    return program_->end();
  }

  std::unique_ptr<RunningProgram> program_;
  std::uint16_t port_ = 0;
};

TEST_F(HeedServe, answers_the_clients_of_others_and_its_own) {
  make_model();
  serve({"en-de=model"});
  const json asked{{"q", "a dog runs"}, {"source", "en"}, {"target", "de"}, {"alternatives", 2}};
  const json translated = answer("/translate", asked);
  const std::string form = "q=a+dog+runs&source=en&target=de";
  EXPECT_EQ(json::parse(http_answer(port_, "POST", "/translate?" + form, "", "").body)["translatedText"],
            translated["translatedText"]);
  EXPECT_EQ(json::parse(http_answer(port_, "POST", "/translate", form,
                                    "Content-Type: application/x-www-form-urlencoded\r\n")
                            .body)["translatedText"],
            translated["translatedText"]);
  EXPECT_EQ(answer("/v2/translate", {{"text", {"a dog runs"}}, {"target_lang", "DE"}, {"source_lang", "EN"}})
                .at("translations")
                .at(0)
                .at("text"),
            translated["translatedText"]);
  EXPECT_EQ(json::parse(get("/languages").body).at(0).at("code"), "de");

  const json own = answer("/v1/translate", {{"text", {"a dog runs", "two men"}}, {"beam", 3}, {"n_best", 2}});
  const Outcome typed =
      shell("printf 'a dog runs\\ntwo men\\n' | \"$HEED\" translate model --beam 3 --n-best 2 --json");
  for (std::size_t line = 0; line < 2; ++line) {
    std::istringstream lines(typed.out);
    std::string text;
    for (std::size_t i = 0; i <= line; ++i) std::getline(lines, text);
    const json expected = json::parse(text).at("translations"),
               found = own.at("lines").at(line).at("translations");
    for (std::size_t i = 0; i < expected.size(); ++i)
      for (const auto& [name, value] : expected[i].items()) EXPECT_EQ(found.at(i).at(name), value) << name;
  }
  EXPECT_EQ(end().status, 0);
}

TEST_F(HeedServe, shows_what_a_translator_looks_at) {
  make_model();
  serve({"en-de=model"});
  const json best =
      answer("/v1/translate", {{"text", "a dog runs"}}).at("lines").at(0).at("translations").at(0);
  const json look{{"text", "a dog runs"}, {"target_ids", best.at("ids")}, {"likely", 3}};
  const json seen = answer("/v1/attention", look);
  EXPECT_EQ(seen.at("likely").size(), seen.at("target_tokens").size());
  for (std::size_t i = 0; i < best.at("ids").size(); ++i)
    EXPECT_NEAR(seen["token_log_probability"][i].get<double>(),
                best["token_log_probability"][i].get<double>(), 1e-4);
  ASSERT_EQ(seen.at("layers").size(), 3u);
  for (const json& layer : seen["layers"]) {
    const HttpAnswer bytes = post("/v1/attention/" + layer.at("name").get<std::string>(), look);
    ASSERT_EQ(bytes.status, 200) << bytes.body;
    const std::size_t rows = layer["heads"].get<std::size_t>() * layer["queries"].get<std::size_t>();
    EXPECT_EQ(bytes.body.size(), 20 + rows * (4 + layer["keys"].get<std::size_t>()));
    EXPECT_EQ(bytes.body.substr(0, 4), "HATT");
  }
  EXPECT_EQ(post("/v1/attention/decoder.layers.9", look).status, 404);
}

TEST_F(HeedServe, tells_operators_how_it_goes) {
  make_model();
  serve({"en-de=model", "--access-log", "access.log"});
  EXPECT_EQ(json::parse(get("/health").body).at("translators").at("offered"), 1);
  answer("/translate", {{"q", "a secret dog"}, {"source", "en"}, {"target", "de"}});
  get("/nothing?secret");
  const std::string metrics = get("/metrics").body;
  for (const char* line :
       {"heed_http_requests_total{route=\"/translate\",method=\"POST\",status=\"200\"} 1\n",
        "heed_http_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1\n", "heed_texts_total 1\n",
        "heed_models_loaded 1\n"})
    EXPECT_NE(metrics.find(line), std::string::npos) << line << metrics;
  EXPECT_EQ(end().status, 0);
  const std::string log = content("access.log");
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 4);
  EXPECT_EQ(log.find("secret"), std::string::npos);
}

TEST_F(HeedServe, has_a_page_whose_scripts_are_its_own) {
  make_model();
  serve({"en-de=model"});
  const HttpAnswer first = get("/"), second = get("/");
  EXPECT_EQ(first.header("Content-Type"), "text/html; charset=utf-8");
  const std::string policy = first.header("Content-Security-Policy");
  const std::size_t at = policy.find("'nonce-") + 7;
  const std::string nonce = policy.substr(at, policy.find('\'', at) - at);
  EXPECT_NE(first.body.find("<script type=\"module\" nonce=\"" + nonce + "\">"), std::string::npos);
  EXPECT_EQ(first.body.find("{{"), std::string::npos);
  EXPECT_NE(second.header("Content-Security-Policy"), policy);
}

TEST_F(HeedServe, answers_all_that_its_document_describes) {
  make_model();
  serve({"en-de=model"});
  const json document = json::parse(get("/openapi.json").body);
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, described] : methods.items()) {
      const std::string allowed = http_answer(port_, "OPTIONS", path).header("Allow");
      EXPECT_NE(allowed.find(method == "get" ? "GET" : "POST"), std::string::npos) << method << " " << path;
      EXPECT_TRUE(described.contains("summary"));
    }
}

TEST_F(HeedServe, goes_on_with_text_as_clients_of_openai_expect) {
  std::string text;
  for (int i = 0; i < 80; ++i) text += "to be or not to be\nthat is it\n";
  file("text.txt", text);
  const Outcome trained = heed(
      "train --task text-generation --train-text text.txt --output shakespeare --tokenizer characters "
      "--context 32 "
      "--width 16 --hidden 32 --heads 2 --layers 1 --updates 20 --batch-tokens 256 --validate-every 20 "
      "--threads 1");
  ASSERT_EQ(trained.status, 0) << trained.err;
  serve({"shakespeare"});
  EXPECT_EQ(json::parse(get("/v1/models").body).at("data").at(0).at("id"), "shakespeare");
  json asked{{"model", "shakespeare"}, {"prompt", "to"}, {"max_tokens", 12}, {"seed", 3}};
  const json whole = answer("/v1/completions", asked);
  const std::string written = whole.at("choices").at(0).at("text");
  EXPECT_EQ("to" + written + "\n", heed("generate shakespeare --prompt to --max-tokens 12 --seed 3").out);
  EXPECT_EQ(whole.at("usage").at("completion_tokens"), 12);

  asked["stream"] = true;
  const HttpAnswer streamed = post("/v1/completions", asked);
  EXPECT_EQ(streamed.header("Content-Type"), "text/event-stream");
  std::string together;
  std::istringstream events(streamed.body);
  std::string last;
  for (std::string line; std::getline(events, line);) {
    if (line.empty()) continue;
    ASSERT_TRUE(line.starts_with("data: ")) << line;
    last = line.substr(6);
    if (last != "[DONE]") together += json::parse(last).at("choices").at(0).at("text").get<std::string>();
  }
  EXPECT_EQ(last, "[DONE]");
  EXPECT_EQ(together, written);

  EXPECT_EQ(answer("/v1/chat/completions",
                   {{"messages", {{{"role", "user"}, {"content", "to be"}}}}, {"max_tokens", 4}})
                .at("choices")
                .at(0)
                .at("message")
                .at("role"),
            "assistant");
  EXPECT_EQ(post("/v1/completions", {{"model", "../shakespeare"}, {"prompt", "to"}}).status, 404);
  EXPECT_EQ(json::parse(post("/v1/completions", {{"prompt", "to"}, {"temprature", 1}}).body)
                .at("error")
                .at("message"),
            "Unrecognized parameter: temprature");
}

TEST_F(HeedServe, lets_in_who_has_a_key) {
  make_model();
  file("keys", "anna 0123456789abcdef requests_per_minute=2\n");
  serve({"en-de=model", "--api-keys", "keys"});
  const json asked{{"q", "a dog"}, {"source", "en"}, {"target", "de"}};
  json with_key = asked;
  with_key["api_key"] = "0123456789abcdef";
  EXPECT_EQ(post("/translate", asked).status, 401);
  EXPECT_EQ(post("/translate", asked, "Authorization: Bearer wrongwrongwrong\r\n").status, 403);
  EXPECT_EQ(post("/translate", asked, "Authorization: Bearer 0123456789abcdef\r\n").status, 200);
  EXPECT_EQ(post("/translate", with_key).status, 200);
  const HttpAnswer many = post("/translate", with_key);
  EXPECT_EQ(many.status, 429);
  EXPECT_NE(many.header("Retry-After"), "");
  EXPECT_EQ(get("/health").status, 200);
  file("keys", "ben fedcba9876543210\n");
  program_->signal(SIGHUP);
  ASSERT_TRUE(program_->has_said("reloaded"));
  EXPECT_EQ(post("/translate", asked, "Authorization: Bearer fedcba9876543210\r\n").status, 200);
  EXPECT_EQ(content("running.err").find("0123456789abcdef"), std::string::npos);
}

TEST_F(HeedServe, lives_on_after_hostile_bytes) {
  make_model();
  serve({"en-de=model"});
  const std::string post_head = "POST /translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const auto with_body = [&](const std::string& body) {
    return post_head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  };
  const std::vector<std::pair<std::string, int>> hostile{
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\nHost: x\n\n", 400},
      {"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n"s, 400},
      {post_head + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400},
      {post_head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {post_head + "Transfer-Encoding: gzip\r\n\r\nabc", 501},
      {post_head + "Content-Length: 99999999999\r\n\r\n", 413},
      {"GET / HTTP/1.1\r\nHost: x\r\n" + std::string(100'000, 'a'), 431},
      {with_body(std::string(200'000, '[')), 400},
      {with_body("{\"q\": \"\xff\"}"), 400},
      {with_body("{\"q\": \"a\", \"q\": \"b\", \"source\": \"en\", \"target\": \"de\"}"), 400},
      {with_body("{\"q\": {\"a\": 1}, \"source\": \"en\", \"target\": \"de\"}"), 400},
      {with_body("{\"q\": \"a\", \"source\": \"../../etc\", \"target\": \"de\"}"), 400},
      {"GET /../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 404},
  };
  for (const auto& [bytes, status] : hostile) {
    HttpClient client(port_);
    client.send(bytes);
    const HttpAnswer found = client.receive();
    EXPECT_EQ(found.status, status) << bytes.substr(0, 200) << "\n" << found.body.substr(0, 500);
  }
  const json script =
      answer("/translate", {{"q", "<script>alert(1)</script>"}, {"source", "en"}, {"target", "de"}});
  EXPECT_TRUE(script.at("translatedText").is_string());
  EXPECT_TRUE(program_->lives());
  EXPECT_EQ(end().status, 0);
}

TEST_F(HeedServe, answers_what_it_has_taken_before_it_ends) {
  make_model();
  serve({"en-de=model", "--grace", "60"});
  json many = json::array();
  for (int i = 0; i < 200; ++i) many.push_back("a dog runs after ball number " + std::to_string(i));
  HttpClient client(port_);
  const std::string body = json{{"q", many}, {"source", "en"}, {"target", "de"}}.dump();
  client.send("POST /translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
  ::usleep(20'000);  // it is being translated, or waits to be
  program_->signal(SIGTERM);
  const HttpAnswer found = client.receive(false, 60'000);
  EXPECT_EQ(found.status, 200);
  EXPECT_EQ(json::parse(found.body).at("translatedText").size(), 200u);
  EXPECT_EQ(program_->end().status, 0);
}

TEST_F(HeedServe, says_what_it_cannot_serve) {
  expect_failure("serve nowhere --port 0", "nowhere");
  expect_failure("serve", "models is required", 2);
}

}  // namespace
}  // namespace heed
